import { bootstrap } from '../bootstrap.js';
import type { Dataset } from '../dataset.js';
import { coverage, meanAbsoluteError } from '../metrics.js';
import type { Metrics } from '../model.js';
import { randomSource } from '../random-source.js';
import type { HeldOutValues } from './train-regression.js';

/** Another training on some of the columns, for comparison. */
export interface ComparedColumns {
  label: string;
  heldOut: HeldOutValues;
}

/** Figures of a regression on groups (or rows) that it was not fitted to, beside simpler means on the same rows. */
export function evaluateRegression(
  dataset: Dataset,
  heldOut: HeldOutValues,
  compared: readonly ComparedColumns[],
  seed: number,
): Metrics {
  const { target, groups, layout } = dataset;
  const pick = (column: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => column[row]!);
  const { lower, upper } = limitsOf(heldOut);
  const figures: Record<string, (rows: Uint32Array) => number> = {
    mae: (rows) => meanAbsoluteError(pick(heldOut.value, rows), pick(target, rows)),
    coverage: (rows) => coverage(pick(lower, rows), pick(upper, rows), pick(target, rows)),
    intervalWidth: (rows) => 2 * meanAbsoluteError(pick(heldOut.width, rows), new Float64Array(rows.length)),
  };
  const estimates = Object.entries(figures).map(([name, figure]) => {
    const { value, low, high } = bootstrap(target.length, figure, randomSource(seed, name), groups ?? undefined);
    return [name, { value: short(value), low: short(low), high: short(high) }] as const;
  });
  const row = (name: string, estimates: Float64Array, width: Float64Array | null) => {
    const limits = width && limitsOf({ value: estimates, width });
    const held = limits && coverage(limits.lower, limits.upper, target);
    return { name, figures: { mae: short(meanAbsoluteError(estimates, target)), coverage: held && short(held) } };
  };
  const held = groups ? `each group of column ${layout.group} held back in turn` : 'five folds of rows';
  return {
    rows: target.length,
    failures: 0,
    method: `${held}, judged by a fit made without it; 95 % bootstrap intervals`,
    figures: Object.fromEntries(estimates),
    comparison: [
      row('this model', heldOut.value, heldOut.width),
      row('nets alone', heldOut.byNets, null),
      row('ridge regression alone', heldOut.byLine, null),
      row('mean of the other groups', heldOut.byMean, null),
      ...compared.flatMap(({ label, heldOut: other }) => [
        row(`this model from ${label}`, other.value, other.width),
        row(`ridge regression from ${label}`, other.byLine, null),
      ]),
    ],
    modes: [],
  };
}

function limitsOf({ value, width }: Pick<HeldOutValues, 'value' | 'width'>): {
  lower: Float64Array;
  upper: Float64Array;
} {
  return { lower: value.map((v, i) => v - width[i]!), upper: value.map((v, i) => v + width[i]!) };
}

const short = (value: number): number => Number(value.toPrecision(6));
