import type { Threshold } from '../contract/alert.js';
import type { AlarmCounts } from '../contract/backtest.js';
import { ThresholdsInvalidError } from './alarm.errors.js';
import { assertThresholds } from './threshold-check.js';

/** What may quieten an alarm without moving its limit. */
export interface Improvement {
  change: Partial<Pick<Threshold, 'deadband' | 'onDelayS' | 'offDelayS'>>;
  thresholds: Threshold[];
}

type Named = Pick<Threshold, 'type' | 'channel'>;

/** An improvement is worth its price if it takes away this share of the alarms. */
const WORTHWHILE = 0.3;
const GOOD = 0.5;
const DEADBAND_FACTORS = [2, 4];
/** Where a limit has no deadband, that share of the limit. */
const FIRST_DEADBAND = 0.02;
const OFF_DELAYS_S = [15, 60, 180];
const ON_DELAYS_S = [5, 15, 30];

/**
 * Ways to quieten one alarm of a lathe, those first that cost least: a deadband and an off-delay leave the raising alone, an
 * on-delay makes people learn of it later.
 * @param thresholds - all limits of the lathe
 */
export function improvementsOf(thresholds: readonly Threshold[], alarm: Named): Improvement[] {
  const own = thresholds.filter((threshold) => isOf(threshold, alarm));
  const most = (of: (threshold: Threshold) => number) => Math.max(0, ...own.map(of));
  if (own.length === 0) return [];
  const deadband = most((threshold) => threshold.deadband) || most(sizeOf) * FIRST_DEADBAND;
  const changes: Improvement['change'][] = [
    ...DEADBAND_FACTORS.map((factor) => ({ deadband: rounded(deadband * factor) })).filter((c) => c.deadband > 0),
    ...OFF_DELAYS_S.filter((s) => s > most(({ offDelayS }) => offDelayS)).map((offDelayS) => ({ offDelayS })),
    ...ON_DELAYS_S.filter((s) => s > most(({ onDelayS }) => onDelayS)).map((onDelayS) => ({ onDelayS })),
  ];
  return changes
    .map((change) => ({
      change,
      thresholds: thresholds.map((threshold) => (isOf(threshold, alarm) ? { ...threshold, ...change } : threshold)),
    }))
    .filter((improvement) => areConsistent(improvement.thresholds));
}

/** A deadband may be too wide for the room between a low and a high limit. */
function areConsistent(thresholds: readonly Threshold[]): boolean {
  try {
    assertThresholds(thresholds);
    return true;
  } catch (error) {
    if (error instanceof ThresholdsInvalidError) return false;
    throw error;
  }
}

/**
 * The first that halves the alarms, else the best that is worth its price; undefined where none is.
 * @param after - counts of the alarm with each improvement
 */
export function bestOf(before: AlarmCounts, after: readonly AlarmCounts[]): number | undefined {
  const saved = after.map(({ alarms }) => (before.alarms > 0 ? 1 - alarms / before.alarms : 0));
  const good = saved.findIndex((share) => share >= GOOD);
  if (good >= 0) return good;
  const best = saved.indexOf(Math.max(...saved));
  return best >= 0 && saved[best]! >= WORTHWHILE ? best : undefined;
}

const isOf = (threshold: Named, { type, channel }: Named): boolean =>
  threshold.type === type && threshold.channel === channel;

const sizeOf = ({ high, low, rate }: Threshold): number => Math.abs(high ?? low ?? rate ?? 0);

const rounded = (value: number): number => Number(value.toPrecision(3));
