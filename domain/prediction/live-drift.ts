import type { Model } from './model.js';

/** Population stability index from which a reading counts as drifting, and as drifted. */
export const DRIFT_WATCH = 0.1;
export const DRIFT_ALARM = 0.25;
/** Rows below which drift cannot be told from chance: the index of equal distributions scatters by about bins / rows. */
export const FEWEST_ROWS_FOR_DRIFT = 200;
/** Share given to an empty bin, so that one stray row does not weigh without limit. */
const LEAST_SHARE = 1e-3;

export type DriftState = 'steady' | 'watch' | 'alarm' | 'unknown';

export interface FeatureDrift {
  feature: string;
  label: string;
  psi: number | null;
  state: DriftState;
}

/**
 * How far each input has moved from the training rows.
 * @param rows - present rows, inputs in the order of the model's columns
 * @returns unknown for every input while there are fewer than 200 rows
 */
export function driftOf(
  model: Pick<Model, 'inputs' | 'reference'>,
  rows: readonly ArrayLike<number>[],
): FeatureDrift[] {
  return model.inputs.map(({ name, label }, input) => {
    if (rows.length < FEWEST_ROWS_FOR_DRIFT) return { feature: name, label, psi: null, state: 'unknown' as const };
    const { edges, shares } = model.reference[input]!;
    const psi = stabilityIndex(shares, sharesOf(edges, rows, input));
    return { feature: name, label, psi, state: stateOf(psi) };
  });
}

/** Σ (actual - expected) ln(actual / expected) over bins. */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  let index = 0;
  for (let bin = 0; bin < expected.length; bin++) {
    const e = Math.max(LEAST_SHARE, expected[bin]!);
    const a = Math.max(LEAST_SHARE, actual[bin]!);
    index += (a - e) * Math.log(a / e);
  }
  return index;
}

function sharesOf(edges: readonly number[], rows: readonly ArrayLike<number>[], input: number): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const row of rows) {
    let bin = 0;
    while (bin < edges.length && row[input]! > edges[bin]!) bin++;
    counts[bin]!++;
  }
  return counts.map((count) => count / rows.length);
}

function stateOf(psi: number): DriftState {
  if (psi >= DRIFT_ALARM) return 'alarm';
  return psi >= DRIFT_WATCH ? 'watch' : 'steady';
}
