import type { AlarmKpiDto, AlarmLoadDto, AlarmPointDto, KpiFigureDto } from '../contract/alarm-kpi.js';
import type { AlertType } from '../contract/enums.js';
import type { ChannelName } from '../telemetry/channels.js';
import { DAY_MS } from '../telemetry/resolution.js';
import { type DurationSketch, Durations } from './duration-sketch.js';
import { FLOOD_STARTS_ABOVE } from './flood.js';
import { ALARM_PRIORITIES } from './priority.js';
import { type StaleAlarm, type Tally, TEN_MINUTES_MS } from './tally.js';

/** Below this many days ISA-18.2 gives no verdict. */
export const ENOUGH_DAYS = 30;
const TOP = 10;
const MOST_LISTED = 50;

type Target = KpiFigureDto['target'];

/**
 * What ISA-18.2 recommends for one operating position. Average: acceptable, twice as much is the most that can be managed.
 * Priorities: for four of them, the most urgent first.
 * @see ANSI/ISA-18.2-2016, clause 16, alarm performance metrics
 */
const TARGETS: Record<KpiFigureDto['name'], Target> = {
  averagePer10Min: { most: 1 },
  peakPer10Min: { most: 10 },
  above10Per10Min: { most: 0.01 },
  timeInFlood: { most: 0.01 },
  top10Load: { most: 0.05 },
  chattering: { most: 0 },
  fleeting: { most: 0 },
  stalePerDay: { most: 4 },
  priority1: { most: 0.01 },
  priority2: { most: 0.05 },
  priority3: { most: 0.15 },
  priority4: { least: 0.8 },
};
const SHARES: ReadonlySet<KpiFigureDto['name']> = new Set([
  'above10Per10Min',
  'timeInFlood',
  'top10Load',
  'priority1',
  'priority2',
  'priority3',
  'priority4',
]);

export interface KpiWindow {
  fromMs: number;
  /** not in the future */
  toMs: number;
  /** when the plant began to record alarms; earlier parts of the window count as unknown */
  recordingSinceMs: number;
  /** operating positions that share the load, 1 or more */
  operators: number;
}

export type AlarmFigures = Omit<AlarmKpiDto, 'from' | 'to' | 'silenced'>;

/** Figures of the alarm system with the targets of ISA-18.2. @param tally - of the window */
export function alarmKpi(tally: Tally, window: KpiWindow): AlarmFigures {
  const { fromMs, toMs, recordingSinceMs, operators } = window;
  const coveredMs = Math.max(0, toMs - Math.max(fromMs, recordingSinceMs));
  const days = coveredMs / DAY_MS;
  const enoughData = days >= ENOUGH_DAYS;
  const { alarms, byPriority } = tally;
  const loads = loadsOf(tally);
  const shares = byPriority.map((count) => (alarms > 0 ? count / alarms : null));
  // A rate made up from less than one period would stand above the peak.
  const averagePer10Min = coveredMs >= TEN_MINUTES_MS ? alarms / (coveredMs / TEN_MINUTES_MS) : null;
  const values: Record<KpiFigureDto['name'], number | null> = {
    averagePer10Min: averagePer10Min === null ? null : averagePer10Min / operators,
    peakPer10Min: tally.peakPer10Min / operators,
    above10Per10Min: perCovered(periodsAbove(tally, operators) * TEN_MINUTES_MS, coveredMs),
    timeInFlood: perCovered(floodMs(tally, fromMs, toMs), coveredMs),
    top10Load: alarms > 0 ? loads.slice(0, TOP).reduce((sum, { share }) => sum + share, 0) : null,
    chattering: loads.filter(({ chattering }) => chattering > 0).length,
    fleeting: loads.filter(({ fleeting }) => fleeting > 0).length,
    stalePerDay: stalePerDay(tally.stale, toMs),
    ...{ priority1: shares[0] ?? null, priority2: shares[1] ?? null },
    ...{ priority3: shares[2] ?? null, priority4: shares[3] ?? null },
  };
  return {
    ...{ enoughData, days: Math.round(days * 100) / 100, operators, total: alarms },
    byPriority: byName(byPriority),
    priorityShare: byName(shares),
    ...{ averagePer10Min, peakPer10Min: tally.peakPer10Min },
    timeToAcknowledgeS: percentiles(tally.toAcknowledge),
    timeToReturnS: percentiles(tally.toReturn),
    figures: Object.entries(values).map(([name, value]) => figure(name as KpiFigureDto['name'], value, enoughData)),
    top: loads.slice(0, TOP),
    chattering: worst(loads, 'chattering'),
    fleeting: worst(loads, 'fleeting'),
    stale: tally.stale.slice(0, MOST_LISTED).map(({ alertId, point, sinceMs }) => ({
      ...pointDto(point),
      ...{ id: alertId, since: iso(sinceMs) },
    })),
    floods: tally.floods
      .slice(-MOST_LISTED)
      .reverse()
      .map((flood) => ({
        ...{ from: iso(flood.fromMs), to: flood.toMs === null ? null : iso(flood.toMs) },
        ...{ alarms: flood.alarms, peak: flood.peak },
      })),
    floodCount: tally.floods.length,
  };
}

/** `lathe|type|channel` in its parts. */
export function pointDto(point: string): AlarmPointDto {
  const [latheId = '', type = '', channel = ''] = point.split('|');
  return { latheId, type: type as AlertType, ...(channel ? { channel: channel as ChannelName } : {}) };
}

function loadsOf({ points, alarms }: Tally): AlarmLoadDto[] {
  return Object.entries(points)
    .filter(([point, tally]) => point.includes('|') && tally.alarms > 0)
    .map(([point, tally]) => ({ ...pointDto(point), ...tally, share: tally.alarms / alarms }))
    .sort((a, b) => b.alarms - a.alarms);
}

const worst = (loads: readonly AlarmLoadDto[], by: 'chattering' | 'fleeting'): AlarmLoadDto[] =>
  loads
    .filter((load) => load[by] > 0)
    .sort((a, b) => b[by] - a[by])
    .slice(0, MOST_LISTED);

function figure(name: KpiFigureDto['name'], value: number | null, enoughData: boolean): KpiFigureDto {
  const target = TARGETS[name];
  const { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY } = target;
  const verdict = enoughData && value !== null ? { met: value <= most && value >= least } : {};
  return { name, value, unit: SHARES.has(name) ? 'share' : 'alarms', target, ...verdict };
}

const periodsAbove = ({ per10Min }: Tally, operators: number): number =>
  per10Min.filter(([, count]) => count / operators > FLOOD_STARTS_ABOVE).length;

function floodMs({ floods }: Tally, fromMs: number, toMs: number): number {
  const lengths = floods.map((flood) => Math.min(flood.toMs ?? toMs, toMs) - Math.max(flood.fromMs, fromMs));
  return lengths.reduce((sum, length) => sum + Math.max(0, length), 0);
}

/** Most stale alarms of any day: each is stale from a day after its raise, and told once however long it stands. */
function stalePerDay(stale: readonly StaleAlarm[], toMs: number): number {
  const days = new Map<number, number>();
  for (const { sinceMs } of stale) {
    const day = Math.floor(Math.min(sinceMs + DAY_MS, toMs) / DAY_MS);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return Math.max(0, ...days.values());
}

const perCovered = (ms: number, coveredMs: number): number | null =>
  coveredMs > 0 ? Math.min(1, ms / coveredMs) : null;

const byName = <Value>(values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(ALARM_PRIORITIES.map((priority, i) => [String(priority), values[i] as Value]));

function percentiles(sketch: DurationSketch) {
  const durations = new Durations(sketch);
  return { count: durations.count, p50: durations.quantile(0.5), p95: durations.quantile(0.95) };
}

const iso = (ms: number): string => new Date(ms).toISOString();
