import { cholesky, solveCholesky } from './linear-algebra.js';

/** intercept + slopes · x. */
export interface LinearModel {
  intercept: number;
  slopes: number[];
}

/**
 * Ridge regression with weighted rows; the intercept is not held back.
 * @param rows - features, row after row, `width` each
 * @param weights - of each row, with a mean of 1
 * @param penalty - above 0, relative to the mean square of the features
 * @see A. E. Hoerl, R. W. Kennard, Ridge regression, Technometrics 12 (1970)
 */
export function fitRidge(
  rows: ArrayLike<number>,
  width: number,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
  penalty: number,
): LinearModel {
  const count = targets.length;
  const means = new Float64Array(width);
  let targetMean = 0;
  for (let i = 0; i < count; i++) {
    targetMean += (weights[i]! * targets[i]!) / count;
    for (let j = 0; j < width; j++) means[j]! += (weights[i]! * rows[i * width + j]!) / count;
  }
  const squares = new Float64Array(width * width);
  const right = new Float64Array(width);
  const x = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    for (let j = 0; j < width; j++) x[j] = rows[i * width + j]! - means[j]!;
    for (let j = 0; j < width; j++) {
      const weighted = weight * x[j]!;
      right[j]! += weighted * (targets[i]! - targetMean);
      for (let k = 0; k <= j; k++) squares[j * width + k]! += weighted * x[k]!;
    }
  }
  let trace = 0;
  for (let j = 0; j < width; j++) trace += squares[j * width + j]!;
  for (let j = 0; j < width; j++) squares[j * width + j]! += penalty * Math.max(trace / width, 1e-12);
  const slopes = solveCholesky(cholesky(squares, width), width, right);
  let intercept = targetMean;
  for (let j = 0; j < width; j++) intercept -= slopes[j]! * means[j]!;
  return { intercept, slopes: [...slopes] };
}

/** @param at - where the row begins in `rows` */
export function applyLinear({ intercept, slopes }: LinearModel, rows: ArrayLike<number>, at = 0): number {
  let sum = intercept;
  for (let j = 0; j < slopes.length; j++) sum += slopes[j]! * rows[at + j]!;
  return sum;
}
