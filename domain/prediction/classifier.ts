import { applyLogistic, logOdds } from './logistic.js';
import type { Classification, Model, Weights } from './model.js';
import { NetCommittee } from './net-committee.js';
import { ModelFileError } from './prediction.errors.js';
import { boundsAt } from './venn-abers.js';

/** What a classifier says of one row. */
export interface Risk {
  /** calibrated, 0..1 */
  probability: number;
  /** calibrated bounds of it, see `vennAbersBounds` */
  interval: [lower: number, upper: number];
  /** calibrated probability of each failure mode, 0..1, by its name */
  modes: Record<string, number>;
}

/** Probability that none of the modes is spared, were they independent: 1 - Π(1 - p). */
function noisyOr(probabilities: ArrayLike<number>, count: number): number {
  let spared = 1;
  for (let i = 0; i < count; i++) spared *= 1 - probabilities[i]!;
  return 1 - spared;
}

/** Scores that the stack weighs: log odds of the noisy-OR over the modes (where there are any) and of the direct output. */
export function stackScores(outputs: ArrayLike<number>, modes: number, out: number[] | Float64Array): void {
  if (modes > 0) {
    out[0] = logOdds(noisyOr(outputs, modes));
    out[1] = logOdds(outputs[modes]!);
  } else {
    out[0] = logOdds(outputs[0]!);
  }
}

/** A trained classifier, ready to judge rows. Calls must not interleave. */
export class Classifier {
  readonly model: Model;
  readonly threshold: number;
  private readonly classification: Classification;
  private readonly committee: NetCommittee;
  private readonly modeCount: number;
  private readonly scores: Float64Array;
  private batch = new Float64Array(0);

  /** @throws ModelFileError where weights and model do not fit, or the model is a regression */
  constructor(model: Model, weights: Weights) {
    if (!model.classification) throw new ModelFileError('The model estimates a value, not a probability');
    this.model = model;
    this.classification = model.classification;
    this.threshold = model.classification.threshold;
    this.committee = new NetCommittee(model, weights);
    this.modeCount = model.classification.modes.length;
    this.scores = new Float64Array(model.classification.stack.slopes.length);
  }

  /** Calibrated probability of failure of one row. @param row - inputs in the order of the model's columns, all finite */
  probability(row: ArrayLike<number>): number {
    return this.stack(this.committee.run(row));
  }

  /** @param rows - row after row, inputs in the order of the model's columns @param out - one probability per row */
  probabilities(rows: Float64Array, count: number, out: Float64Array): void {
    const { outputSize } = this.committee;
    if (this.batch.length < count * outputSize) this.batch = new Float64Array(count * outputSize);
    this.committee.runBatch(rows, this.model.inputs.length, count, this.batch);
    for (let i = 0; i < count; i++) {
      out[i] = this.stack(this.batch.subarray(i * outputSize, (i + 1) * outputSize));
    }
  }

  /** Probability, its interval and the modes of one row. */
  judge(row: ArrayLike<number>): Risk {
    const outputs = this.committee.run(row);
    const modes: Record<string, number> = {};
    for (const [i, { name, calibration }] of this.classification.modes.entries()) {
      modes[name] = applyLogistic(calibration, [logOdds(outputs[i]!)]);
    }
    const probability = this.stack(outputs);
    return { probability, interval: boundsAt(this.classification.bounds, probability), modes };
  }

  private stack(outputs: ArrayLike<number>): number {
    stackScores(outputs, this.modeCount, this.scores);
    return applyLogistic(this.classification.stack, this.scores);
  }
}
