/**
 * Whether tick `tick` (from 1) of a job is stored: the first one, then the first one in each interval.
 * An interval shorter than the tick period stores every tick.
 * @param periodMs - time between two ticks
 * @param intervalMs - wished time between two samples
 */
export function isSampleTick(tick: number, periodMs: number, intervalMs: number): boolean {
  if (tick <= 1 || intervalMs <= periodMs) return true;
  const slot = (n: number) => Math.floor(((n - 1) * periodMs + EPSILON_MS) / intervalMs);
  return slot(tick) !== slot(tick - 1);
}

/** Products of fractional seconds are a hair off their grid. */
const EPSILON_MS = 1e-6;
