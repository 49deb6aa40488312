import { actualRa, geometricRa } from './finish.js';
import type { MachineState } from './machine-types.js';
import { activeTool } from './tool-state.js';

/** Ra of the surface that the job cuts at the moment, µm; null without a cut, with knurling and after a breakage. */
export function surfaceRoughnessUm(state: MachineState): number | null {
  const { job, cut, effects } = state;
  if (!job || !cut.engaged) return null;
  const tool = activeTool(state);
  if (tool.broken) return null;
  const geometric = geometricRa(job.plan.cut.jobType, job.pass.feedMm, job.plan.tool.noseRadius);
  if (geometric === null) return null;
  return actualRa(geometric, {
    cuttingSpeedMPerMin: cut.cuttingSpeedMPerMin,
    flankWearMm: tool.flankWearMm,
    chatterAmplitudeMm: job.chatterAmplitudeMm,
    coolantLoss: job.plan.coolant === 'dry' ? 0 : effects.coolantLoss,
    bearingWear: state.bearingWear,
    imbalance: effects.imbalance,
    chipped: tool.chipped,
  });
}
