import { MachiningInputError } from './errors.js';
import { clearFaults } from './faults.js';
import { clampWorkpiece } from './job-cycle.js';
import type { JobRun, MachineState, ToolState } from './machine-types.js';
import { nominalLifeMin, nominalLoad, nominalRiseK } from './nominal-load.js';
import { definePass } from './pass.js';
import { passFigures } from './pass-figures.js';
import { planPass } from './passes.js';
import { type JobPlan, sharePlan } from './plan.js';
import { AIR_RANGE, requireInRange, SEED_RANGE, WEAR_RANGE } from './problems.js';
import { nextUniform, STREAM, seedStreams } from './random.js';
import { observe } from './sensors.js';
import { rotatingInertiaKgM2 } from './spindle-drive.js';
import { standStill } from './stand-still.js';
import { flankWearMm, lifeUsedAt } from './tool-life.js';
import { toolStateOf } from './tool-state.js';

/** Jobs that the AI4I rule of random failures strikes. */
const RANDOM_FAILURES_PER_JOB = 0.001;
/** Long enough to see what a breakage does to torque and vibration. */
const RUN_OUT_S = 1.5;

export interface BeginJobOptions {
  /** integer 0..2^32-1; the same seed on the same machine state gives the same ticks */
  seed: number;
  /** machine minutes after which the job is completed */
  estimatedMinutes: number;
  /** false: the deterministic model, without scatter, sensor noise, random breakage and daily air cycle. Default true */
  noise?: boolean;
  /** mean air temperature from now on, K, 253..323; default: as it is */
  airTemperatureK?: number;
  /** flank wear that the tool starts with, mm, 0..0.6; default: the plan's, else as the tool is */
  initialFlankWearMm?: number;
  /** one endless pass at the start diameter. Default false */
  diameterHeld?: boolean;
  /** how long the spindle turns in feed hold after the tool has broken, s; default 1.5 */
  runOutAfterBreakageS?: number;
}

/**
 * Starts a planned job on the machine; one that is on it already is replaced.
 * @throws MachiningInputError `out_of_range` for an option, `tool_broken`
 */
export function beginJob(state: MachineState, plan: JobPlan, options: BeginJobOptions): void {
  requireInRange('seed', options.seed, SEED_RANGE);
  requireInRange('estimatedMinutes', options.estimatedMinutes, { min: 1e-3, max: 1e6, unit: 'min' });
  if (options.airTemperatureK !== undefined) requireInRange('airTemperature', options.airTemperatureK, AIR_RANGE);
  const wear = options.initialFlankWearMm ?? plan.initialFlankWearMm;
  if (wear !== null) requireInRange('flankWear', wear, WEAR_RANGE);
  const tool = toolStateOf(state, plan.tool.toolNo);
  if (tool.broken) {
    const message = `tool ${tool.toolNo} (${plan.tool.name}) is broken: replace it first`;
    throw new MachiningInputError([{ code: 'tool_broken', path: 'toolNo', message }]);
  }
  seedStreams(state.random, options.seed);
  if (options.airTemperatureK !== undefined) state.airMeanK = options.airTemperatureK;
  if (wear !== null) startWorn(tool, wear);
  state.machine = plan.machine;
  state.toolNo = tool.toolNo;
  const job = newRun(plan, options);
  state.job = job;
  if (!job.noise) state.nodes.air = state.airMeanK;
  job.randomFailure = job.noise && nextUniform(state.random, STREAM.randomFailure) < RANDOM_FAILURES_PER_JOB;
  clampWorkpiece(state, job);
  tool.lifeMin = expectedLifeMin(state, job, tool);
  observe(state);
}

/** Takes the job off the machine at once: spindle stopped, injected faults ended. Tools and heat stay as they are. */
export function endJob(state: MachineState): void {
  state.job = null;
  clearFaults(state);
  standStill(state, 0);
  observe(state);
}

function startWorn(tool: ToolState, wearMm: number): void {
  tool.lifeUsed = lifeUsedAt(wearMm);
  tool.flankWearMm = flankWearMm(tool.lifeUsed);
  tool.wornReported = false;
}

/** Tool life that the first pass promises, so that remaining life is known before the first chip. */
function expectedLifeMin(state: MachineState, job: JobRun, tool: ToolState): number {
  const { plan, pass } = job;
  const load = nominalLoad(plan, pass, 0, tool.flankWearMm);
  const zoneK = state.nodes.air + nominalRiseK(plan, pass, load, tool.flankWearMm);
  return nominalLifeMin(plan, pass, load.cuttingSpeedMPerMin, zoneK) * (job.noise ? tool.lifeFactor : 1);
}

/** A run as a snapshot keeps it. */
export type StoredRun = Omit<JobRun, 'figures'>;

/** A run out of a snapshot, which it takes over; `coolantLoss` 0..1 is that of the faults at the moment. */
export function restoreRun(stored: StoredRun, coolantLoss: number): JobRun {
  const plan = sharePlan(stored.plan);
  const pass = definePass(stored.pass);
  const run = newRun(plan, { seed: stored.seed, estimatedMinutes: stored.estimatedS / 60 });
  const known = Object.entries(stored).filter(([name]) => name in run);
  return Object.assign(run, Object.fromEntries(known), { plan, pass, figures: passFigures(plan, pass, coolantLoss) });
}

function newRun(plan: JobPlan, options: BeginJobOptions): JobRun {
  const pass = planPass(plan, 1);
  const workMassKg = (plan.material.density * Math.PI * plan.workDiameterMm ** 2 * plan.heatedLengthMm) / 4e9;
  return {
    plan,
    status: 'running',
    seed: options.seed,
    noise: options.noise ?? true,
    diameterHeld: options.diameterHeld ?? false,
    estimatedS: options.estimatedMinutes * 60,
    elapsedS: 0,
    engagedS: 0,
    energyJ: 0,
    tick: 0,
    partsDone: 0,
    phase: 'approach',
    phaseS: 0,
    passNo: 1,
    pass,
    figures: passFigures(plan, pass, 0),
    travelMm: 0,
    engagement: 0,
    workpieceFactor: 1,
    overloadS: 0,
    feedHolds: 0,
    spikeS: 0,
    burstS: 0,
    spikeTorqueNm: 0,
    burstMmPerS: 0,
    runOutAfterBreakageS: options.runOutAfterBreakageS ?? RUN_OUT_S,
    runOutS: 0,
    inertiaKgM2: rotatingInertiaKgM2(plan.machine.spindleInertiaKgM2, workMassKg, plan.workDiameterMm),
    chatterAmplitudeMm: 0,
    chattering: false,
    chatterReported: false,
    spindleHotReported: false,
    randomFailure: false,
  };
}
