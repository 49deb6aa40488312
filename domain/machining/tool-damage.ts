import { report } from './event-log.js';
import { breakageHazard } from './failure.js';
import type { InnerStep, JobRun, MachineState, ToolState } from './machine-types.js';
import { nextUniform, STREAM } from './random.js';
import { BREAKAGE_LIFE_USED, flankWearMm, WEAR_LIMIT_MM } from './tool-life.js';
import { activeTool } from './tool-state.js';

/** Torque peak of a breaking edge and how long it lasts. */
const SPIKE_FACTOR = 1.5;
const SPIKE_S = 0.3;
/** Burst of vibration after a breakage. */
const BURST_FACTOR = 5;
const BURST_S = 1;
const CHIPPED_LIFE = 0.5;
/** Fractures come more often in chatter and far above the tool's force limit. */
const CHATTER_HAZARD = 5;
const FORCE_HAZARD = 10;
const DANGEROUS_FORCE = 1.5;

/** Reports a worn tool and breaks one that is worn through. */
export function judgeWear(state: MachineState): void {
  const tool = activeTool(state);
  if (tool.broken || !state.cut.engaged) return;
  if (tool.flankWearMm >= WEAR_LIMIT_MM && !tool.wornReported) {
    tool.wornReported = true;
    report(state, 'toolWorn', `flank wear ${tool.flankWearMm.toFixed(3)} mm reached the limit of ${WEAR_LIMIT_MM} mm`);
  }
  if (tool.lifeUsed >= BREAKAGE_LIFE_USED) {
    breakTool(state, tool, `flank wear ${tool.flankWearMm.toFixed(3)} mm: the edge gave way`);
  }
}

/** Draws whether the edge has fractured in the cuts of this tick. */
export function drawFracture(state: MachineState, job: JobRun, inner: InnerStep): void {
  const tool = activeTool(state);
  if (!job.noise || job.status !== 'running' || inner.engagedS <= 0) return;
  let hazard = breakageHazard(tool.lifeUsed, tool.lifeMin, inner.engagedS / 60);
  if (job.chattering) hazard *= CHATTER_HAZARD;
  const { pass, figures } = job;
  const force = pass.knurl ? state.cut.passiveForceN / pass.knurl.wheels : state.cut.cuttingForceN;
  if (force > DANGEROUS_FORCE * figures.forceLimitN) hazard *= FORCE_HAZARD;
  const draw = nextUniform(state.random, STREAM.hazard);
  // a probability is never above its hazard: mostly the exponential is not needed
  if (draw < hazard && draw < 1 - Math.exp(-hazard)) {
    breakTool(state, tool, `the edge fractured after ${tool.minutes.toFixed(1)} min`);
  }
}

/** The tool in use breaks: a peak of torque, a burst of vibration, and the feed is held; the spindle runs out, then the job is over. */
export function breakTool(state: MachineState, tool: ToolState, why: string): void {
  if (tool.broken) return;
  tool.broken = true;
  const { job } = state;
  if (job) {
    jolt(state, job);
    job.runOutS = job.runOutAfterBreakageS;
    if (job.status === 'running') job.status = 'toolBroken';
  }
  report(state, 'toolBroken', why);
}

/** A corner of the edge breaks out: half a life is gone, and the tool goes on with less force and more scatter. */
export function chipTool(state: MachineState, tool: ToolState): void {
  if (tool.broken) return;
  tool.chipped = true;
  tool.lifeUsed += CHIPPED_LIFE;
  tool.flankWearMm = flankWearMm(tool.lifeUsed);
  if (state.job) jolt(state, state.job);
}

function jolt(state: MachineState, job: JobRun): void {
  const { cut } = state;
  if (!cut.engaged) return;
  job.spikeS = SPIKE_S;
  job.burstS = BURST_S;
  job.burstMmPerS = BURST_FACTOR * cut.vibrationMmPerS;
  job.spikeTorqueNm = SPIKE_FACTOR * cut.spindleTorqueNm;
  cut.spindleTorqueNm = job.spikeTorqueNm;
  cut.spindlePowerW = (job.spikeTorqueNm * state.rpm * 2 * Math.PI) / 60;
  cut.cuttingForceN *= SPIKE_FACTOR;
  cut.vibrationMmPerS = job.burstMmPerS;
}
