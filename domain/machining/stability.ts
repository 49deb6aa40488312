import { barStiffnessNPerM } from './boring.js';
import type { Pass } from './pass.js';
import type { JobPlan } from './plan.js';
import { BORING_DAMPING, stableChipWidthMm, TURNING_DYNAMICS, workStiffnessNPerM } from './vibration.js';

/** Absolute stability limit of the chip width of a pass, mm; null where no regenerative chatter is modelled. */
export function stabilityLimitMm(plan: JobPlan, pass: Pass, specificForce: number): number | null {
  const { cut } = plan;
  switch (cut.jobType) {
    case 'boring': {
      const stiffness = barStiffnessNPerM(cut.barDiameterMm, cut.barOverhangMm, cut.barModulusGPa);
      return stableChipWidthMm(specificForce, stiffness, BORING_DAMPING);
    }
    case 'turning': {
      const stiffness = workStiffnessNPerM(cut.lengthMm, pass.diameterMm);
      return stableChipWidthMm(specificForce, stiffness, TURNING_DYNAMICS.damping);
    }
    case 'facing':
      return stableChipWidthMm(specificForce, TURNING_DYNAMICS.stiffness, TURNING_DYNAMICS.damping);
    default:
      return null;
  }
}
