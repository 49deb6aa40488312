import { bootstrap, type Estimate } from '../bootstrap.js';
import type { Dataset } from '../dataset.js';
import {
  brierScore,
  confusionAt,
  coverage,
  expectedCalibrationError,
  meanAbsoluteError,
  prAuc,
  recallAtPrecision,
  rocAuc,
} from '../metrics.js';
import type { Metrics } from '../model.js';
import { type RandomSource, randomSource } from '../random-source.js';
import { compareWithLimits } from './compare-with-limits.js';
import { lifeOf } from './fit-remaining-life.js';
import type { HeldOut } from './train-classifier.js';

type Figure = (probability: Float64Array, target: Float64Array, called: Float64Array) => number;

const FIGURES: Record<string, Figure> = {
  prAuc,
  rocAuc,
  f1: (_, target, called) => confusionAt(called, target, 0.5).f1,
  precision: (_, target, called) => confusionAt(called, target, 0.5).precision,
  recall: (_, target, called) => confusionAt(called, target, 0.5).recall,
  recallAtPrecision90: (probability, target) => recallAtPrecision(probability, target, 0.9),
  brier: brierScore,
  ece: expectedCalibrationError,
};

/** Figures of a classifier on rows that its nets, its stack and its threshold had not seen, with bootstrap intervals. */
export function evaluateClassifier(dataset: Dataset, heldOut: HeldOut, seed: number): Metrics {
  const { target, groups, layout } = dataset;
  const estimates = Object.entries(FIGURES).map(([name, figure]) => {
    const random = randomSource(seed, `bootstrap of ${name}`);
    return [name, rounded(estimateOf(figure, dataset, heldOut, random))] as const;
  });
  const held = groups ? `groups of column ${layout.group}` : 'rows';
  return {
    rows: target.length,
    failures: target.reduce((sum, label) => sum + label, 0),
    method: `five folds of ${held}, each judged by nets, calibration and threshold made without it; 95 % bootstrap intervals`,
    figures: { ...Object.fromEntries(estimates), ...lifeFigures(dataset, heldOut, seed) },
    comparison: layout.history ? compareWithLimits(dataset, heldOut, layout.history) : [],
    modes: layout.modes.map(({ name }) => {
      const labels = dataset.modes[name]!;
      const score = prAuc(heldOut.modes[name]!, labels);
      return {
        name,
        failures: labels.reduce((sum, label) => sum + label, 0),
        prAuc: Number.isNaN(score) ? null : short(score),
        found: labels.reduce((sum, label, row) => sum + label * heldOut.called[row]!, 0),
      };
    }),
  };
}

/** How good the remaining life is that was told of tools not learned from. */
function lifeFigures(dataset: Dataset, { life }: HeldOut, seed: number): Record<string, Estimate> {
  if (!life) return {};
  const { remaining } = lifeOf(dataset);
  const pick = (column: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => column[row]!);
  const figures: Record<string, (rows: Uint32Array) => number> = {
    lifeCoverage: (rows) => coverage(pick(life.p10, rows), pick(life.p90, rows), pick(remaining, rows)),
    lifeMeanErrorMin: (rows) => meanAbsoluteError(pick(life.p50, rows), pick(remaining, rows)),
  };
  const rows = remaining.length;
  return Object.fromEntries(
    Object.entries(figures).map(([name, of]) => {
      return [name, rounded(bootstrap(rows, of, randomSource(seed, name), dataset.groups ?? undefined))] as const;
    }),
  );
}

function estimateOf(figure: Figure, { target, groups }: Dataset, heldOut: HeldOut, random: RandomSource): Estimate {
  const { probability, called } = heldOut;
  const pick = (column: ArrayLike<number>, rows: Uint32Array) => Float64Array.from(rows, (row) => column[row]!);
  const of = (rows: Uint32Array) => figure(pick(probability, rows), pick(target, rows), pick(called, rows));
  return bootstrap(target.length, of, random, groups ?? undefined);
}

const short = (value: number): number => Number(value.toPrecision(6));

function rounded({ value, low, high }: Estimate): Estimate {
  return { value: short(value), low: short(low), high: short(high) };
}
