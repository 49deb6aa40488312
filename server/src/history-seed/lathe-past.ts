import type { StopReason } from '#domain/analytics/stop-reasons.js';
import type { AlertType, JobStatus } from '#domain/contract/enums.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/telemetry/resolution.js';
import type { Chance } from './chance.js';
import { type RecordedRun, SAMPLE_S } from './recorded-run.js';

export interface PastJob {
  latheId: string;
  run: RecordedRun;
  startMs: number;
  endMs: number;
  status: Extract<JobStatus, 'Completed' | 'Failed' | 'Cancelled' | 'Alert Triggered'>;
  operator: string;
  /** parts that were not good; absent where nobody looked */
  scrapped?: number;
}

export interface PastStop {
  latheId: string;
  startMs: number;
  reason: StopReason;
  by: string;
}

export interface PastWindow {
  latheId: string;
  startMs: number;
  endMs: number;
  reason: string;
}

export interface PastAlarm {
  latheId: string;
  /** the job that it was raised in */
  job: PastJob;
  type: AlertType;
  atMs: number;
  acknowledgedMs: number;
  acknowledgedBy: string;
  endMs: number;
  /** it stopped the job */
  stops: boolean;
}

/** Everything that happened to one lathe. */
export interface LathePast {
  jobs: PastJob[];
  stops: PastStop[];
  windows: PastWindow[];
  alarms: PastAlarm[];
}

const OPERATORS = ['Yash', 'Dharmik', 'Harsh'];
const SAMPLE_MS = 1000 * SAMPLE_S;
/** Chance of a job to end in a breakdown, and of one to be called off. */
const BREAKS_DOWN = 0.025;
const CALLED_OFF = 0.02;
const SERVICE_EVERY_MS = 12 * DAY_MS;
const LONG_STOPS: readonly StopReason[] = ['noMaterial', 'noOperator', 'noOrder', 'qualityCheck', 'cleaning', 'break'];
const WARNINGS: readonly AlertType[] = ['TOOL_WEAR', 'HIGH_VIBRATION', 'HIGH_TORQUE', 'HIGH_TEMPERATURE', 'ANOMALY'];

/** Jobs and the time between them from `fromMs` to `toMs`. Every lathe has a habit: some wait longer, some break more often. */
export function pastOf(
  latheId: string,
  runs: readonly RecordedRun[],
  span: { fromMs: number; toMs: number },
  chance: Chance,
): LathePast {
  const past: LathePast = { jobs: [], stops: [], windows: [], alarms: [] };
  const habit = { idleness: chance.between(0.5, 1.8), trouble: chance.between(0.4, 2.2) };
  let atMs = span.fromMs + chance.between(0, 30) * MINUTE_MS;
  let serviceMs = span.fromMs + chance.between(0, 1) * SERVICE_EVERY_MS;
  for (;;) {
    const job = nextJob(latheId, runs, atMs, habit.trouble, chance);
    if (job.endMs >= span.toMs) return past;
    past.jobs.push(job);
    if (chance.is(0.12)) past.alarms.push(warning(job, chance));
    atMs = job.endMs;
    if (job.status === 'Failed' || job.status === 'Alert Triggered') atMs = repair(job, past, chance);
    else if (atMs > serviceMs) {
      const endMs = atMs + whole(chance.between(60, 120) * MINUTE_MS);
      past.windows.push({ latheId, startMs: atMs, endMs, reason: 'Service: way lubrication, chuck, coolant' });
      serviceMs += SERVICE_EVERY_MS;
      atMs = endMs;
    }
    atMs = pause(job, atMs, habit.idleness, past, chance);
    if (atMs >= span.toMs) return past;
  }
}

function nextJob(
  latheId: string,
  runs: readonly RecordedRun[],
  startMs: number,
  trouble: number,
  chance: Chance,
): PastJob {
  const run = chance.oneOf(runs);
  const breaks = chance.is(BREAKS_DOWN * trouble);
  const whole = run.samples.length * chance.between(0.35, 1);
  const samples = Math.max(12, Math.floor(breaks ? whole * chance.share() : whole));
  const status = breaks ? chance.oneOf(['Failed', 'Alert Triggered', 'Alert Triggered'] as const) : 'Completed';
  const parts = run.counts[samples - 1]!.parts;
  const scrapped = Math.min(parts, Math.floor(parts * chance.between(0, 0.05)) + (breaks ? 1 : 0));
  return {
    latheId,
    run,
    startMs,
    endMs: startMs + samples * SAMPLE_MS,
    status: status === 'Completed' && chance.is(CALLED_OFF) ? 'Cancelled' : status,
    operator: chance.oneOf(OPERATORS),
    ...(chance.is(0.85) ? { scrapped } : {}),
  };
}

/** A breakdown: the alarm, somebody who comes, and the repair. @returns when the lathe is well again */
function repair(job: PastJob, past: LathePast, chance: Chance): number {
  const { latheId, endMs } = job;
  const acknowledgedMs = endMs + whole(chance.between(0.5, 11) * MINUTE_MS);
  const startMs = acknowledgedMs + whole(chance.between(1, 18) * MINUTE_MS);
  const wellMs = startMs + whole(chance.between(12, 95) * MINUTE_MS);
  past.windows.push({ latheId, startMs, endMs: wellMs, reason: 'Repair after a breakdown' });
  if (chance.is(0.8)) past.stops.push({ latheId, startMs: endMs, reason: 'breakdown', by: job.operator });
  if (job.status === 'Alert Triggered') {
    const type = chance.oneOf(['HIGH_TORQUE', 'HIGH_VIBRATION', 'HIGH_TEMPERATURE'] as const);
    const by = chance.oneOf(OPERATORS);
    past.alarms.push({
      ...{ latheId, job, type, atMs: endMs - 1000, acknowledgedMs, acknowledgedBy: by, endMs: wellMs, stops: true },
    });
  }
  return wellMs;
}

/** Time until the next job; at night fewer people are there to begin one. @returns its end */
function pause(
  { latheId, operator }: PastJob,
  atMs: number,
  idleness: number,
  past: LathePast,
  chance: Chance,
): number {
  const hour = new Date(atMs).getUTCHours();
  const isNight = hour < 6 || hour >= 22;
  const draw = chance.share();
  if (draw < 0.55) return atMs + whole(chance.between(0.4, 4.5) * MINUTE_MS);
  const isLong = draw > (isNight ? 0.72 : 0.86);
  const minutes = isLong ? chance.between(25, isNight ? 150 : 80) : chance.between(5, 22);
  const reason = isLong ? chance.oneOf(LONG_STOPS) : chance.oneOf(['setup', 'setup', 'toolChange', 'other'] as const);
  if (chance.is(0.7)) past.stops.push({ latheId, startMs: atMs, reason, by: operator });
  return atMs + whole(Math.min(minutes * idleness * MINUTE_MS, 6 * HOUR_MS));
}

function warning(job: PastJob, chance: Chance): PastAlarm {
  const atMs = whole(chance.between(job.startMs, job.endMs - MINUTE_MS));
  const acknowledgedMs = atMs + whole(chance.between(0.3, 9) * MINUTE_MS);
  const endMs = Math.max(acknowledgedMs, atMs + whole(chance.between(0.2, 20) * MINUTE_MS)) + 1000;
  const [type, acknowledgedBy] = [chance.oneOf(WARNINGS), chance.oneOf(OPERATORS)];
  return { latheId: job.latheId, job, type, atMs, acknowledgedMs, acknowledgedBy, endMs, stops: false };
}

const whole = (ms: number): number => Math.round(ms / 1000) * 1000;
