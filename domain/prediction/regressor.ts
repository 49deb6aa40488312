import type { Model, Regression, Weights } from './model.js';
import { NetCommittee } from './net-committee.js';
import { ModelFileError } from './prediction.errors.js';
import { applyLinear } from './ridge.js';

/** An estimated value and the interval that holds the true one as often as the model says. */
export interface ValueEstimate {
  value: number;
  lower: number;
  upper: number;
}

/** Outputs that stand for `low` and `high`: between them a sigmoid node is nearly linear. */
const OUTPUT = { low: 0.3, high: 0.7 };

/** Output that stands for a value. */
export function outputOf(value: number, { low, high }: Pick<Regression, 'low' | 'high'>): number {
  return OUTPUT.low + ((OUTPUT.high - OUTPUT.low) * (value - low)) / (high - low);
}

/** Value that an output stands for. */
export function valueAt(output: number, { low, high }: Pick<Regression, 'low' | 'high'>): number {
  return low + ((high - low) * (output - OUTPUT.low)) / (OUTPUT.high - OUTPUT.low);
}

/** Half-width of the interval about an estimate. */
export function intervalWidth(
  { width, perUnit }: Pick<Regression['interval'], 'width' | 'perUnit'>,
  value: number,
): number {
  return width + perUnit * Math.abs(value);
}

/** A trained regression, ready to estimate. Calls must not interleave. */
export class Regressor {
  readonly model: Model;
  private readonly regression: Regression;
  private readonly committee: NetCommittee;

  /** @throws ModelFileError where weights and model do not fit, or the model is a classifier */
  constructor(model: Model, weights: Weights) {
    if (!model.regression) throw new ModelFileError('The model tells a probability, not a value');
    this.model = model;
    this.regression = model.regression;
    this.committee = new NetCommittee(model, weights);
  }

  /** @param row - inputs in the order of the model's columns, all finite */
  estimate(row: ArrayLike<number>): ValueEstimate {
    const { linear, interval } = this.regression;
    const byNets = valueAt(this.committee.run(row)[0]!, this.regression);
    const byLine = applyLinear(linear, this.committee.row);
    const value = this.possible(linear.share * byLine + (1 - linear.share) * byNets);
    const width = intervalWidth(interval, value);
    return { value, lower: this.possible(value - width), upper: this.possible(value + width) };
  }

  private possible(value: number): number {
    const { min, max } = this.regression;
    return Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, value));
  }
}
