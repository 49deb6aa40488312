import { availableTorqueNm, frictionTorqueNm, radPerS } from './machine-limits.js';
import { type NominalLoad, nominalLoad } from './nominal-load.js';
import type { Pass } from './pass.js';
import { passesOf } from './passes.js';
import type { JobPlan } from './plan.js';
import { stabilityLimitMm } from './stability.js';
import { processDamping } from './vibration.js';

/** Where in a pass the load is looked at; it falls or rises steadily in between. */
const SHARES_OF_TRAVEL = [0, 0.5, 1];

/** The moment of a plan that asks most of the drive. */
export interface HeaviestLoad {
  pass: Pass;
  load: NominalLoad;
  /** with the friction of the spindle, N·m */
  spindleTorqueNm: number;
  /** that the drive gives at this speed, N·m */
  availableTorqueNm: number;
  /** greater of torque per available torque and power per peak power */
  ratio: number;
}

/** The heaviest moment of a workpiece cut with a flank wear in mm. @param passes - those of the plan, where they are known */
export function heaviestLoad(plan: JobPlan, flankWearMm: number, passes = passesOf(plan)): HeaviestLoad {
  let heaviest: HeaviestLoad | undefined;
  for (const pass of passes) {
    for (const share of SHARES_OF_TRAVEL) {
      const load = nominalLoad(plan, pass, share * pass.travelMm, flankWearMm);
      const speed = radPerS(load.rpm);
      const spindleTorqueNm = load.cuttingTorqueNm + frictionTorqueNm(load.rpm, 0);
      const available = availableTorqueNm(speed, plan.machine);
      const ratio = Math.max(spindleTorqueNm / available, (spindleTorqueNm * speed) / plan.machine.peakPowerW);
      if (!heaviest || ratio > heaviest.ratio) {
        heaviest = { pass, load, spindleTorqueNm, availableTorqueNm: available, ratio };
      }
    }
  }
  return heaviest!;
}

/** Force that endangers the tool: on its edge, or in knurling on one wheel, N. */
export function toolForceN({ pass, load }: Pick<HeaviestLoad, 'pass' | 'load'>): number {
  return pass.knurl ? load.passiveForceN / pass.knurl.wheels : load.cuttingForceN;
}

/** Chip width below which a cut is stable at its speed, mm; null where no regenerative chatter is modelled. */
export function stableWidthMm(plan: JobPlan, { pass, load }: Pick<HeaviestLoad, 'pass' | 'load'>): number | null {
  const absolute = stabilityLimitMm(plan, pass, load.specificForce);
  return absolute === null ? null : absolute * processDamping(load.rpm);
}
