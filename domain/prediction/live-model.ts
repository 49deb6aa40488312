import { Classifier, type Risk } from './classifier.js';
import { type Explanation, ShapleyExplainer } from './explanation.js';
import { KnownRows } from './live-distribution.js';
import type { Model, Weights } from './model.js';
import { ModelFileError } from './prediction.errors.js';
import { LEAST_ESTIMATE_MIN, lifeBin, type RemainingLife, remainingLifeMin } from './remaining-life.js';

export type { RemainingLife } from './remaining-life.js';

/** A trained model of lathes, ready for their ticks. Calls must not interleave. */
export class LiveModel {
  readonly width: number;
  readonly threshold: number;
  private readonly classifier: Classifier;
  private readonly known: KnownRows;
  private explainer: ShapleyExplainer | null = null;

  /** @throws ModelFileError where it is no classifier of histories, or its weights do not fit */
  constructor(
    readonly name: string,
    readonly version: string,
    readonly model: Model,
    weights: Weights,
  ) {
    if (model.layout !== 'histories') {
      throw new ModelFileError(`${name} ${version} reads rows of the ${model.layout} layout, which lathes do not tell`);
    }
    this.classifier = new Classifier(model, weights);
    this.known = new KnownRows(model);
    this.width = model.inputs.length;
    this.threshold = this.classifier.threshold;
  }

  /** @param rows - row after row, all finite @param out - one probability per row */
  probabilities(rows: Float64Array, count: number, out: Float64Array): void {
    this.classifier.probabilities(rows, count, out);
  }

  /** Whether the row from `at` on is of a kind that the model has learned from. */
  isKnown(rows: ArrayLike<number>, at = 0): boolean {
    return this.known.isKnown(rows, at);
  }

  strangers(row: ArrayLike<number>): ReturnType<KnownRows['strangers']> {
    return this.known.strangers(row);
  }

  judge(row: ArrayLike<number>): Risk {
    return this.classifier.judge(row);
  }

  explain(row: ArrayLike<number>): Explanation {
    this.explainer ??= new ShapleyExplainer(this.model, (rows, count, out) => this.probabilities(rows, count, out));
    return this.explainer.explain(row);
  }

  /** Median of the cutting minutes left, free of allocation. @param estimateMin - as the wear curve promises them */
  medianLifeMin(lifeUsed: number, estimateMin: number): number {
    const factors = this.model.remainingLife;
    if (!factors) return estimateMin;
    return factors.p50[lifeBin(factors.edges, lifeUsed)]! * Math.max(LEAST_ESTIMATE_MIN, estimateMin);
  }

  remainingLife(lifeUsed: number, estimateMin: number): RemainingLife {
    const factors = this.model.remainingLife;
    if (factors) return remainingLifeMin(factors, lifeUsed, estimateMin);
    return { p10: estimateMin, p50: estimateMin, p90: estimateMin };
  }
}
