import { type CutEffect, cutFor } from './cutting.js';
import { watchHeat, watchOverload } from './drive-limits.js';
import { report } from './event-log.js';
import { advanceFaults } from './faults.js';
import { changePhase, phaseLeftS, programRpm } from './job-cycle.js';
import { availableTorqueNm, radPerS } from './machine-limits.js';
import type { JobRun, MachineState } from './machine-types.js';
import { requireInRange, TICK_RANGE } from './problems.js';
import { advanceSensorNoise, observe } from './sensors.js';
import { advanceChatter, housingVibration } from './shake.js';
import { DRIVE_STEP_S, driveSpindle, isAccelerating, spindleFrictionNm } from './spindle-drive.js';
import { advanceAir, clearCut, standStill } from './stand-still.js';
import { advanceHeat } from './thermal.js';
import { judgeTool } from './tool-damage.js';
import { moveRapid } from './tool-path.js';
import { activeTool } from './tool-state.js';

export { drainEvents } from './event-log.js';
export { type BeginJobOptions, beginJob, endJob } from './job-run.js';

/** Longest inner step, s; a pass takes at least four. */
const LONGEST_STEP_S = 1;
const FACING_STEP_S = 0.1;
const STEPS_PER_PASS = 4;
const SHORTEST_STEP_S = 1e-6;

const effect: CutEffect = { powerW: 0, riseK: 0, specificForce: 0 };

/**
 * Advances the machine by `dtS` seconds (0.01..10) in place; without a running job it stands and cools. Results do not depend
 * on the length of a tick beyond half a percent: phases, speed changes and short passes are stepped through inside.
 * @throws MachiningInputError `out_of_range`
 */
export function step(state: MachineState, dtS: number): void {
  if (!(dtS >= TICK_RANGE.min && dtS <= TICK_RANGE.max)) requireInRange('dt', dtS, TICK_RANGE);
  const { job } = state;
  if (state.faults.length > 0) advanceFaults(state, dtS);
  if (job) runJob(state, job, dtS);
  else standStill(state, dtS);
  if (!job || job.noise) advanceSensorNoise(state, dtS);
  observe(state);
}

function runJob(state: MachineState, job: JobRun, dtS: number): void {
  job.tick += 1;
  advanceAir(state, dtS);
  const engagedBefore = job.engagedS;
  let left = dtS;
  while (left > SHORTEST_STEP_S) {
    const commandRpm = programRpm(state, job);
    const stepS = innerStepS(state, job, commandRpm, left);
    advance(state, job, commandRpm, stepS);
    left -= stepS;
  }
  const engagedS = job.engagedS - engagedBefore;
  if (engagedS > 0) judgeTool(state, job, activeTool(state), engagedS);
}

/** Length of the next inner step: never past the end of a phase or of the job, short while something changes quickly. */
function innerStepS(state: MachineState, job: JobRun, commandRpm: number, leftS: number): number {
  let stepS = Math.min(leftS, LONGEST_STEP_S);
  if (isAccelerating(state, commandRpm)) stepS = Math.min(stepS, DRIVE_STEP_S);
  if (job.status !== 'running') return stepS;
  const rate = job.phase === 'cut' ? (job.pass.feedMm * state.rpm) / 60 : 0;
  if (job.phase === 'cut' && rate > 0) {
    stepS = Math.min(stepS, job.pass.travelMm / (STEPS_PER_PASS * rate));
    if (job.pass.diameterPerTravel !== 0) stepS = Math.min(stepS, FACING_STEP_S);
  }
  stepS = Math.min(stepS, phaseLeftS(job, rate), job.estimatedS - job.elapsedS);
  return Math.max(stepS, SHORTEST_STEP_S);
}

/** One inner step: speed, cut, limits, heat, vibration, then the program. */
function advance(state: MachineState, job: JobRun, commandRpm: number, dtS: number): void {
  const { cut } = state;
  const tool = activeTool(state);
  driveSpindle(state, commandRpm, job.inertiaKgM2, dtS);
  effect.powerW = 0;
  effect.riseK = 0;
  effect.specificForce = 0;
  if (job.status === 'running' && job.phase === 'cut') {
    cutFor(state, job, tool, dtS, effect);
  } else {
    clearCut(cut);
    moveRapid(state, job, dtS);
  }
  const spiked = job.spikeS > 0 && state.rpm > 0;
  cut.spindleTorqueNm = spiked && !cut.engaged ? job.spikeTorqueNm : cut.cuttingTorqueNm + spindleFrictionNm(state);
  cut.spindlePowerW = cut.spindleTorqueNm * radPerS(state.rpm);
  cut.availableTorqueNm = state.rpm > 0 ? availableTorqueNm(state.spindleRadPerS, state.machine) : 0;
  advanceHeat(state, job, effect.powerW, effect.riseK, dtS);
  advanceChatter(state, job, effect.specificForce, dtS);
  cut.vibrationMmPerS = housingVibration(state, job, tool);
  job.spikeS = Math.max(0, job.spikeS - dtS);
  job.burstS = Math.max(0, job.burstS - dtS);
  const idlePowerW = cut.spindlePowerW - cut.cuttingTorqueNm * radPerS(state.rpm);
  job.energyJ += (effect.powerW + idlePowerW) * dtS;
  watchHeat(state, job, dtS);
  if (job.status !== 'running') return;
  job.elapsedS += dtS;
  job.phaseS += dtS;
  watchOverload(state, job, commandRpm, dtS);
  changePhase(state, job, commandRpm);
  if (job.elapsedS >= job.estimatedS - SHORTEST_STEP_S) {
    job.elapsedS = job.estimatedS;
    job.status = 'completed';
    report(state, 'jobCompleted', `${(job.elapsedS / 60).toFixed(1)} min, ${job.partsDone} parts`);
  }
}
