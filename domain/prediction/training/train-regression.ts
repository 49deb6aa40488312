import type { Dataset } from '../dataset.js';
import type { Model, Weights } from '../model.js';
import { randomSource } from '../random-source.js';
import { intervalWidth, outputOf, valueAt } from '../regressor.js';
import { applyLinear, fitRidge, type LinearModel } from '../ridge.js';
import { assembleModel } from './assemble-model.js';
import { type FitPlan, type Fitted, Fitting, featuresOf, type TrainOptions } from './fitting.js';
import { assignFolds, splitFold } from './folds.js';
import { followersOf } from './followers.js';

/** Each group is held back alone as long as there are no more; single rows make fewer folds. */
const MOST_GROUP_FOLDS = 12;
const ROW_FOLDS = 5;
const NETS = 3;
const NETS_PER_FOLD = 2;
/** Columns that the nets read: few enough to bend with, where the ridge regression weighs all. */
const READ = 16;
const HIDDEN = 8;
const LEARNING_RATE = 0.003;
const SHOWN = 80_000;
const EPOCHS = { least: 4, most: 60 };
const STANDARD_WEIGHT = 0.5;
const PENALTY = 0.01;
/**
 * Share of the ridge regression beside the nets. Fixed: chosen on ten groups held back, it came out worse on the eleventh than
 * one half, for the two err in different ways.
 */
const LINEAR_SHARE = 0.5;
/** Share of values that the interval is to hold. */
const COVERAGE = 0.9;

/** Estimates of rows by fits that had not seen their fold. */
export interface HeldOutValues {
  fold: Uint8Array;
  value: Float64Array;
  byNets: Float64Array;
  byLine: Float64Array;
  /** mean of the other folds' values */
  byMean: Float64Array;
  /** half-width by the residuals of the other folds */
  width: Float64Array;
}

export interface TrainedRegression {
  model: Model;
  weights: Weights;
  heldOut: HeldOutValues;
}

/**
 * Trains a regression: a ridge regression on all standardised columns beside nets on the few that follow the target best, every
 * group weighing the same, half and half. Intervals are conformal over groups: the residuals are those of groups held back.
 */
export async function trainRegression(dataset: Dataset, options: TrainOptions): Promise<TrainedRegression> {
  const { target } = dataset;
  const range = { low: lowest(target), high: -lowest(target.map((value) => -value)) };
  if (range.high === range.low) range.high = range.low + 1;
  const fold = foldsOf(dataset, options.seed);
  const folds = Math.max(...fold) + 1;
  const parts = Array.from({ length: folds }, (_, held) => splitFold(fold, held));
  const fitting = new Fitting(dataset, planFor(dataset, range), options);
  const everyRow = Uint32Array.from(target, (_, row) => row);
  const begun = [
    fitting.fit(everyRow, NETS, 'whole'),
    ...parts.map(({ train }, held) => fitting.fit(train, NETS_PER_FOLD, `fold ${held}`)),
  ];
  fitting.allBegun();
  const [whole, ...fits] = await Promise.all(begun);

  const rows = target.length;
  const heldOut: HeldOutValues = {
    fold,
    value: new Float64Array(rows),
    byNets: new Float64Array(rows),
    byLine: new Float64Array(rows),
    byMean: new Float64Array(rows),
    width: new Float64Array(rows),
  };
  for (const [held, fitted] of fits.entries()) {
    const { train, test } = parts[held]!;
    const outputs = fitting.outputs(fitted, test);
    const line = lineOf(dataset, fitted, train);
    const features = featuresOf(dataset, fitted.recipe, test);
    const mean = train.reduce((sum, row) => sum + target[row]!, 0) / train.length;
    for (const [i, row] of test.entries()) {
      heldOut.byNets[row] = valueAt(outputs[i]!, range);
      heldOut.byLine[row] = applyLinear(line, features, i * fitted.sizes[0]!);
      heldOut.byMean[row] = mean;
      const value = LINEAR_SHARE * heldOut.byLine[row]! + (1 - LINEAR_SHARE) * heldOut.byNets[row]!;
      heldOut.value[row] = range.low >= 0 ? Math.max(0, value) : value;
    }
  }
  for (const { train, test } of parts) {
    const interval = intervalBy(dataset, heldOut.value, train);
    for (const row of test) heldOut.width[row] = intervalWidth(interval, heldOut.value[row]!);
  }
  const model = assembleModel(dataset, whole!, options.seed, {
    classification: null,
    regression: {
      ...range,
      min: range.low >= 0 ? 0 : null,
      max: null,
      linear: { ...lineOf(dataset, whole!, everyRow), share: LINEAR_SHARE },
      interval: { coverage: COVERAGE, ...intervalBy(dataset, heldOut.value, everyRow) },
    },
    background: [],
    remainingLife: null,
  });
  return { model, weights: { nets: whole!.nets }, heldOut };
}

function foldsOf({ groups, target }: Dataset, seed: number): Uint8Array {
  const folds = groups ? Math.min(MOST_GROUP_FOLDS, new Set(groups).size) : ROW_FOLDS;
  const strata = Array.from(target, () => '');
  return assignFolds(strata, groups, folds, randomSource(seed, 'folds'));
}

function planFor(dataset: Dataset, range: { low: number; high: number }): FitPlan {
  return {
    outputs: [dataset.target.map((value) => outputOf(value, range))],
    labels: {},
    repeats: () => 1,
    weight: STANDARD_WEIGHT,
    hidden: HIDDEN,
    learningRate: LEARNING_RATE,
    epochs: (rows) => Math.min(EPOCHS.most, Math.max(EPOCHS.least, Math.round(SHOWN / rows))),
    reads: (rows) =>
      followersOf(dataset.inputs, dataset.target, dataset.groups, rows)
        .slice(0, READ)
        .sort((a, b) => a - b),
  };
}

/** Ridge regression on the rows of a fit, each group weighing the same. */
function lineOf(dataset: Dataset, { recipe, sizes }: Fitted, rows: Uint32Array): LinearModel {
  const values = Float64Array.from(rows, (row) => dataset.target[row]!);
  return fitRidge(featuresOf(dataset, recipe, rows), sizes[0]!, values, groupWeights(dataset, rows), PENALTY);
}

/** Weight of each row such that groups weigh the same and the mean is 1. */
function groupWeights({ groups }: Dataset, rows: Uint32Array): Float64Array {
  const sizes = new Map<string, number>();
  const groupOf = (row: number) => groups?.[row] ?? String(row);
  for (const row of rows) sizes.set(groupOf(row), (sizes.get(groupOf(row)) ?? 0) + 1);
  return Float64Array.from(rows, (row) => rows.length / sizes.size / sizes.get(groupOf(row))!);
}

/**
 * Width of an interval by the residuals of `rows`: they are taken per value, as a constant and a part that grows with it, and
 * stretched until they hold as often as wanted, every group weighing the same. With few groups no more can be promised than
 * what held-back groups show, which the figures tell.
 */
function intervalBy(dataset: Dataset, values: Float64Array, rows: Uint32Array): { width: number; perUnit: number } {
  const { target } = dataset;
  const weights = groupWeights(dataset, rows);
  const residuals = Array.from(rows, (row) => Math.abs(values[row]! - target[row]!));
  const sizes = Float64Array.from(rows, (row) => Math.abs(values[row]!));
  const shape = fitRidge(sizes, 1, residuals, weights, 1e-6);
  const perUnit = Math.max(0, shape.slopes[0]!);
  const mean = residuals.reduce((sum, residual, i) => sum + (weights[i]! * residual) / rows.length, 0);
  const width = Math.max(0.25 * mean, perUnit > 0 ? shape.intercept : mean, 1e-9);
  const scores = residuals.map((residual, i) => ({
    score: residual / (width + perUnit * sizes[i]!),
    weight: weights[i]!,
  }));
  scores.sort((a, b) => a.score - b.score);
  const wanted = COVERAGE * rows.length;
  let sum = 0;
  let stretch = scores.at(-1)!.score;
  for (const { score, weight } of scores) {
    sum += weight;
    if (sum >= wanted - 1e-9) {
      stretch = score;
      break;
    }
  }
  return { width: stretch * width, perUnit: stretch * perUnit };
}

const lowest = (values: Float64Array): number =>
  values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
