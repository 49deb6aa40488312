import { report } from './event-log.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { passFigures } from './pass-figures.js';
import { passCount, planPass } from './passes.js';
import { nextGaussian, STREAM } from './random.js';
import { commandedRpm } from './spindle.js';
import { isAtSpeed } from './spindle-drive.js';

export const APPROACH_S = 1;
export const RETRACT_S = 1;
export const PART_CHANGE_S = 20;
/** Time that the feed is held after an overload before it is tried again, s. */
const FEED_HOLD_S = 5;
/** Scatter of the specific force between workpieces: standard deviation of its logarithm. */
const WORKPIECE_SCATTER = 0.04;
/** Below this rest of travel a pass is done, mm. */
const TRAVEL_EPSILON_MM = 1e-9;

/** Takes up pass `number` of the workpiece. */
function takePass(state: MachineState, job: JobRun, number: number): void {
  const pass = planPass(job.plan, number);
  job.passNo = number;
  job.pass = pass;
  job.travelMm = 0;
  job.feedHolds = 0;
  job.figures = passFigures(job.plan, pass, state.effects.coolantLoss);
  state.workDiameterMm = pass.diameterMm;
}

/** Clamps a new workpiece, as warm as the air. */
export function clampWorkpiece(state: MachineState, job: JobRun): void {
  const { nodes } = state;
  nodes.work = nodes.air;
  nodes.zone = Math.max(nodes.zone, nodes.work);
  job.workpieceFactor = job.noise ? Math.exp(WORKPIECE_SCATTER * nextGaussian(state.random, STREAM.material)) : 1;
  job.chatterReported = false;
  takePass(state, job, 1);
  enter(job, 'approach');
}

/** Whether the machine still has to do with the job: it runs, or its tool has broken and the spindle runs out. */
export function isGoingOn(job: JobRun): boolean {
  return job.status === 'running' || (job.status === 'toolBroken' && job.runOutS > 0);
}

/** Commands the spindle speed of the program. */
export function commandSpeed(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (!isGoingOn(job) || job.phase === 'partChange') inner.commandRpm = 0;
  else commandAtTool(state, job, inner);
}

function commandAtTool(state: MachineState, job: JobRun, inner: InnerStep): void {
  inner.commandRpm = commandedRpm(job.plan.spindle, state.workDiameterMm);
}

export function foreseeSpeed(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (inner.feedRateMmPerS > 0 && job.pass.diameterPerTravel !== 0 && !isEndless(job)) foreseeFacing(state, job, inner);
}

/** In facing the diameter falls within the inner step: the speed to reach is that for its end. */
function foreseeFacing(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { diameterPerTravel } = job.pass;
  const travelMm = Math.min(job.pass.travelMm - job.travelMm, inner.feedRateMmPerS * inner.lengthS);
  inner.commandRpm = commandedRpm(job.plan.spindle, state.workDiameterMm + diameterPerTravel * travelMm);
}

/** Ends the inner step no later than the present phase; a phase that waits for the spindle ends when it is at speed. */
export function boundByPhase(job: JobRun, inner: InnerStep): void {
  switch (job.phase) {
    case 'approach':
      if (!isOver(job, APPROACH_S)) inner.lengthS = Math.min(inner.lengthS, APPROACH_S - job.phaseS);
      break;
    case 'cut':
      if (isEndless(job) || inner.feedRateMmPerS <= 0) break;
      inner.lengthS = Math.min(inner.lengthS, (job.pass.travelMm - job.travelMm) / inner.feedRateMmPerS);
      break;
    case 'retract':
      inner.lengthS = Math.min(inner.lengthS, RETRACT_S - job.phaseS);
      break;
    case 'partChange':
      inner.lengthS = Math.min(inner.lengthS, PART_CHANGE_S - job.phaseS);
      break;
    case 'feedHold':
      if (!isOver(job, FEED_HOLD_S)) inner.lengthS = Math.min(inner.lengthS, FEED_HOLD_S - job.phaseS);
      break;
  }
}

/** Whether the diameter is held: the job is one pass that never ends (a knurl's plunge does). */
export function isEndless(job: JobRun): boolean {
  return job.diameterHeld && !job.pass.continues;
}

/** Goes on to the next phase where the present one is over. */
export function changePhase(state: MachineState, job: JobRun, inner: InnerStep): void {
  switch (job.phase) {
    case 'approach':
      if (isOver(job, APPROACH_S) && isAtSpeed(state, inner)) enterCut(job);
      break;
    case 'cut':
      if (!isEndless(job) && job.travelMm >= job.pass.travelMm - TRAVEL_EPSILON_MM) leavePass(state, job);
      break;
    case 'retract':
      if (isOver(job, RETRACT_S)) afterRetract(state, job);
      break;
    case 'partChange':
      if (isOver(job, PART_CHANGE_S)) clampWorkpiece(state, job);
      break;
    case 'feedHold':
      if (isOver(job, FEED_HOLD_S) && isAtSpeed(state, inner)) {
        enterCut(job);
        report(state, 'feedResumed', 'feed goes on');
      }
      break;
  }
}

function leavePass(state: MachineState, job: JobRun): void {
  if (job.pass.continues) takePass(state, job, job.passNo + 1);
  else enter(job, 'retract');
}

function afterRetract(state: MachineState, job: JobRun): void {
  if (job.passNo < passCount(job.plan)) {
    takePass(state, job, job.passNo + 1);
    enter(job, 'approach');
    return;
  }
  job.partsDone += 1;
  report(state, 'partDone', `part ${job.partsDone} done`);
  enter(job, 'partChange');
}

const isOver = (job: JobRun, durationS: number): boolean => job.phaseS >= durationS - 1e-9;

function enterCut(job: JobRun): void {
  enter(job, 'cut');
  job.engagement = 0;
}

export function enter(job: JobRun, phase: JobRun['phase']): void {
  job.phase = phase;
  job.phaseS = 0;
}
