import type { Model } from './model.js';

/** What a group of inputs adds to a prediction, in the prediction's own unit. */
export interface Contribution {
  /** name of the group */
  feature: string;
  label: string;
  contribution: number;
}

export interface Explanation {
  /** mean prediction over the background rows */
  base: number;
  prediction: number;
  /** one per group; they sum to prediction - base */
  contributions: Contribution[];
}

/** Predicts many rows at once: row after row in, one value per row out. */
export type BatchPredictor = (rows: Float64Array, count: number, out: Float64Array) => void;

/**
 * Exact Shapley values of up to six groups of inputs: a group's mean contribution over all orders in which the row's own
 * values may replace those of the background, 2^groups coalitions times the background rows.
 * @see L. S. Shapley, A value for n-person games (1953); S. Lundberg, S.-I. Lee, NeurIPS (2017)
 */
export class ShapleyExplainer {
  private readonly groups: { name: string; label: string }[];
  /** bit of the group of each input */
  private readonly bitOf: Int32Array;
  private readonly coalitions: number;
  private readonly rows: Float64Array;
  private readonly predictions: Float64Array;
  private readonly values: Float64Array;
  /** weight of a coalition of s others */
  private readonly weights: Float64Array;

  constructor(
    private readonly model: Pick<Model, 'inputs' | 'groups' | 'background'>,
    private readonly predict: BatchPredictor,
  ) {
    const { inputs, background } = model;
    this.groups = model.groups.filter(({ name }) => inputs.some(({ group }) => group === name));
    this.bitOf = Int32Array.from(inputs, ({ group }) => 1 << this.groups.findIndex(({ name }) => name === group));
    this.coalitions = 1 << this.groups.length;
    this.rows = new Float64Array(this.coalitions * background.length * inputs.length);
    this.predictions = new Float64Array(this.coalitions * background.length);
    this.values = new Float64Array(this.coalitions);
    this.weights = coalitionWeights(this.groups.length);
  }

  /** @param row - inputs in the order of the model's columns, all finite */
  explain(row: ArrayLike<number>): Explanation {
    this.valueCoalitions(row);
    const { values, groups, weights } = this;
    const contributions = groups.map(({ name, label }, group) => {
      const bit = 1 << group;
      let contribution = 0;
      for (let coalition = 0; coalition < this.coalitions; coalition++) {
        if (coalition & bit) continue;
        contribution += weights[bits(coalition)]! * (values[coalition | bit]! - values[coalition]!);
      }
      return { feature: name, label, contribution };
    });
    return { base: values[0]!, prediction: values[this.coalitions - 1]!, contributions };
  }

  /** Mean prediction of each coalition: its groups from the row, the others from every background row in turn. */
  private valueCoalitions(row: ArrayLike<number>): void {
    const { rows, bitOf, coalitions, values, predictions } = this;
    const { background } = this.model;
    const width = bitOf.length;
    const each = background.length;
    let at = 0;
    for (let coalition = 0; coalition < coalitions; coalition++) {
      for (let b = 0; b < each; b++) {
        const other = background[b]!;
        for (let i = 0; i < width; i++) rows[at++] = coalition & bitOf[i]! ? row[i]! : other[i]!;
      }
    }
    this.predict(rows, coalitions * each, predictions);
    for (let coalition = 0; coalition < coalitions; coalition++) {
      let sum = 0;
      for (let b = 0; b < each; b++) sum += predictions[coalition * each + b]!;
      values[coalition] = sum / each;
    }
  }
}

/** s! (n - s - 1)! / n! for every size s of a coalition without the group. */
function coalitionWeights(groups: number): Float64Array {
  const weights = new Float64Array(groups);
  for (let s = 0; s < groups; s++) {
    let weight = 1 / groups;
    for (let k = 1; k <= s; k++) weight *= k / (groups - k);
    weights[s] = weight;
  }
  return weights;
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
