import type { KpiFigures } from '../contract/analytics.js';
import type { KpiSums } from './sums.js';

/** How the figures that several handbooks define differently are meant here. */
export const CONVENTIONS = {
  availability: 'APT / PBT: time in which a job ran, per planned busy time (shifts without planned maintenance)',
  effectiveness:
    'PRI × PQ / APT: planned run time of the parts made, per time in which they were made; above 1 where parts were quicker than planned',
  quality: 'GQ / PQ of the parts that were inspected',
  mtbf: 'production time per failure (a job that failed or was stopped by a critical alert); ISO 22400-2 divides by failures + 1',
  mttr: 'time from the failure to the end of the maintenance after it, else to the next job, per failure; ISO 22400-2 divides by failures + 1',
} as const;

/** Key performance indicators of ISO 22400-2 from sums of times and counts; null where there is nothing to divide by. */
export function figuresOf(sums: KpiSums): KpiFigures {
  const availability = ratio(sums.producingMs, sums.plannedMs);
  const effectiveness = ratio(sums.plannedRunMs, sums.ratedMs);
  const quality = ratio(sums.goodParts, sums.inspectedParts);
  return {
    availability,
    effectiveness,
    quality,
    oee:
      availability === null || effectiveness === null || quality === null
        ? null
        : availability * effectiveness * quality,
    mtbfMs: ratio(sums.producingMs, sums.failures),
    mttrMs: ratio(sums.repairMs, sums.failures),
    energyPerPartWh: ratio(sums.energyWh, sums.meteredParts),
    energyPerKgWh: ratio(sums.chipEnergyWh, sums.meteredKg),
    toolCostPerPart: ratio(sums.toolCost, sums.costedParts),
    actualPerPlannedTime: ratio(sums.actualMin, sums.estimatedMin),
    alarmsPerHour: ratio(sums.alarms, sums.plannedMs / 3_600_000),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
