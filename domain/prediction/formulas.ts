/**
 * How a physical quantity follows from a row's inputs. `values` is the row, `of` the positions of the inputs that the formula
 * takes, in the order that its name tells.
 */
export const FORMULAS = {
  /** the input itself */
  input: (values: ArrayLike<number>, of: readonly number[]): number => values[of[0]!]!,
  /** first less second */
  difference: (values: ArrayLike<number>, of: readonly number[]): number => values[of[0]!]! - values[of[1]!]!,
  product: (values: ArrayLike<number>, of: readonly number[]): number => values[of[0]!]! * values[of[1]!]!,
  /** torque in N·m at a speed in 1/min gives W */
  rotaryPower: (values: ArrayLike<number>, of: readonly number[]): number =>
    (values[of[0]!]! * values[of[1]!]! * Math.PI) / 30,
  /** natural logarithm; below 1e-6 that of 1e-6 */
  logarithm: (values: ArrayLike<number>, of: readonly number[]): number => Math.log(Math.max(1e-6, values[of[0]!]!)),
  /** life used 0..1, tool life in min and pace of wear: life used in ten minutes from now */
  lifeAhead: (values: ArrayLike<number>, of: readonly number[]): number =>
    values[of[0]!]! + (10 * values[of[2]!]!) / Math.max(0.05, values[of[1]!]!),
} as const;

export type FormulaName = keyof typeof FORMULAS;
export const FORMULA_NAMES = Object.keys(FORMULAS) as [FormulaName, ...FormulaName[]];

/** Inputs that each formula takes. */
export const FORMULA_INPUTS: Readonly<Record<FormulaName, number>> = {
  input: 1,
  difference: 2,
  product: 2,
  rotaryPower: 2,
  logarithm: 1,
  lifeAhead: 3,
};
