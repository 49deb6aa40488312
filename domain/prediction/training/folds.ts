import { type RandomSource, shuffle } from '../random-source.js';
import { rowsByKey } from '../rows-by-key.js';

/**
 * Fold of each row, 0 to `folds` - 1. Rows of equal `strata` are spread evenly over the folds; rows of one group stay together,
 * in the fold that has fewest rows so far.
 */
export function assignFolds(
  strata: readonly string[],
  groups: readonly string[] | null,
  folds: number,
  random: RandomSource,
): Uint8Array {
  return groups ? byGroup(groups, folds, random) : byStratum(strata, folds, random);
}

function byStratum(strata: readonly string[], folds: number, random: RandomSource): Uint8Array {
  const fold = new Uint8Array(strata.length);
  let next = 0;
  for (const rows of membersOf(strata)) {
    for (const row of shuffle(rows, random)) fold[row] = next++ % folds;
  }
  return fold;
}

function byGroup(groups: readonly string[], folds: number, random: RandomSource): Uint8Array {
  const fold = new Uint8Array(groups.length);
  const sizes = new Array<number>(folds).fill(0);
  const members = shuffle(membersOf(groups), random).sort((a, b) => b.length - a.length);
  for (const rows of members) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest]! += rows.length;
    for (const row of rows) fold[row] = smallest;
  }
  return fold;
}

const membersOf = (keys: readonly string[]): number[][] => [...rowsByKey(keys.keys(), (row) => keys[row]!).values()];

/** Positions of the rows in and out of a fold. */
export function splitFold(fold: ArrayLike<number>, held: number): { train: Uint32Array; test: Uint32Array } {
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < fold.length; row++) (fold[row] === held ? test : train).push(row);
  return { train: Uint32Array.from(train), test: Uint32Array.from(test) };
}
