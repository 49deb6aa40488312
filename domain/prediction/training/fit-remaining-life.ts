import type { Dataset } from '../dataset.js';
import { LEAST_ESTIMATE_MIN, lifeBin, type RemainingLifeFactors, remainingLifeMin } from '../remaining-life.js';
import { splitFold } from './folds.js';

/** Borders of life used between which departures of the wear curve are alike. */
const EDGES = [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.96];

/**
 * Quantiles of true per estimated remaining life by life used: split conformal prediction in which tools, not rows, are
 * exchangeable. Every tool weighs the same in a bin, and the unseen one counts as the farthest on either side.
 * @see R. J. Tibshirani et al., Conformal prediction under covariate shift, NeurIPS (2019), for the weighted quantile
 */
export function fitRemainingLife(dataset: Dataset, rows: ArrayLike<number>): RemainingLifeFactors {
  const { remaining, estimate, used } = lifeOf(dataset);
  const bins = Array.from({ length: EDGES.length + 1 }, () => new Map<string, number[]>());
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const tools = bins[lifeBin(EDGES, used[row]!)]!;
    const tool = dataset.groups?.[row] ?? String(row);
    const ratio = remaining[row]! / Math.max(LEAST_ESTIMATE_MIN, estimate[row]!);
    const known = tools.get(tool);
    if (known) known.push(ratio);
    else tools.set(tool, [ratio]);
  }
  const quantiles = (share: number) => bins.map((tools) => weightedQuantile([...tools.values()], share));
  return { edges: EDGES, p10: quantiles(0.1), p50: quantiles(0.5), p90: quantiles(0.9) };
}

/** The three quantiles for every row, by factors that were fitted without its fold. */
export function heldOutLife(dataset: Dataset, fold: Uint8Array): Record<'p10' | 'p50' | 'p90', Float64Array> {
  const { estimate, used } = lifeOf(dataset);
  const rows = fold.length;
  const out = { p10: new Float64Array(rows), p50: new Float64Array(rows), p90: new Float64Array(rows) };
  for (const held of new Set(fold)) {
    const { train, test } = splitFold(fold, held);
    const factors = fitRemainingLife(dataset, train);
    for (const row of test) {
      const { p10, p50, p90 } = remainingLifeMin(factors, used[row]!, estimate[row]!);
      out.p10[row] = p10;
      out.p50[row] = p50;
      out.p90[row] = p90;
    }
  }
  return out;
}

export function lifeOf({
  layout,
  history,
}: Dataset): Record<'remaining' | 'estimate' | 'used' | 'minute', Float64Array> {
  if (!layout.history || !history) throw new RangeError('the rows do not belong to histories');
  const { remaining, estimate, used, minute } = layout.history;
  return {
    remaining: history[remaining]!,
    estimate: history[estimate]!,
    used: history[used]!,
    minute: history[minute]!,
  };
}

/** Quantile of values in which every tool weighs the same and one more tool may lie beyond either end; 1 without tools. */
function weightedQuantile(tools: readonly number[][], share: number): number {
  const weighted = tools.flatMap((values) => values.map((value) => ({ value, weight: 1 / values.length })));
  if (weighted.length === 0) return 1;
  weighted.sort((a, b) => a.value - b.value);
  const whole = tools.length + 1;
  const unseenBelow = share < 0.5 ? 1 : 0;
  const target = share === 0.5 ? tools.length / 2 : share * whole - unseenBelow;
  let sum = 0;
  for (const { value, weight } of weighted) {
    sum += weight;
    if (sum >= target - 1e-9) return value;
  }
  return weighted.at(-1)!.value;
}
