import { CHANNEL_COUNT } from '../telemetry/channels.js';
import { MachiningInputError } from './errors.js';
import { restoreRun, type StoredRun } from './job-run.js';
import { DEFAULT_MACHINE } from './machine-limits.js';
import type { CreateMachineOptions, CutNow, FaultEffects, MachineState } from './machine-types.js';
import { AIR_RANGE, requireInRange, SEED_RANGE } from './problems.js';
import { createStreams, nextGaussian, STREAM, STREAM_NAMES } from './random.js';
import { observe } from './sensors.js';
import { standStill } from './stand-still.js';
import { newTool } from './tool-state.js';
import { TOOLS } from './tools.js';

export type * from './machine-types.js';

const VERSION = 1;
const ROOM_K = 300;
const HOME = { x: 200, z: 300 };

/** A machine as plain JSON: what a checkpoint stores. */
export interface MachineSnapshot extends Omit<MachineState, 'random' | 'sensorNoise' | 'truth' | 'measured' | 'job'> {
  version: typeof VERSION;
  /** state of each stream by its name, so that a stream added later does not shift the others */
  random: Record<string, number>;
  sensorNoise: Record<string, number>;
  job: StoredRun | null;
  /** null = unknown */
  truth: (number | null)[];
  measured: (number | null)[];
}

/** A machine at air temperature with new tools. @param seed - integer 0..2^32-1 @throws MachiningInputError */
export function createMachineState(seed: number, options: CreateMachineOptions = {}): MachineState {
  requireInRange('seed', seed, SEED_RANGE);
  const airK = options.airTemperatureK ?? ROOM_K;
  requireInRange('airTemperature', airK, AIR_RANGE);
  const random = createStreams(seed);
  const state: MachineState = {
    machine: { ...DEFAULT_MACHINE, ...options.machine },
    seed,
    clockS: 0,
    clockOffsetS: options.timeOfDayS ?? 0,
    airMeanK: airK,
    random,
    sensorNoise: new Float64Array(STREAM_NAMES.length),
    spindleRadPerS: 0,
    rpm: 0,
    nodes: { air: airK, spindle: airK, tool: airK, work: airK, coolant: airK, zone: airK },
    bearingWear: 0,
    thermalTripS: 0,
    toolNo: TOOLS[0]!.toolNo,
    tools: TOOLS.map((tool) => newTool(tool.toolNo, random)),
    x: HOME.x,
    z: HOME.z,
    workDiameterMm: 0,
    cut: airCut(),
    effects: noEffects(),
    faults: [],
    nextFaultId: 1,
    job: null,
    events: [],
    truth: new Float64Array(CHANNEL_COUNT),
    measured: new Float64Array(CHANNEL_COUNT),
  };
  state.sensorNoise[STREAM.airTemp] = nextGaussian(random, STREAM.airTemp);
  observe(state);
  return state;
}

function airCut(): CutNow {
  return {
    engaged: false,
    feedRateMmPerMin: 0,
    cuttingForceN: 0,
    feedForceN: 0,
    passiveForceN: 0,
    cuttingTorqueNm: 0,
    spindleTorqueNm: 0,
    spindlePowerW: 0,
    removalRateCm3PerMin: 0,
    cuttingSpeedMPerMin: 0,
    vibrationMmPerS: 0,
    chatterRatio: 0,
    zoneTargetK: 0,
    availableTorqueNm: 0,
    failureProbability: 0,
    health: 1,
  };
}

function noEffects(): FaultEffects {
  return { coolantLoss: 0, unbalanceFactor: 1, imbalance: 0, stabilityFactor: 1, hardnessFactor: 1, slip: 0 };
}

/**
 * Puts a new tool of that number into the turret.
 * @throws MachiningInputError `tool_unknown` where the turret has no such tool
 */
export function replaceTool(state: MachineState, toolNo: number): void {
  const index = state.tools.findIndex((tool) => tool.toolNo === toolNo);
  if (index < 0) {
    const message = `toolNo is ${toolNo}: the turret holds ${state.tools.map((tool) => tool.toolNo).join(', ')}`;
    throw new MachiningInputError([{ code: 'tool_unknown', path: 'toolNo', message }]);
  }
  state.tools[index] = newTool(toolNo, state.random);
  observe(state);
}

/** Lets the machine stand for `elapsedS` seconds (0 or more): spindle off, every node goes to air exactly exponentially. */
export function relaxIdle(state: MachineState, elapsedS: number): void {
  requireInRange('elapsedS', elapsedS, { min: 0, max: 1e9, unit: 's' });
  standStill(state, elapsedS);
  observe(state);
}

/** The machine as plain JSON; going on from `restoreMachine` of it gives the same ticks bit for bit. */
export function snapshotMachine(state: MachineState): MachineSnapshot {
  const plain = {
    ...state,
    version: VERSION,
    random: byStream(state.random),
    sensorNoise: byStream(state.sensorNoise),
    truth: [...state.truth],
    measured: [...state.measured],
    job: state.job && { ...state.job, figures: undefined },
  };
  return JSON.parse(JSON.stringify(plain)) as MachineSnapshot;
}

/**
 * The machine of a snapshot, which it does not share anything with. What a snapshot of an older version lacks is as on a new
 * machine; every object is made as that of a new machine is, so that the tick meets one kind of each.
 * @throws MachiningInputError `out_of_range` for a version that is not known
 */
export function restoreMachine(snapshot: MachineSnapshot): MachineState {
  if (snapshot.version !== VERSION) {
    const message = `a machine of version ${String(snapshot.version)} cannot be read: expected ${VERSION}`;
    throw new MachiningInputError([{ code: 'out_of_range', path: 'machine.version', message }]);
  }
  // through text, for the words in it are then the engine's own copies, which compare by address
  const copy = JSON.parse(JSON.stringify(snapshot)) as MachineSnapshot;
  const { version: _, random, sensorNoise, truth, measured, nodes, cut, effects, tools, job, ...rest } = copy;
  const state = Object.assign(createMachineState(rest.seed), rest);
  Object.assign(state.nodes, nodes);
  Object.assign(state.cut, cut);
  Object.assign(state.effects, effects);
  state.tools = tools.map((tool) => Object.assign(newTool(tool.toolNo, state.random), tool));
  state.job = job && restoreRun(job, state.effects.coolantLoss);
  if (state.job) state.machine = state.job.plan.machine;
  for (const [i, name] of STREAM_NAMES.entries()) {
    state.random[i] = random[name] ?? state.random[i]!;
    state.sensorNoise[i] = sensorNoise[name] ?? 0;
  }
  for (const [i, value] of truth.entries()) state.truth[i] = value ?? Number.NaN;
  for (const [i, value] of measured.entries()) state.measured[i] = value ?? Number.NaN;
  return state;
}

function byStream(values: Int32Array | Float64Array): Record<string, number> {
  return Object.fromEntries(STREAM_NAMES.map((name, i) => [name, values[i]!]));
}
