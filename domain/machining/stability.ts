import { barStiffnessNPerM } from './boring.js';
import type { Pass } from './pass.js';
import type { JobPlan } from './plan.js';
import { BORING_DAMPING, stableChipWidthMm, TURNING_DYNAMICS, workStiffnessNPerM } from './vibration.js';

/** The weakest spring between tool and work. */
export interface CutDynamics {
  stiffnessNPerM: number;
  /** damping ratio */
  damping: number;
}

/** Dynamics of a pass; null where no regenerative chatter is modelled. */
export function cutDynamics(plan: JobPlan, pass: Pass): CutDynamics | null {
  const { cut } = plan;
  const { stiffness, damping } = TURNING_DYNAMICS;
  switch (cut.jobType) {
    case 'boring': {
      const bar = barStiffnessNPerM(cut.barDiameterMm, cut.barOverhangMm, cut.barModulusGPa);
      return { stiffnessNPerM: bar, damping: BORING_DAMPING };
    }
    case 'turning':
      return { stiffnessNPerM: workStiffnessNPerM(cut.lengthMm, pass.diameterMm), damping };
    case 'facing':
      return { stiffnessNPerM: stiffness, damping };
    default:
      return null;
  }
}

/** Absolute stability limit of the chip width of a pass, mm; null where no regenerative chatter is modelled. */
export function stabilityLimitMm(plan: JobPlan, pass: Pass, specificForce: number): number | null {
  const dynamics = cutDynamics(plan, pass);
  return dynamics && stableChipWidthMm(specificForce, dynamics.stiffnessNPerM, dynamics.damping);
}
