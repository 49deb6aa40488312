import type { PartDto } from '../contract/what-if.js';
import { DRIVE_EFFICIENCY } from '../machining/machine-limits.js';
import type { JobPlan } from '../machining/plan.js';
import { type Economics, edgeCost } from './economics.js';
import type { PartFigures } from './part-figures.js';

const J_PER_KWH = 3.6e6;

/** Electricity that the drive takes for an energy at the spindle in J, kWh. */
export function electricityKWh(spindleJ: number): number {
  return spindleJ / DRIVE_EFFICIENCY / J_PER_KWH;
}

/**
 * Time and cost of a part over the life of its edges, after Taylor: every part carries its share of the edge and of the time
 * to change it.
 * @see F. W. Taylor, On the Art of Cutting Metals, Trans. ASME 28 (1907)
 */
export function partCost(plan: JobPlan, figures: PartFigures, economics: Economics): PartDto {
  const time = figures.cycleS + 60 * figures.edges * economics.toolChangeMinutes;
  const energy = electricityKWh(figures.energyJ);
  const cost =
    (time / 3600) * economics.machineHourRate +
    figures.edges * edgeCost(plan.tool, economics) +
    energy * economics.energyPrice;
  return { time, cuttingTime: figures.cuttingS, energy, cost, edges: figures.edges };
}
