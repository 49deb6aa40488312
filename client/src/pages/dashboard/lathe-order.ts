import type { AlertDto } from '#domain/contract/alert.js';
import type { LatheStatus } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { isUnacknowledged } from '../../api/alert-order';
import { BAND_WORDS, byLatheId, STATUS_WORDS } from '../../widgets/words';

export type LatheOrder = 'worst' | 'number' | 'status';

export interface Urgency {
  /** the most urgent active alert */
  alert: AlertDto;
  unacknowledged: number;
}

const STATUS_RANK: Record<LatheStatus, number> = { alarm: 0, offline: 1, running: 2, maintenance: 3, idle: 4 };
const NO_PRIORITY = 9;

/** The most urgent active alert of each lathe; `alerts` come most urgent first. */
export function urgencyOf(alerts: readonly AlertDto[]): Map<string, Urgency> {
  const urgency = new Map<string, Urgency>();
  for (const alert of alerts) {
    const known = urgency.get(alert.lathe_id);
    if (known) known.unacknowledged += Number(isUnacknowledged(alert));
    else urgency.set(alert.lathe_id, { alert, unacknowledged: Number(isUnacknowledged(alert)) });
  }
  return urgency;
}

/** Lathes in the chosen order: `worst` puts a locked lathe first, then by the priority of what waits, then by health. */
export function ordered(
  lathes: readonly LatheDto[],
  order: LatheOrder,
  urgency: ReadonlyMap<string, Urgency>,
): LatheDto[] {
  const priority = (lathe: LatheDto) => {
    const worst = urgency.get(lathe.id);
    return worst ? worst.alert.priority + (worst.unacknowledged > 0 ? 0 : 4) : NO_PRIORITY;
  };
  const compare: Record<LatheOrder, (a: LatheDto, b: LatheDto) => number> = {
    number: () => 0,
    status: (a, b) => STATUS_RANK[a.status] - STATUS_RANK[b.status],
    worst: (a, b) =>
      Number(b.status === 'alarm') - Number(a.status === 'alarm') ||
      priority(a) - priority(b) ||
      (a.health ?? 1) - (b.health ?? 1) ||
      STATUS_RANK[a.status] - STATUS_RANK[b.status],
  };
  return [...lathes].sort((a, b) => compare[order](a, b) || byLatheId(a, b));
}

/** Whether every word of `search` occurs in what the card says. */
export function matches(lathe: LatheDto, search: string): boolean {
  const text = [lathe.id, lathe.name, lathe.model, STATUS_WORDS[lathe.status], BAND_WORDS[lathe.healthBand]]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
