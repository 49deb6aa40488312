import { quantileOfSorted } from '../../statistics/describe.js';
import type { Dataset } from '../dataset.js';
import { rowsByKey } from '../rows-by-key.js';
import { FORETOLD_MIN } from '../run-to-failure.js';
import { lifeOf } from './fit-remaining-life.js';

/** What alarms by a score have been worth over whole lives of tools. */
export interface AlarmRecord {
  /** share of failures before which an alarm stood that had begun no earlier than `TIMELY_MIN` before */
  found: number;
  /** minutes in the cut from the beginning of that alarm to the failure, 0 where there was none */
  leadMedianMin: number;
  leadP10Min: number;
  /** alarms that began earlier than `TIMELY_MIN` before the failure, per 100 hours in the cut */
  falsePer100h: number;
  /** notice per failure, as a share of the time that is foretold, less what the false alarms have cost */
  worth: number;
}

/** An alarm counts as timely up to twice the time that is foretold; one that stands for longer foretells nothing. */
export const TIMELY_MIN = 2 * FORETOLD_MIN;
/** Rows below the limit after which an alarm is over: single quiet rows do not end it. */
const QUIET_ROWS = 4;
/** Failures with full notice that a false alarm outweighs: people who were called in vain come later the next time. */
const FALSE_COST = 2;

/** A tool from its first row to its failure. */
interface Life {
  /** in the order of time */
  rows: readonly number[];
  minutes: number;
}

/** Follows tools from their first rows to their failures; made once, it judges many limits. */
export class AlarmJudge {
  private readonly remaining: Float64Array;
  private readonly lives: Life[];
  private readonly hours: number;

  /** @param rows - of the tools that are followed, whole lives; default: all */
  constructor(dataset: Dataset, rows?: Iterable<number>) {
    const { remaining, minute } = lifeOf(dataset);
    const runs = rowsByKey(rows ?? minute.keys(), (row) => dataset.groups?.[row] ?? '');
    this.remaining = remaining;
    this.lives = [...runs.values()].map((own) => {
      const ordered = own.sort((a, b) => minute[a]! - minute[b]!);
      const last = ordered.at(-1)!;
      return { rows: ordered, minutes: minute[last]! + remaining[last]! };
    });
    this.hours = this.lives.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
  }

  /** @param isCalled - whether a row's score is at or above the limit */
  judge(isCalled: (row: number) => boolean): AlarmRecord {
    const leads: number[] = [];
    let falseAlarms = 0;
    for (const { rows } of this.lives) {
      let beganAt: number | null = null;
      let quiet = 0;
      for (const row of rows) {
        if (isCalled(row)) {
          quiet = 0;
          if (beganAt === null) {
            beganAt = this.remaining[row]!;
            if (beganAt > TIMELY_MIN) falseAlarms++;
          }
        } else if (beganAt !== null && ++quiet >= QUIET_ROWS) {
          beganAt = null;
        }
      }
      leads.push(beganAt !== null && beganAt <= TIMELY_MIN ? beganAt : 0);
    }
    leads.sort((a, b) => a - b);
    const notice = leads.reduce((sum, lead) => sum + Math.min(1, lead / FORETOLD_MIN), 0);
    return {
      found: leads.filter((lead) => lead > 0).length / leads.length,
      leadMedianMin: quantileOfSorted(leads, 0.5),
      leadP10Min: quantileOfSorted(leads, 0.1),
      falsePer100h: falseAlarms / (this.hours / 100),
      worth: (notice - FALSE_COST * falseAlarms) / leads.length,
    };
  }
}

/** What alarms by a score have been worth over all tools of the histories. */
export function alarmRecord(dataset: Dataset, isCalled: (row: number) => boolean): AlarmRecord {
  return new AlarmJudge(dataset).judge(isCalled);
}
