import type { Model } from './model.js';

/** Quantiles of true per estimated remaining life, by share of life used. */
export type RemainingLifeFactors = NonNullable<Model['remainingLife']>;

/** Cutting minutes left: four of five tools fail between p10 and p90. */
export interface RemainingLife {
  p10: number;
  p50: number;
  p90: number;
}

/** Least estimate that a departure is reckoned from, min: closer to the end the noise of the reading decides. */
export const LEAST_ESTIMATE_MIN = 0.25;

/** Minutes left at life used `used` where the wear curve leaves `estimateMin`. */
export function remainingLifeMin(factors: RemainingLifeFactors, used: number, estimateMin: number): RemainingLife {
  const bin = lifeBin(factors.edges, used);
  const least = Math.max(LEAST_ESTIMATE_MIN, estimateMin);
  return { p10: factors.p10[bin]! * least, p50: factors.p50[bin]! * least, p90: factors.p90[bin]! * least };
}

/** Bin of a share of life used among inner borders. */
export function lifeBin(edges: readonly number[], used: number): number {
  let bin = 0;
  while (bin < edges.length && used > edges[bin]!) bin++;
  return bin;
}
