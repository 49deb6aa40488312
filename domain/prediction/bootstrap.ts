import { quantileOfSorted } from '../statistics/describe.js';
import type { RandomSource } from './random-source.js';
import { rowsByKey } from './rows-by-key.js';

/** A figure and the middle 95 % of what it is on rows drawn anew. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const DRAWS = 200;

/**
 * 95 % bootstrap interval of a figure: rows, or whole groups of rows that belong together, are drawn with replacement.
 * Draws on which the figure is not a number (no positive row among them) are left out.
 * @param figure - of the rows at these positions
 * @param groups - group of each row; default: every row is its own
 * @see B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7 (1979)
 */
export function bootstrap(
  rows: number,
  figure: (rows: Uint32Array) => number,
  random: RandomSource,
  groups?: ArrayLike<number | string>,
  draws = DRAWS,
): Estimate {
  const everyRow = Array.from({ length: rows }, (_, row) => row);
  const members = [...rowsByKey(everyRow, (row) => groups?.[row] ?? row).values()];
  const drawn: number[] = [];
  for (let i = 0; i < draws; i++) {
    const index: number[] = [];
    for (let j = 0; j < members.length; j++) {
      for (const row of members[Math.floor(random() * members.length)]!) index.push(row);
    }
    const value = figure(Uint32Array.from(index));
    if (!Number.isNaN(value)) drawn.push(value);
  }
  drawn.sort((a, b) => a - b);
  const value = figure(Uint32Array.from(everyRow));
  return { value, low: quantileOfSorted(drawn, 0.025), high: quantileOfSorted(drawn, 0.975) };
}
