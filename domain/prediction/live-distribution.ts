import { FORMULAS } from './formulas.js';
import { squaredNorm } from './linear-algebra.js';
import type { Model } from './model.js';

/** Tells whether a row is of a kind that the model has learned from. Free of allocation; calls must not interleave. */
export class KnownRows {
  private readonly formulas: ((row: ArrayLike<number>, of: readonly number[]) => number)[];
  private readonly row: Float64Array;
  private readonly standard: Float64Array;
  private readonly scratch: Float64Array;
  private readonly lower: Float64Array;

  constructor(private readonly model: Pick<Model, 'inputs' | 'features' | 'distribution'>) {
    const { quantities } = model.features;
    this.formulas = quantities.map(({ formula }) => FORMULAS[formula]);
    this.row = new Float64Array(model.inputs.length);
    this.standard = new Float64Array(quantities.length);
    this.scratch = new Float64Array(quantities.length);
    this.lower = Float64Array.from(model.distribution.cholesky);
  }

  /** @param rows - row after row; the one from `at` on is judged */
  isKnown(rows: ArrayLike<number>, at = 0): boolean {
    const { quantities, mean, spread } = this.model.features;
    const { ranges, limit } = this.model.distribution;
    for (let i = 0; i < this.row.length; i++) this.row[i] = rows[at + i]!;
    for (let q = 0; q < quantities.length; q++) {
      const value = this.formulas[q]!(this.row, quantities[q]!.of);
      const { min, max } = ranges[q]!;
      if (!(value >= min && value <= max)) return false;
      this.standard[q] = (value - mean[q]!) / spread[q]!;
    }
    return squaredNorm(this.lower, quantities.length, this.standard, this.scratch) <= limit * limit;
  }

  /** Quantities of a row that lie outside all that the model has seen, with what it has seen. */
  strangers(row: ArrayLike<number>): { label: string; unit: string; value: number; min: number; max: number }[] {
    const { quantities } = this.model.features;
    return quantities.flatMap(({ label, unit, of }, q) => {
      const value = this.formulas[q]!(row, of);
      const { min, max } = this.model.distribution.ranges[q]!;
      return value >= min && value <= max ? [] : [{ label, unit, value, min, max }];
    });
  }
}
