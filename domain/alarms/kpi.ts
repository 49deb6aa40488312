import type { AlarmTransition } from './alarm.js';
import { ALARM_PRIORITIES } from './priority.js';

/** The part of a transition that figures are made of. */
export type CountedTransition = Pick<AlarmTransition, 'atMs' | 'event' | 'priority'> & { alertId: string };

/** One annunciation and what became of it; times in epoch ms. */
export interface AlarmRecord {
  raisedAtMs: number;
  priority: number;
  acknowledgedAtMs?: number;
  returnedAtMs?: number;
}

export interface Percentiles {
  /** Number of alarms that the figures rest on. */
  count: number;
  p50: number | null;
  p95: number | null;
}

/** First figures of ISA-18.2 for a window. */
export interface AlarmKpi {
  enoughData: boolean;
  /** Days of the window that records exist for. */
  days: number;
  total: number;
  byPriority: Record<string, number>;
  averagePer10Min: number | null;
  peakPer10Min: number;
  timeToAcknowledgeS: Percentiles;
  timeToReturnS: Percentiles;
}

/**
 * The annunciations in a stretch of history: each time a limit was exceeded, with the first acknowledgement and the first
 * return that followed.
 * @param transitions - in the order of time; of one alert in the order of their numbers
 */
export function annunciations(transitions: Iterable<CountedTransition>): AlarmRecord[] {
  const records: AlarmRecord[] = [];
  const latest = new Map<string, AlarmRecord>();
  for (const { alertId, atMs, event, priority } of transitions) {
    const record = latest.get(alertId);
    if (event === 'limitExceeded') {
      const raised = { raisedAtMs: atMs, priority: priority ?? record?.priority ?? 4 };
      latest.set(alertId, raised);
      records.push(raised);
    } else if (record && event === 'priorityRaised') record.priority = Math.min(record.priority, priority ?? 4);
    else if (record && event === 'returnedToNormal') record.returnedAtMs ??= atMs;
    else if (record && (event === 'acknowledged' || event === 'resolved')) record.acknowledgedAtMs ??= atMs;
  }
  return records;
}

/** Below this many days ISA-18.2 gives no verdict. */
export const ENOUGH_DAYS = 30;
const DAY_MS = 86_400_000;
const TEN_MINUTES_MS = 600_000;

/**
 * @param records - alarms raised within the window, in any order
 * @param recordingSinceMs - when the plant began to record alarms; earlier parts of the window count as unknown
 */
export function alarmKpi(
  records: readonly AlarmRecord[],
  window: { fromMs: number; toMs: number },
  recordingSinceMs: number,
): AlarmKpi {
  const coveredMs = Math.max(0, window.toMs - Math.max(window.fromMs, recordingSinceMs));
  const days = coveredMs / DAY_MS;
  const counts = ALARM_PRIORITIES.map((priority) => [
    String(priority),
    records.filter((record) => record.priority === priority).length,
  ]);
  return {
    enoughData: days >= ENOUGH_DAYS,
    days: Math.round(days * 100) / 100,
    total: records.length,
    byPriority: Object.fromEntries(counts),
    averagePer10Min: coveredMs > 0 ? records.length / (coveredMs / TEN_MINUTES_MS) : null,
    peakPer10Min: peakPer10Min(records),
    timeToAcknowledgeS: percentiles(
      records.map((record) => secondsBetween(record.raisedAtMs, record.acknowledgedAtMs)),
    ),
    timeToReturnS: percentiles(records.map((record) => secondsBetween(record.raisedAtMs, record.returnedAtMs))),
  };
}

/** Most alarms that any stretch of 10 minutes saw, wherever it begins. */
function peakPer10Min(records: readonly AlarmRecord[]): number {
  const times = records.map((record) => record.raisedAtMs).sort((a, b) => a - b);
  let peak = 0;
  let first = 0;
  for (const [i, time] of times.entries()) {
    while (time - times[first]! >= TEN_MINUTES_MS) first++;
    peak = Math.max(peak, i - first + 1);
  }
  return peak;
}

function secondsBetween(fromMs: number, toMs: number | undefined): number | undefined {
  return toMs === undefined || toMs < fromMs ? undefined : (toMs - fromMs) / 1000;
}

/** Percentiles by nearest rank, of the values that are known. */
function percentiles(values: readonly (number | undefined)[]): Percentiles {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const rank = (share: number) => known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? null;
  return { count: known.length, p50: rank(0.5), p95: rank(0.95) };
}
