import type { Model, Regression, Weights } from './model.js';
import { NetCommittee } from './net-committee.js';
import { ModelFileError } from './prediction.errors.js';

/** An estimated value and the interval that holds the true one as often as the model says. */
export interface ValueEstimate {
  value: number;
  lower: number;
  upper: number;
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
    const { low, high, interval } = this.regression;
    const value = this.possible(low + (high - low) * this.committee.run(row)[0]!);
    const width = intervalWidth(interval, value - low);
    return { value, lower: this.possible(value - width), upper: this.possible(value + width) };
  }

  private possible(value: number): number {
    const { min, max } = this.regression;
    return Math.min(max ?? value, Math.max(min ?? value, value));
  }
}

/** Half-width of an interval at an estimate that lies `above` the lowest value. */
export function intervalWidth({ width, perUnit }: Regression['interval'], above: number): number {
  return width + perUnit * Math.max(0, above);
}
