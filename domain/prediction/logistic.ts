import { cholesky, solveCholesky } from './linear-algebra.js';

/** sigma(intercept + slopes · x). */
export interface LogisticModel {
  intercept: number;
  slopes: number[];
}

const MOST_STEPS = 100;
const CLOSE_ENOUGH = 1e-10;
/** Keeps perfectly separated classes from infinite slopes; its effect on others is below their scatter. */
const RIDGE = 1e-3;
/** Most that one step may move a coefficient. */
const LONGEST_STEP = 5;

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Log odds of a probability, which is first kept `edge` away from 0 and 1. */
export function logOdds(probability: number, edge = 1e-4): number {
  const p = Math.min(1 - edge, Math.max(edge, probability));
  return Math.log(p / (1 - p));
}

/**
 * Logistic regression by Newton's method with a slight ridge; with one column of scores this is Platt's calibration.
 * Targets are smoothed as Platt proposes, so that few positives do not make it overconfident.
 * @param rows - scores per row
 * @param labels - 0 or 1 per row, both present
 * @see J. Platt, Probabilistic outputs for support vector machines, Advances in Large Margin Classifiers (1999)
 */
export function fitLogistic(rows: readonly ArrayLike<number>[], labels: ArrayLike<number>): LogisticModel {
  const size = (rows[0]?.length ?? 0) + 1;
  let positives = 0;
  for (let i = 0; i < rows.length; i++) positives += labels[i]!;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (rows.length - positives + 2);
  const w = new Float64Array(size);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const x = new Float64Array(size);
  x[0] = 1;
  for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
    gradient.fill(0);
    hessian.fill(0);
    for (const [i, row] of rows.entries()) {
      for (let j = 1; j < size; j++) x[j] = row[j - 1]!;
      let z = 0;
      for (let j = 0; j < size; j++) z += w[j]! * x[j]!;
      const p = sigmoid(z);
      const off = p - (labels[i] === 1 ? high : low);
      const weight = Math.max(p * (1 - p), 1e-12);
      for (let j = 0; j < size; j++) {
        gradient[j]! += off * x[j]!;
        for (let k = 0; k <= j; k++) hessian[j * size + k]! += weight * x[j]! * x[k]!;
      }
    }
    for (let j = 0; j < size; j++) {
      gradient[j]! += RIDGE * w[j]!;
      hessian[j * size + j]! += RIDGE;
      for (let k = 0; k < j; k++) hessian[k * size + j] = hessian[j * size + k]!;
    }
    const move = solveCholesky(cholesky(hessian, size), size, gradient);
    let longest = 0;
    for (let j = 0; j < size; j++) longest = Math.max(longest, Math.abs(move[j]!));
    const share = Math.min(1, LONGEST_STEP / longest);
    for (let j = 0; j < size; j++) w[j]! -= share * move[j]!;
    if (longest < CLOSE_ENOUGH) break;
  }
  return { intercept: w[0]!, slopes: [...w.subarray(1)] };
}

export function applyLogistic(model: LogisticModel, scores: ArrayLike<number>): number {
  let z = model.intercept;
  for (let j = 0; j < model.slopes.length; j++) z += model.slopes[j]! * scores[j]!;
  return sigmoid(z);
}
