import type { Dataset } from '../dataset.js';
import { applyLogistic, fitLogistic } from '../logistic.js';
import { bestThreshold } from '../metrics.js';
import { bestAlarmLimit } from './alarm-limit.js';
import { splitFold } from './folds.js';

/** What was said of rows by a stack and a threshold that had not seen them. */
export interface CrossFitted {
  /** calibrated */
  probability: Float64Array;
  /** called a failure, 0 or 1 */
  called: Uint8Array;
}

/** Probabilities and calls of each fold by a stack and a threshold that were fitted to the other folds. */
export function crossFit(dataset: Dataset, scores: readonly number[][], fold: Uint8Array): CrossFitted {
  const { target } = dataset;
  const probability = new Float64Array(target.length);
  const called = new Uint8Array(target.length);
  for (const held of new Set(fold)) {
    const { train, test } = splitFold(fold, held);
    const stack = fitLogistic(
      Array.from(train, (row) => scores[row]!),
      Array.from(train, (row) => target[row]!),
    );
    const said = scores.map((own) => applyLogistic(stack, own));
    const threshold = thresholdFor(dataset, said, train);
    for (const row of test) {
      probability[row] = said[row]!;
      called[row] = said[row]! >= threshold ? 1 : 0;
    }
  }
  return { probability, called };
}

/**
 * The limit of a score from which rows are called failures: where rows follow each other the one whose alarms are worth most,
 * elsewhere the one with the greatest F1.
 */
export function thresholdFor(dataset: Dataset, score: ArrayLike<number>, rows: Uint32Array): number {
  if (dataset.layout.history) return bestAlarmLimit(dataset, score, rows);
  const pick = (column: ArrayLike<number>) => Array.from(rows, (row) => column[row]!);
  return bestThreshold(pick(score), pick(dataset.target));
}
