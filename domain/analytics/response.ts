import type { ResponseTimes } from '../contract/analytics.js';
import { covers, type Interval } from './interval.js';
import type { LatheTime } from './lathe-time.js';
import type { LatheRecords } from './records.js';

/** Times from a stop by failure to what people did about it, ms; null where it has not happened or is not on record. */
export interface Response {
  detectMs: number | null;
  acknowledgeMs: number | null;
  actMs: number | null;
}

/** How each failure in a window (merged) was met. An alarm that was up before the stop had detected it at once. */
export function responsesOf({ alarms }: LatheRecords, { repairs }: LatheTime, window: readonly Interval[]): Response[] {
  return repairs
    .filter(({ fromMs }) => covers(window, fromMs))
    .map(({ jobId, fromMs, actedMs }) => {
      const own = alarms.filter((alarm) => alarm.jobId === jobId);
      const raised = own.map(({ raisedMs }) => raisedMs);
      const acknowledged = own.flatMap(({ acknowledgedMs }) => acknowledgedMs ?? []).filter((ms) => ms >= fromMs);
      const since = (ms: number | undefined | null) =>
        ms === undefined || ms === null ? null : Math.max(0, ms - fromMs);
      return {
        detectMs: raised.length > 0 ? since(Math.min(...raised)) : null,
        acknowledgeMs: acknowledged.length > 0 ? since(Math.min(...acknowledged)) : null,
        actMs: since(actedMs),
      };
    });
}

export function responseTimes(responses: readonly Response[]): ResponseTimes {
  const of = (pick: (response: Response) => number | null) => {
    const known = responses.flatMap((response) => pick(response) ?? []).sort((a, b) => a - b);
    const at = (share: number) => known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? null;
    return { count: known.length, p50Ms: at(0.5), p95Ms: at(0.95) };
  };
  return {
    failures: responses.length,
    detect: of(({ detectMs }) => detectMs),
    acknowledge: of(({ acknowledgeMs }) => acknowledgeMs),
    act: of(({ actMs }) => actMs),
  };
}
