import { report } from './event-log.js';
import { Decay } from './heat.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { activeTool } from './tool-state.js';
import {
  bearingVibration,
  chatterTargetMm,
  chatterVibration,
  cuttingVibration,
  processDamping,
  stableChipWidthMm,
  TURNING_DYNAMICS,
  totalVibration,
  UNBALANCE_GMM,
  unbalanceVibration,
} from './vibration.js';

const CHATTER_DECAY = new Decay(0.5);

/** Judges whether the cut is stable. */
export function judgeStability(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { cut } = state;
  const { dynamics } = job.figures;
  cut.chatterRatio = 0;
  if (dynamics) {
    const stable = stableChipWidthMm(inner.specificForce, dynamics.stiffnessNPerM, dynamics.damping);
    cut.chatterRatio = job.pass.chipWidthMm / (stable * processDamping(state.rpm) * state.effects.stabilityFactor);
  }
  if (cut.chatterRatio > 1 !== job.chattering) {
    job.chattering = cut.chatterRatio > 1;
    reportChatter(state, job);
  }
}

/** Lets chatter grow or die over the inner step. */
function growChatter(state: MachineState, job: JobRun, inner: InnerStep): void {
  const target = chatterTargetMm(state.cut.chatterRatio, job.pass.chipThicknessMm);
  job.chatterAmplitudeMm = CHATTER_DECAY.relax(job.chatterAmplitudeMm, target, inner.lengthS);
}

/** Once for a workpiece, not for every pass; the end of a cut is no end of chatter. */
function reportChatter(state: MachineState, job: JobRun): void {
  const { chatterRatio } = state.cut;
  if (job.chattering === job.chatterReported) return;
  job.chatterReported = job.chattering;
  const figures = `chip width is ${chatterRatio.toFixed(2)} of the stable width`;
  report(state, job.chattering ? 'chatterOn' : 'chatterOff', figures);
}

/** Vibration of the housing at the moment; none with the spindle off. */
export function shakeHousing(state: MachineState, job: JobRun, inner: InnerStep): void {
  growChatter(state, job, inner);
  const { rpm, cut, effects } = state;
  if (rpm <= 0) {
    cut.vibrationMmPerS = 0;
    return;
  }
  const unbalance = unbalanceVibration(rpm, UNBALANCE_GMM * effects.unbalanceFactor);
  const bearing = bearingVibration(rpm, state.bearingWear);
  const cutting = cuttingVibration(cut.cuttingForceN, job.figures.ripple, Math.min(activeTool(state).flankWearMm, 0.6));
  const chatter = chatterVibration(job.chatterAmplitudeMm, TURNING_DYNAMICS.naturalHz);
  const total = totalVibration(unbalance, cutting, bearing, chatter);
  cut.vibrationMmPerS = job.burstS > 0 ? Math.max(total, job.burstMmPerS) : total;
}
