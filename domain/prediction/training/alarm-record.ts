import { quantileOfSorted } from '../../statistics/describe.js';
import type { Dataset } from '../dataset.js';
import { rowsByKey } from '../rows-by-key.js';
import { lifeOf } from './fit-remaining-life.js';

/** What alarms by a score have been worth over whole lives of tools. */
export interface AlarmRecord {
  /** share of failures before which an alarm stood that had begun no earlier than `timelyMin` before */
  found: number;
  /** minutes in the cut from the beginning of the alarm that stood at the failure, 0 where none did */
  leadMedianMin: number;
  leadP10Min: number;
  /** alarms that began earlier than `timelyMin` before the failure, per 100 hours in the cut */
  falsePer100h: number;
}

/** An alarm counts as timely up to twice the time that is foretold. */
export const TIMELY_MIN = 20;
/** Rows below the limit after which an alarm is over: single quiet rows do not end it. */
const QUIET_ROWS = 4;

/**
 * Follows every tool of the histories from its first row to its failure.
 * @param isCalled - whether a row's score is at or above the limit
 */
export function alarmRecord(dataset: Dataset, isCalled: (row: number) => boolean): AlarmRecord {
  const { remaining, minute } = lifeOf(dataset);
  const leads: number[] = [];
  let found = 0;
  let falseAlarms = 0;
  let minutes = 0;
  for (const rows of runsOf(dataset, minute)) {
    let beganAt: number | null = null;
    let quiet = 0;
    for (const row of rows) {
      if (isCalled(row)) {
        quiet = 0;
        if (beganAt === null) {
          beganAt = remaining[row]!;
          if (beganAt > TIMELY_MIN) falseAlarms++;
        }
      } else if (beganAt !== null && ++quiet >= QUIET_ROWS) {
        beganAt = null;
      }
    }
    const last = rows.at(-1)!;
    minutes += minute[last]! + remaining[last]!;
    leads.push(beganAt ?? 0);
    if (beganAt !== null && beganAt <= TIMELY_MIN) found++;
  }
  leads.sort((a, b) => a - b);
  return {
    found: found / leads.length,
    leadMedianMin: quantileOfSorted(leads, 0.5),
    leadP10Min: quantileOfSorted(leads, 0.1),
    falsePer100h: falseAlarms / (minutes / 6000),
  };
}

/** Rows of each run in the order of time. */
function runsOf({ groups }: Dataset, minute: Float64Array): number[][] {
  const runs = rowsByKey(minute.keys(), (row) => groups?.[row] ?? '');
  return [...runs.values()].map((rows) => rows.sort((a, b) => minute[a]! - minute[b]!));
}
