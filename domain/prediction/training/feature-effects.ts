import { quantileOfSorted } from '../../statistics/describe.js';
import { Classifier } from '../classifier.js';
import type { Dataset } from '../dataset.js';
import { ShapleyExplainer } from '../explanation.js';
import type { InputColumn } from '../features.js';
import { columnOf, rowOf } from '../linear-algebra.js';
import type { Model, Weights } from '../model.js';
import { type RandomSource, randomSource, shuffle } from '../random-source.js';

/** Mean risk of rows if one input were the same in all of them. @see J. H. Friedman, Annals of Statistics 29 (2001) */
export interface InputEffect {
  input: InputColumn;
  /** values tried: of a number from its 1st to its 99th percentile, of a category each of its texts by position */
  at: number[];
  /** 0..1 */
  risk: number[];
}

/** What a group of inputs adds to the risk of rows, in its own unit (0..1). */
export interface GroupEffect {
  label: string;
  /** mean size of what it adds, whichever its sign */
  size: number;
  /** mean of what it adds to rows that failed, and to the others */
  onFailures: number;
  onOthers: number;
}

const SAMPLE = 200;
const STEPS = 16;

export interface FeatureEffects {
  inputs: InputEffect[];
  /** largest first; none where the model has no groups */
  groups: GroupEffect[];
}

/** How a classifier answers to its inputs, over a sample of the rows it was trained on. The same seed gives the same sample. */
export function featureEffects(dataset: Dataset, model: Model, weights: Weights, seed: number): FeatureEffects {
  const classifier = new Classifier(model, weights);
  const random = randomSource(seed, 'feature effects');
  const every = Array.from(dataset.target, (_, row) => row);
  const sample = draw(every, SAMPLE, random);
  return {
    inputs: model.inputs.map((_, at) => inputEffect(dataset, classifier, sample, at)),
    groups: model.background.length > 0 ? groupEffects(dataset, classifier, every, random) : [],
  };
}

function draw(rows: readonly number[], most: number, random: RandomSource): number[] {
  return shuffle([...rows], random).slice(0, most);
}

function inputEffect({ inputs }: Dataset, classifier: Classifier, sample: readonly number[], at: number): InputEffect {
  const { width } = inputs;
  const input = classifier.model.inputs[at]!;
  const values = input.categories ? [...input.categories.keys()] : stepsOf(columnOf(inputs, at));
  const rows = new Float64Array(sample.length * width);
  const out = new Float64Array(sample.length);
  const risk = values.map((value) => {
    for (const [i, row] of sample.entries()) {
      rows.set(rowOf(inputs, row), i * width);
      rows[i * width + at] = value;
    }
    classifier.probabilities(rows, sample.length, out);
    return out.reduce((sum, probability) => sum + probability, 0) / sample.length;
  });
  return { input, at: values, risk };
}

function stepsOf(column: Float64Array): number[] {
  const sorted = column.slice().sort();
  const [from, to] = [quantileOfSorted(sorted, 0.01), quantileOfSorted(sorted, 0.99)];
  if (from === to) return [from];
  return Array.from({ length: STEPS }, (_, i) => from + ((to - from) * i) / (STEPS - 1));
}

/** Half of the rows failed, as far as there are as many: what tells failures apart would not show among chance rows. */
function groupEffects(
  { inputs, target }: Dataset,
  classifier: Classifier,
  every: readonly number[],
  random: RandomSource,
): GroupEffect[] {
  const explainer = new ShapleyExplainer(classifier.model, (rows, count, out) =>
    classifier.probabilities(rows, count, out),
  );
  const contributions = (rows: readonly number[]) =>
    rows.map((row) => explainer.explain(rowOf(inputs, row)).contributions);
  const half = SAMPLE / 2;
  const onFailures = contributions(
    draw(
      every.filter((row) => target[row] === 1),
      half,
      random,
    ),
  );
  const onOthers = contributions(
    draw(
      every.filter((row) => target[row] === 0),
      half,
      random,
    ),
  );
  const all = [...onFailures, ...onOthers];
  const mean = (of: typeof all, group: number, value = (x: number) => x) =>
    of.reduce((sum, row) => sum + value(row[group]!.contribution), 0) / of.length;
  return all[0]!
    .map(({ label }, group) => ({
      label,
      size: mean(all, group, Math.abs),
      onFailures: mean(onFailures, group),
      onOthers: mean(onOthers, group),
    }))
    .sort((a, b) => b.size - a.size);
}
