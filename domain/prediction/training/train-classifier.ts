import { stackScores } from '../classifier.js';
import type { Dataset } from '../dataset.js';
import { applyLogistic, fitLogistic, logOdds } from '../logistic.js';
import type { Model, Weights } from '../model.js';
import { randomSource } from '../random-source.js';
import { vennAbersBounds } from '../venn-abers.js';
import { assembleModel } from './assemble-model.js';
import { type CrossFitted, crossFit, thresholdFor } from './cross-fit.js';
import { backgroundOf } from './describe-rows.js';
import { fitRemainingLife, heldOutLife } from './fit-remaining-life.js';
import { type FitPlan, type Fitted, Fitting, type TrainOptions } from './fitting.js';
import { assignFolds, splitFold } from './folds.js';

const FOLDS = 5;
/** Nets whose outputs are averaged: one alone is too sure of itself, and differs from seed to seed. */
const NETS = 3;
const HIDDEN = 16;
const LEARNING_RATE = 0.003;
/** Limits lie within -1..1 and tell more than the plain quantities. */
const STANDARD_WEIGHT = 0.3;
/** Rows shown in all, which decides the number of epochs. */
const SHOWN = 105_000;
const EPOCHS = { least: 4, most: 40 };
const MOST_REPEATS = 5;
/** Shares of the training rows that the learning curve is drawn at, and the folds it is drawn from. */
const CURVE_SHARES = [0.2, 0.4, 0.7];
const CURVE_FOLDS = 2;
/** Kinds below which holding one back tells nothing. */
const FEWEST_KINDS = 3;

/** Scores of rows by nets that had not seen them. */
export interface HeldOut extends CrossFitted {
  fold: Uint8Array;
  /** outputs of each mode, by its name */
  modes: Record<string, Float64Array>;
  /** the same on some of the rows, by nets that were trained on a share of the others; 1 = on all */
  learningCurve: { share: number; rows: Uint32Array; probability: Float64Array }[];
  /** quantiles of the remaining life by tools that the row's own was not among, min; null without histories */
  life: Record<'p10' | 'p50' | 'p90', Float64Array> | null;
  /** the same by nets that had seen no row of its kind, for each column of kinds */
  strangers: (CrossFitted & { label: string })[];
}

export interface TrainedClassifier {
  model: Model;
  weights: Weights;
  heldOut: HeldOut;
}

/**
 * Trains a classifier: nets for the failure modes and the failure itself on physical features and learned limits, their
 * noisy-OR and direct output stacked and calibrated on scores of held-out rows.
 */
export async function trainClassifier(dataset: Dataset, options: TrainOptions): Promise<TrainedClassifier> {
  const { seed } = options;
  const { target, groups, layout, modes } = dataset;
  const strata = Array.from(target, (label, row) => `${label} ${layout.modes.map(({ name }) => modes[name]![row])}`);
  const fold = assignFolds(strata, groups, FOLDS, randomSource(seed, 'folds'));
  const fitting = new Fitting(dataset, planFor(dataset), options);
  const everyRow = Uint32Array.from({ length: target.length }, (_, row) => row);

  const parts = Array.from({ length: FOLDS }, (_, held) => splitFold(fold, held));
  const kinds = (layout.history?.kinds ?? []).flatMap(({ column, label }) => {
    const own = dataset.kinds[column];
    if (!own || new Set(own).size < FEWEST_KINDS) return [];
    return { label, fold: assignFolds(strata, own, FOLDS, randomSource(seed, `kinds of ${column}`)) };
  });
  const begunStrangers = kinds.map(({ label, fold: byKind }) => {
    const held = [...new Set(byKind)];
    return held.map((kind) => fitting.fit(splitFold(byKind, kind).train, 1, `without ${label} ${kind}`));
  });
  const begun = [
    fitting.fit(everyRow, NETS, 'whole'),
    ...parts.map(({ train }, held) => fitting.fit(train, NETS, `fold ${held}`)),
    ...CURVE_SHARES.flatMap((share) =>
      parts.slice(0, CURVE_FOLDS).map(({ train }, held) => {
        const purpose = `share ${share} of fold ${held}`;
        const random = randomSource(seed, purpose);
        return fitting.fit(
          train.filter(() => random() < share),
          1,
          purpose,
        );
      }),
    ),
  ];
  fitting.allBegun();
  const [whole, ...others] = await Promise.all(begun);
  const folds = others.slice(0, FOLDS);
  const few = others.slice(FOLDS);
  const apart = await Promise.all(begunStrangers.map((fits) => Promise.all(fits)));

  const width = layout.modes.length + 1;
  /** Stack scores of every row that a part holds back, by nets fitted without it. */
  const scoresOf = (fits: readonly Fitted[], tests: readonly Uint32Array[], modeOutputs?: Float64Array): number[][] => {
    const scores: number[][] = [];
    for (const [held, fitted] of fits.entries()) {
      const test = tests[held]!;
      const outputs = fitting.outputs(fitted, test);
      for (const [i, row] of test.entries()) {
        const own = outputs.subarray(i * width, (i + 1) * width);
        modeOutputs?.set(own, row * width);
        const found: number[] = [];
        stackScores(own, layout.modes.length, found);
        scores[row] = found;
      }
    }
    return scores;
  };
  const outputs = new Float64Array(target.length * width);
  const tests = parts.map(({ test }) => test);
  const scores = scoresOf(folds, tests, outputs);
  const { probability, called } = crossFit(dataset, scores, fold);
  const stack = fitLogistic(scores, target);
  const heldRows = Uint32Array.from(parts.slice(0, CURVE_FOLDS).flatMap(({ test }) => [...test]));
  const learningCurve = [
    { share: 1, rows: heldRows, probability: Float64Array.from(heldRows, (row) => probability[row]!) },
  ];
  for (const [i, share] of CURVE_SHARES.entries()) {
    const found = scoresOf(few.slice(i * CURVE_FOLDS, (i + 1) * CURVE_FOLDS), tests);
    const said = Float64Array.from(heldRows, (row) => applyLogistic(stack, found[row]!));
    learningCurve.splice(i, 0, { share, rows: heldRows, probability: said });
  }
  const outputOf = (mode: number) => Float64Array.from(target, (_, row) => outputs[row * width + mode]!);
  const model = assembleModel(dataset, whole!, seed, {
    classification: {
      modes: layout.modes.map(({ name, label }, i) => ({
        name,
        label,
        calibration: fitLogistic(
          Array.from(outputOf(i), (output) => [logOdds(output)]),
          modes[name]!,
        ),
      })),
      stack,
      threshold: thresholdFor(dataset, probability, everyRow),
      bounds: vennAbersBounds(probability, target),
    },
    regression: null,
    background: layout.groups.length > 0 ? backgroundOf(dataset, randomSource(seed, 'background')) : [],
    remainingLife: layout.history ? fitRemainingLife(dataset, everyRow) : null,
  });
  const life = layout.history ? heldOutLife(dataset, fold) : null;
  const strangers = kinds.map(({ label, fold: byKind }, i) => {
    const unseen = [...new Set(byKind)].map((kind) => splitFold(byKind, kind).test);
    return { label, ...crossFit(dataset, scoresOf(apart[i]!, unseen), byKind) };
  });
  const byMode = Object.fromEntries(layout.modes.map(({ name }, i) => [name, outputOf(i)]));
  return {
    model,
    weights: { nets: whole!.nets },
    heldOut: { fold, probability, called, modes: byMode, learningCurve, life, strangers },
  };
}

function planFor({ layout, modes, target }: Dataset): FitPlan {
  const failures = target.reduce((sum, label) => sum + label, 0);
  const often = Math.round(Math.sqrt((target.length - failures) / failures) / 2);
  const repeats = Math.min(MOST_REPEATS, Math.max(1, often));
  return {
    outputs: [...layout.modes.map(({ name }) => modes[name]!), target],
    labels: layout.modes.length > 0 ? modes : { [layout.target]: target },
    repeats: (row) => (target[row] === 1 ? repeats : 1),
    weight: STANDARD_WEIGHT,
    hidden: HIDDEN,
    learningRate: LEARNING_RATE,
    epochs: (rows) => Math.min(EPOCHS.most, Math.max(EPOCHS.least, Math.round(SHOWN / rows))),
  };
}
