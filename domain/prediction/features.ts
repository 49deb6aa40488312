import { FORMULAS, type FormulaName } from './formulas.js';
import { columnOf, type Table } from './linear-algebra.js';
import { splitsOf } from './split-points.js';

/** A column that a model reads. */
export interface InputColumn {
  name: string;
  /** what people call it */
  label: string;
  unit: string;
  /** texts that the column may hold, their position is the value; null: a number */
  categories: string[] | null;
  /** group of the explanation that it belongs to */
  group: string;
  /** whether an operator can change it */
  actionable: boolean;
}

/** A physical quantity, computed from inputs. */
export interface Quantity {
  name: string;
  label: string;
  unit: string;
  formula: FormulaName;
  /** positions of its inputs */
  of: number[];
}

/** A limit learned from rows: where `quantity` parts the failures of `mode` from the rest. */
export interface LearnedLimit {
  /** position of the quantity */
  quantity: number;
  mode: string;
  at: number;
  gain: number;
}

/** How a row becomes what the net reads; learned from training rows alone. */
export interface FeatureRecipe {
  quantities: Quantity[];
  mean: number[];
  /** standard deviation, never 0 */
  spread: number[];
  /** what one standard deviation counts */
  weight: number;
  limits: LearnedLimit[];
}

/** Standard deviations beyond which a quantity is cut off. */
const FURTHEST = 4;
/** Reach of a limit to both sides in standard deviations: once gentle, once steep. */
const REACHES = [0.5, 0.1];

/**
 * Fits the recipe to the rows at `rows`.
 * @param labels - 0 or 1 per row of the table, for each mode
 * @param weight - what one standard deviation counts; limits lie within -1..1
 */
export function fitRecipe(
  table: Table,
  quantities: readonly Quantity[],
  labels: Readonly<Record<string, ArrayLike<number>>>,
  rows: ArrayLike<number>,
  weight: number,
): FeatureRecipe {
  const values = quantityTable(table, quantities);
  const recipe: FeatureRecipe = { quantities: [...quantities], mean: [], spread: [], weight, limits: [] };
  for (let q = 0; q < quantities.length; q++) {
    const column = columnOf(values, q);
    const { mean, spread } = momentsOf(column, rows);
    recipe.mean.push(mean);
    recipe.spread.push(spread);
    for (const [mode, of] of Object.entries(labels)) {
      for (const { at, gain } of splitsOf(column, of, rows)) recipe.limits.push({ quantity: q, mode, at, gain });
    }
  }
  return recipe;
}

/** Every quantity of every row. */
export function quantityTable(table: Table, quantities: readonly Quantity[]): Table {
  const width = quantities.length;
  const values = new Float64Array(table.rows * width);
  for (let i = 0; i < table.rows; i++) {
    const row = table.values.subarray(i * table.width, (i + 1) * table.width);
    for (let q = 0; q < width; q++) values[i * width + q] = FORMULAS[quantities[q]!.formula](row, quantities[q]!.of);
  }
  return { width, rows: table.rows, values };
}

function momentsOf(column: ArrayLike<number>, rows: ArrayLike<number>): { mean: number; spread: number } {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += column[rows[i]!]!;
  const mean = sum / rows.length;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) squares += (column[rows[i]!]! - mean) ** 2;
  const spread = Math.sqrt(squares / rows.length);
  return { mean, spread: spread > 1e-9 * Math.abs(mean) && spread > 0 ? spread : 1 };
}

/** Writes a row's features; made once per model, then free of allocation. */
export interface FeatureWriter {
  readonly size: number;
  /** @param row - inputs in the order of the model's columns @param out - from `offset` on, `size` numbers */
  write(row: ArrayLike<number>, out: Float64Array, offset: number): void;
}

export function featureWriter(inputs: readonly InputColumn[], recipe: FeatureRecipe): FeatureWriter {
  const categories = inputs.flatMap(({ categories: texts }, at) =>
    texts ? texts.map((_, value) => ({ at, value })) : [],
  );
  const { quantities, mean, spread, weight, limits } = recipe;
  const formulas = quantities.map(({ formula }) => FORMULAS[formula]);
  const now = new Float64Array(quantities.length);
  return {
    size: categories.length + quantities.length + limits.length * REACHES.length,
    write(row, out, offset) {
      let at = offset;
      for (const category of categories) out[at++] = row[category.at] === category.value ? 1 : -1;
      for (let q = 0; q < now.length; q++) {
        now[q] = formulas[q]!(row, quantities[q]!.of);
        out[at++] = weight * within((now[q]! - mean[q]!) / spread[q]!, FURTHEST);
      }
      for (let i = 0; i < limits.length; i++) {
        const { quantity, at: limit } = limits[i]!;
        const off = (now[quantity]! - limit) / spread[quantity]!;
        for (let r = 0; r < REACHES.length; r++) out[at++] = within(off / REACHES[r]!, 1);
      }
    },
  };
}

const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
