import { facingTimeMin } from './facing.js';
import { type CutLoad, coolantForceFactor, cutLoad, emptyLoad, specificForceSharp } from './forces.js';
import { cookRiseK, formingRiseK, zoneCoolingFactor } from './heat.js';
import { KNURL_WHEEL_LIFE_MIN, knurlingTimeMin } from './knurling.js';
import type { Pass } from './pass.js';
import { planPass } from './passes.js';
import type { JobPlan } from './plan.js';
import { commandedRpm } from './spindle.js';
import { coolantLifeFactor, softeningDivisor, speedFor15Min, taylorLifeMin } from './tool-life.js';
import { SOFTENING_TEMPERATURE_K } from './tools.js';

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

/** Rise of the cutting zone that the plan predicts of a pass, K. */
export function nominalRiseK(plan: JobPlan, pass: Pass, load: NominalLoad, flankWearMm: number): number {
  if (pass.knurl) return formingRiseK(load.cuttingPowerW);
  return cookRiseK(
    plan.material,
    passSpecificForce(plan, pass) * coolantForceFactor(plan.coolant, 0),
    flankWearMm,
    load.cuttingSpeedMPerMin,
    pass.chipThicknessMm,
    zoneCoolingFactor(plan.coolant, 0),
  );
}

/** Cutting speed for 15 min of life with the tool, feed and depth of a pass, m/min. */
export function passSpeedFor15Min(plan: Pick<JobPlan, 'material' | 'tool' | 'cut'>, pass: Pass): number {
  const { material, tool, cut } = plan;
  return speedFor15Min(material.speed15, tool.speedFactor ?? 1, cut.jobType, tool.kind, pass.feedMm, pass.depthMm);
}

/** Tool life that the plan predicts at a cutting speed in m/min and a zone temperature in K, min. */
export function nominalLifeMin(plan: JobPlan, pass: Pass, cuttingSpeedMPerMin: number, zoneK: number): number {
  if (pass.knurl) return KNURL_WHEEL_LIFE_MIN;
  const speed15 = passSpeedFor15Min(plan, pass);
  const coolant = coolantLifeFactor(plan.coolant, 0);
  const life = taylorLifeMin(speed15, cuttingSpeedMPerMin, plan.tool.taylorN ?? 0.25, coolant);
  return life / softeningDivisor(zoneK, SOFTENING_TEMPERATURE_K[plan.tool.kind]);
}

/** Time in the cut for one workpiece at the planned speeds, min. */
export function cuttingTimeMin(plan: JobPlan): number {
  const { cut, spindle } = plan;
  if (cut.jobType === 'facing') return facingTimeMin(cut, spindle);
  if (cut.jobType === 'knurling') return knurlingTimeMin(cut, spindle.rpm);
  let minutes = 0;
  for (let number = 1; number <= plan.passes; number++) {
    const pass = planPass(plan, number);
    minutes += pass.travelMm / (pass.feedMm * commandedRpm(spindle, pass.diameterMm));
  }
  return minutes;
}
