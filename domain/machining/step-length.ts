import { HOLD_AFTER_S } from './drive-limits.js';
import { entryTauS } from './forces.js';
import { boundByPhase, commandSpeed, foreseeSpeed } from './job-cycle.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { DRIVE_STEP_S, isAccelerating, untilAtSpeedS } from './spindle-drive.js';
import { BREAKAGE_LIFE_USED } from './tool-life.js';
import { activeTool } from './tool-state.js';

/** Longest inner step, s; a pass takes at least four. */
const LONGEST_STEP_S = 1;
const STEPS_PER_PASS = 4;
const LEAST_DRIVE_STEP_S = 1e-4;
/** Below this rest a tick is done, and no inner step is shorter, s. */
export const SHORTEST_STEP_S = 1e-6;
/** While forces that may become too much for the drive build up, and while a zone that may soften the edge is on its way, s. */
const SETTLING_STEP_S = 0.025;
const ENTERED = 0.99;
/** Length of a step while the tool enters, as a share of the time constant of the forces. */
const ENTRY_STEP = 0.5;
const SETTLED_K = 2;
/** Facing: share of the diameter that one step may take away. */
const DIAMETER_PER_STEP = 0.005;
const FACING_STEP_S = 0.1;
const LEAST_FACING_STEP_S = 0.002;
/** Distance of the chip width from the stable one, as a share, within which the onset of chatter is looked for closely. */
const NEARLY_CHATTERING = 0.02;
const CHATTER_STEP_S = 0.1;
/** Torque per the available torque from which the drive is followed closely. */
const NEARLY_OVERLOADED = 0.95;
/** Share of the tool's life that one step may use up. */
const LIFE_PER_STEP = 0.01;

/** Command to the spindle and length of the next inner step: short while the speed changes and while a breakage is felt. */
export function chooseStep(state: MachineState, job: JobRun, inner: InnerStep): void {
  commandSpeed(state, job, inner);
  inner.lengthS = Math.min(inner.leftS, LONGEST_STEP_S);
  if (isAccelerating(state, inner)) {
    shorten(inner, DRIVE_STEP_S);
    const toSpeedS = untilAtSpeedS(state, job, inner);
    if (toSpeedS > 0) shorten(inner, Math.max(LEAST_DRIVE_STEP_S, toSpeedS));
  }
  if (job.spikeS > 0) shorten(inner, job.spikeS);
  else if (job.burstS > 0) shorten(inner, job.burstS);
  if (job.runOutS > 0) shorten(inner, job.runOutS);
}

/** Ends the inner step no later than the phase of the program and the job, and follows a pass in a few steps. */
export function boundByProgram(state: MachineState, job: JobRun, inner: InnerStep): void {
  inner.feedRateMmPerS = isCutting(job) ? (job.pass.feedMm * state.rpm) / 60 : 0;
  if (job.status !== 'running') return;
  boundByPhase(job, inner);
  shorten(inner, job.estimatedS - job.elapsedS);
  if (inner.feedRateMmPerS <= 0) return;
  shorten(inner, job.pass.travelMm / (STEPS_PER_PASS * inner.feedRateMmPerS));
  if (job.pass.diameterPerTravel !== 0) boundByFacing(state, job, inner);
}

/** Follows the diameter as it falls. */
function boundByFacing(state: MachineState, job: JobRun, inner: InnerStep): void {
  const narrowing = Math.abs(job.pass.diameterPerTravel) * inner.feedRateMmPerS;
  const narrowS = (DIAMETER_PER_STEP * state.workDiameterMm) / narrowing;
  shorten(inner, Math.min(FACING_STEP_S, Math.max(LEAST_FACING_STEP_S, narrowS)));
}

/** Follows closely what the cut does to tool and drive. */
export function boundByCut(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (isCutting(job)) {
    boundByEntry(state, job, inner);
    boundByWear(state, job, inner);
  }
  boundByDrive(state, job, inner);
  inner.lengthS = Math.max(inner.lengthS, SHORTEST_STEP_S);
  foreseeSpeed(state, job, inner);
}

/** Follows the forces as they build up after the entry: closely where they may become too much for the drive. */
function boundByEntry(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.engagement >= ENTERED) return;
  const { spindleTorqueNm, availableTorqueNm } = state.cut;
  shorten(inner, ENTRY_STEP * entryTauS(state.rpm));
  const inFullNm = spindleTorqueNm / job.engagement;
  if (!(inFullNm < NEARLY_OVERLOADED * availableTorqueNm)) shorten(inner, SETTLING_STEP_S);
}

/** Follows the wear of the edge, which a hot zone and chatter speed up, to the moment of its breakage. */
function boundByWear(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { cut, nodes } = state;
  const { lifeMin, lifeUsed } = activeTool(state);
  if (lifeMin > 0) shorten(inner, 60 * lifeMin * Math.min(LIFE_PER_STEP, Math.max(0, BREAKAGE_LIFE_USED - lifeUsed)));
  const isHot = Math.max(nodes.zone, cut.zoneTargetK) > job.figures.softeningK;
  if (isHot && Math.abs(cut.zoneTargetK - nodes.zone) > SETTLED_K) shorten(inner, SETTLING_STEP_S);
  if (Math.abs(cut.chatterRatio - 1) < NEARLY_CHATTERING) shorten(inner, CHATTER_STEP_S);
}

/** Follows a drive near its limit up to the feed hold. */
function boundByDrive(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { cut } = state;
  if (cut.spindleTorqueNm > NEARLY_OVERLOADED * cut.availableTorqueNm) shorten(inner, DRIVE_STEP_S);
  if (isCutting(job) && job.overloadS > 0) shorten(inner, HOLD_AFTER_S - job.overloadS);
}

const isCutting = (job: JobRun): boolean => job.status === 'running' && job.phase === 'cut';

function shorten(inner: InnerStep, toS: number): void {
  inner.lengthS = Math.min(inner.lengthS, toS);
}
