import { quantileOfSorted } from '../../statistics/describe.js';
import type { Dataset } from '../dataset.js';
import { AlarmJudge, type AlarmRecord } from './alarm-record.js';

/** Limits that are tried: quantiles of the scores of rows that failure follows. */
const TRIED = 100;

/**
 * The limit of a score that does best by `merit` over the lives at `rows`; of equals the highest.
 * @param score - by row of the dataset, high where failure is near
 * @param rows - whole lives of tools
 */
export function bestAlarmLimit(
  dataset: Dataset,
  score: ArrayLike<number>,
  rows: Iterable<number>,
  merit: (record: AlarmRecord) => number = ({ worth }) => worth,
): number {
  const own = [...rows];
  const judge = new AlarmJudge(dataset, own);
  const telling = own.filter((row) => dataset.target[row] === 1).map((row) => score[row]!);
  telling.sort((a, b) => a - b);
  let best = { limit: Number.POSITIVE_INFINITY, merit: Number.NEGATIVE_INFINITY };
  for (let i = TRIED; i >= 0; i--) {
    const limit = quantileOfSorted(telling, i / TRIED);
    const reached = merit(judge.judge((row) => score[row]! >= limit));
    if (reached > best.merit) best = { limit, merit: reached };
  }
  return best.limit;
}
