import type { Pass } from '../machining/pass.js';
import { passesOf } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { partFigures } from '../what-if/part-figures.js';

/** What the plan of a job promises of one part; kept with the job, so that figures of years need no plans. */
export interface PlannedPart {
  /** planned run time of a part (PRI of ISO 22400-2): machining, approach and change of the workpiece, s of machine time */
  cycleS: number;
  /** of chips, kg; 0 where none are made */
  removedKg: number;
  /** share of the life of an edge that the part takes */
  edges: number;
}

/** Air at which plans are made, K. */
const AIR_K = 293.15;
const M3_PER_MM3 = 1e-9;

export function plannedPart(plan: JobPlan): PlannedPart {
  const passes = passesOf(plan);
  const { cycleS, edges } = partFigures(plan, AIR_K, passes);
  const volumeMm3 = passes.reduce((sum, pass) => sum + chipVolumeMm3(pass), 0);
  return { cycleS, edges, removedKg: volumeMm3 * M3_PER_MM3 * plan.material.density };
}

/** Chip area times the way of the edge through the work; where the diameter changes, its mean along the travel counts. */
function chipVolumeMm3(pass: Pass): number {
  const diameterMm = pass.meanDiameterMm + (pass.diameterPerTravel * pass.travelMm) / 2;
  return (pass.chipAreaMm2 * Math.PI * diameterMm * pass.travelMm) / pass.feedMm;
}
