import { cutOrMove } from './cutting.js';
import { watchHeat, watchOverload } from './drive-limits.js';
import { report } from './event-log.js';
import { advanceFaults } from './faults.js';
import { changePhase, isGoingOn } from './job-cycle.js';
import { availableTorqueNm, radPerS } from './machine-limits.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { coolingAt } from './pass-figures.js';
import { requireInRange, TICK_RANGE } from './problems.js';
import { advanceSensorNoise, observe } from './sensors.js';
import { shakeHousing } from './shake.js';
import { driveSpindle, spindleFrictionNm } from './spindle-drive.js';
import { runStages, type Stage } from './stages.js';
import { advanceAir, standStill } from './stand-still.js';
import { boundByCut, boundByProgram, chooseStep, SHORTEST_STEP_S } from './step-length.js';
import { warmCut, warmMachine } from './thermal.js';
import { drawFracture, judgeWear } from './tool-damage.js';

export { drainEvents } from './event-log.js';
export { type BeginJobOptions, beginJob, endJob } from './job-run.js';

const inner: InnerStep = {
  tickS: 0,
  leftS: 0,
  engagedS: 0,
  lengthS: 0,
  feedRateMmPerS: 0,
  commandRpm: 0,
  torqueBeforeNm: 0,
  meanRpm: 0,
  engagement: 0,
  powerW: 0,
  riseK: 0,
  specificForce: 0,
};

const TICK: readonly Stage[] = [moveClock, takeInnerSteps, drawFracture, moveSensorNoise, observe];

/** An inner step in the order of cause and effect. */
const INNER_STEP: readonly Stage[] = [
  chooseStep,
  boundByProgram,
  boundByCut,
  driveSpindle,
  cutOrMove,
  loadSpindle,
  warmCut,
  warmMachine,
  shakeHousing,
  countStep,
  watchHeat,
  followProgram,
];

/**
 * Advances the machine by `dtS` seconds (0.01..10) in place; without a running job it stands and cools. Results do not depend
 * on the length of a tick beyond half a percent: phases, speed changes and short passes are stepped through inside.
 * @throws MachiningInputError `out_of_range`
 */
export function step(state: MachineState, dtS: number): void {
  if (!(dtS >= TICK_RANGE.min && dtS <= TICK_RANGE.max)) requireInRange('dt', dtS, TICK_RANGE);
  const { job } = state;
  if (state.faults.length > 0) advanceFaults(state, dtS);
  inner.tickS = dtS;
  if (job) {
    runStages(TICK, state, job, inner);
    return;
  }
  standStill(state, dtS);
  advanceSensorNoise(state, inner);
  observe(state);
}

function moveClock(state: MachineState, job: JobRun, inner: InnerStep): void {
  job.tick += 1;
  if (job.figures.coolantLoss !== state.effects.coolantLoss) loseCoolant(state, job);
  advanceAir(state, inner.tickS);
}

function loseCoolant({ effects: { coolantLoss } }: MachineState, { plan, figures }: JobRun): void {
  figures.cooling = coolingAt(plan.coolant, coolantLoss);
  figures.coolantLoss = coolantLoss;
}

function takeInnerSteps(state: MachineState, job: JobRun, inner: InnerStep): void {
  const engagedBefore = job.engagedS;
  const wasGoingOn = isGoingOn(job);
  inner.leftS = inner.tickS;
  while (inner.leftS > SHORTEST_STEP_S && isGoingOn(job) === wasGoingOn) {
    runStages(INNER_STEP, state, job, inner);
    inner.leftS -= inner.lengthS;
  }
  if (inner.leftS > SHORTEST_STEP_S) state.clockS -= inner.leftS; // the job has ended within the tick, and the tick with it
  inner.engagedS = job.engagedS - engagedBefore;
}

function moveSensorNoise(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.noise) advanceSensorNoise(state, inner);
}

/** Torque and power at the spindle: cut and friction, or for a moment the peak of a breaking edge. */
function loadSpindle(state: MachineState, job: JobRun): void {
  const { cut } = state;
  const spiked = job.spikeS > 0 && state.rpm > 0;
  cut.spindleTorqueNm = spiked ? job.spikeTorqueNm : cut.cuttingTorqueNm + spindleFrictionNm(state);
  cut.spindlePowerW = cut.spindleTorqueNm * radPerS(state.rpm);
  cut.availableTorqueNm = state.rpm > 0 ? availableTorqueNm(state.spindleRadPerS, state.machine) : 0;
}

function countStep(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { cut } = state;
  const dtS = inner.lengthS;
  job.spikeS = Math.max(0, job.spikeS - dtS);
  job.burstS = Math.max(0, job.burstS - dtS);
  job.runOutS = Math.max(0, job.runOutS - dtS);
  const idlePowerW = cut.spindlePowerW - cut.cuttingTorqueNm * radPerS(state.rpm);
  job.energyJ += (inner.powerW + idlePowerW) * dtS;
  if (job.status !== 'running') return;
  job.elapsedS += dtS;
  job.phaseS += dtS;
}

/** Goes on in the program where the tool and the drive have borne the step. */
function followProgram(state: MachineState, job: JobRun, inner: InnerStep): void {
  judgeWear(state);
  if (job.status !== 'running') return;
  watchOverload(state, job, inner);
  changePhase(state, job, inner);
  if (job.elapsedS < job.estimatedS - SHORTEST_STEP_S) return;
  job.elapsedS = job.estimatedS;
  job.status = 'completed';
  report(state, 'jobCompleted', `${(job.elapsedS / 60).toFixed(1)} min, ${job.partsDone} parts`);
}
