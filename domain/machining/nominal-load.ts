import { type CutLoad, coolantForceFactor, cutLoad, emptyLoad, specificForceSharp } from './forces.js';
import type { Pass } from './pass.js';
import type { JobPlan } from './plan.js';
import { commandedRpm } from './spindle.js';

/** Load of a pass at the planned speed, without scatter, with the speed at which it is cut. */
export interface NominalLoad extends CutLoad {
  rpm: number;
}

/** Specific force of the sharp edge for a pass, N/mm²; 0 where no chip is made. */
export function passSpecificForce(plan: Pick<JobPlan, 'material' | 'tool'>, pass: Pass): number {
  if (pass.knurl) return 0;
  const { material, tool } = plan;
  return specificForceSharp(material.kc1, material.mc, pass.chipThicknessMm, tool.rakeAngle ?? 0);
}

/** What the plan predicts of `pass` after `travelMm` of feed with a flank wear in mm. */
export function nominalLoad(plan: JobPlan, pass: Pass, travelMm: number, flankWearMm: number): NominalLoad {
  const rpm = commandedRpm(plan.spindle, pass.diameterMm + pass.diameterPerTravel * travelMm);
  const load = cutLoad(
    pass,
    {
      specificForceSharp: passSpecificForce(plan, pass),
      flankWearMm,
      coolantFactor: coolantForceFactor(plan.coolant, 0),
      forceFactor: 1,
      travelMm,
      rpm,
    },
    emptyLoad(),
  );
  return { ...load, rpm };
}
