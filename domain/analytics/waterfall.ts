import type { WaterfallStep } from '../contract/analytics.js';
import { figuresOf } from './figures.js';
import { STOP_CAUSES } from './stop-reasons.js';
import type { KpiSums } from './sums.js';

/**
 * From planned busy time to the time that good parts are worth: what each cause took, then speed, then scrap. A negative
 * loss of speed means that parts were quicker than planned. Ends where data for the next step is missing.
 */
export function waterfallOf(sums: KpiSums): WaterfallStep[] {
  const { availability, effectiveness, quality } = figuresOf(sums);
  if (availability === null) return [];
  const steps: WaterfallStep[] = [{ name: 'planned', kind: 'total', ms: sums.plannedMs }];
  const causes = STOP_CAUSES.filter((cause) => sums.lostMs[cause] > 0);
  for (const cause of causes.sort((a, b) => sums.lostMs[b] - sums.lostMs[a])) {
    steps.push({ name: cause, kind: 'loss', ms: sums.lostMs[cause] });
  }
  steps.push({ name: 'producing', kind: 'total', ms: sums.producingMs });
  if (effectiveness === null) return steps;
  const atSpeedMs = sums.producingMs * effectiveness;
  steps.push({ name: 'speed', kind: 'loss', ms: sums.producingMs - atSpeedMs });
  if (quality === null) return steps;
  steps.push({ name: 'scrap', kind: 'loss', ms: atSpeedMs * (1 - quality) });
  steps.push({ name: 'good', kind: 'total', ms: atSpeedMs * quality });
  return steps;
}
