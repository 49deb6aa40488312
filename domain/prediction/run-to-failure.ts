import type { FaultType, JobType, MaterialName } from '../contract/enums.js';
import { type FaultInjection, injectFault } from '../machining/faults.js';
import { createMachineState } from '../machining/machine-state.js';
import type { MachineState } from '../machining/machine-types.js';
import { type RandomJob, randomJobs } from '../machining/random-jobs.js';
import { beginJob, step } from '../machining/step.js';
import { flankWearMm, WEAR_LIMIT_MM } from '../machining/tool-life.js';
import { activeTool } from '../machining/tool-state.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { HISTORY_COLUMNS, HISTORY_INPUTS } from './histories-layout.js';
import { LatheSignals } from './live-signals.js';
import { type RandomSource, randomSource } from './random-source.js';

export type FailureMode = 'wear' | 'breakage' | 'drive';

/** What was known at one moment of a run, and what came of it. */
export interface HistoryRow {
  /** minutes in the cut */
  minute: number;
  /** in the order of HISTORY_INPUTS */
  inputs: number[];
  /** evened out */
  flankWearMm: number;
  torqueNm: number;
  remainingEstimateMin: number;
}

/** A tool from its first cut to its failure. */
export interface RunToFailure {
  run: number;
  material: MaterialName | string;
  jobType: JobType;
  toolNo: number;
  /** faults that were injected */
  faults: FaultType[];
  mode: FailureMode;
  failedAtMinute: number;
  rows: HistoryRow[];
}

/** Minutes within which a failure is foretold. */
export const FORETOLD_MIN = 10;
/** Time in the cut between rows, min. */
const ROW_EVERY_MIN = 0.5;
const TICK_S = 1;
/** Lives that are worth following, min in the cut as planned, and the longest that is followed. */
const PLANNED_LIFE = { least: 3, most: 150 };
const LONGEST_RUN_MIN = 400;
const LONGEST_TIME_S = 48 * 3600;

/** One run in three has no fault, one in three one, one in three two. */
const MOST_FAULTS = 2;
const FAULTS: readonly FaultType[] = [
  'coolantLoss',
  'chatter',
  'overload',
  'bearingWear',
  'imbalance',
  'beltSlip',
  'toolBreakage',
  'sensorDrift',
  'sensorStuck',
  'sensorDropout',
];
/** Below this severity a breakage only chips the edge; above it nothing could foretell it. */
const CHIPS_BELOW = 0.5;
const FAULTY_SENSORS: readonly ChannelName[] = ['vibration', 'torque', 'processTemperature', 'rpm'];

/**
 * Runs tool after tool to its failure, each with a random job, material and machine, some with faults. Failure is flank wear of
 * 0.3 mm (ISO 3685), a broken edge or a tripped drive. Runs that outlast the longest that is followed are left out.
 * @param seed - integer 0..2^32-1; the same seed gives the same runs
 */
export function* runsToFailure(count: number, seed: number): Generator<RunToFailure> {
  for (let run = 1; run <= count; run++) {
    const random = randomSource(seed, `run ${run}`);
    const history = runOne(run, random);
    if (history) yield history;
  }
}

function runOne(run: number, random: RandomSource): RunToFailure | null {
  const whole = () => Math.floor(random() * 2 ** 32);
  const { job, state } = beginSome(whole);
  const faults = drawFaults(random, activeTool(state).lifeMin * 60);
  for (const fault of faults) injectFault(state, fault);
  const signals = new LatheSignals(state.job!.plan);
  const rows: HistoryRow[] = [];
  const tool = activeTool(state);
  let mode: FailureMode | null = null;
  while (mode === null && tool.minutes < LONGEST_RUN_MIN && state.clockS < LONGEST_TIME_S) {
    step(state, TICK_S);
    signals.observe(state.measured, TICK_S);
    mode = failureOf(state);
    if (mode === null && signals.isReady && tool.minutes >= (rows.length + 1) * ROW_EVERY_MIN)
      rows.push(rowOf(state, signals));
  }
  if (mode === null || rows.length === 0) return null;
  const { material, jobType, toolNo } = job;
  const types = faults.map(({ type }) => type as FaultType);
  return { run, material, jobType, toolNo, faults: types, mode, failedAtMinute: tool.minutes, rows };
}

/** A new tool on a random job whose planned life is neither a moment nor a week. */
function beginSome(whole: () => number): { job: RandomJob; state: MachineState } {
  for (;;) {
    const [job] = randomJobs(1, ['lathe'], whole());
    const state = createMachineState(whole(), { airTemperatureK: 293 + (whole() % 14), timeOfDayS: whole() % 86_400 });
    const plan = { ...job!.plan, initialFlankWearMm: null };
    beginJob(state, plan, { seed: job!.seed, estimatedMinutes: 1e6 });
    const { lifeMin } = activeTool(state);
    if (lifeMin >= PLANNED_LIFE.least && lifeMin <= PLANNED_LIFE.most) return { job: job!, state };
  }
}

function drawFaults(random: RandomSource, lifeS: number): FaultInjection[] {
  return Array.from({ length: Math.floor(random() * (MOST_FAULTS + 1)) }, () => {
    const type = FAULTS[Math.floor(random() * FAULTS.length)]!;
    const severity = 0.1 + 0.9 * random();
    const channel = FAULTY_SENSORS[Math.floor(random() * FAULTY_SENSORS.length)]!;
    const atS = random() * lifeS;
    const rampS = random() * 0.3 * lifeS;
    const lastsS = (0.1 + 0.9 * random()) * lifeS;
    const isBlow = type === 'toolBreakage' || type === 'overload';
    return {
      type,
      channel,
      atS,
      severity: type === 'toolBreakage' ? severity * (CHIPS_BELOW - 0.01) : severity,
      ...(isBlow ? {} : { rampS, durationS: lastsS }),
    };
  });
}

function failureOf(state: MachineState): FailureMode | null {
  const tool = activeTool(state);
  if (tool.broken) return 'breakage';
  if (state.job?.status === 'tripped') return 'drive';
  return tool.flankWearMm >= WEAR_LIMIT_MM ? 'wear' : null;
}

function rowOf(state: MachineState, signals: LatheSignals): HistoryRow {
  return {
    minute: activeTool(state).minutes,
    inputs: [...signals.row],
    flankWearMm: flankWearMm(signals.lifeUsed),
    torqueNm: state.measured[CHANNEL_INDEX.torque]!,
    remainingEstimateMin: signals.remainingMin,
  };
}

const {
  id,
  run,
  material,
  jobType,
  toolNo,
  minute,
  flankWear,
  torque,
  lifeEstimate,
  target,
  wear,
  breakage,
  drive,
  marker,
} = HISTORY_COLUMNS;

/** Header of the table of histories; its cells are those of `historyCells`. */
export const HISTORY_HEADER: readonly string[] = [
  ...[id, run, material, jobType, toolNo, minute],
  ...HISTORY_INPUTS.map(({ name }) => name),
  ...[flankWear, torque, lifeEstimate, marker, target, wear, breakage, drive],
];

/** Cells of every row of a run. */
export function* historyCells(history: RunToFailure): Generator<string[]> {
  const { mode, failedAtMinute } = history;
  for (const [i, row] of history.rows.entries()) {
    const remaining = failedAtMinute - row.minute;
    const failsSoon = remaining <= FORETOLD_MIN;
    const is = (mark: boolean) => (mark ? '1' : '0');
    yield [
      ...[`${history.run}-${i + 1}`, `${history.run}`, history.material, history.jobType, `${history.toolNo}`],
      ...[row.minute, ...row.inputs, row.flankWearMm, row.torqueNm, row.remainingEstimateMin].map(told),
      told(remaining),
      is(failsSoon),
      ...(['wear', 'breakage', 'drive'] as const).map((name) => is(failsSoon && mode === name)),
    ];
  }
}

/** Six digits; what a dead sensor does not tell is 0. */
const told = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '0');
