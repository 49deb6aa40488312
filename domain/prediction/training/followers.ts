import { correlation } from '../../statistics/correlation.js';
import type { Table } from '../linear-algebra.js';
import { rowsByKey } from '../rows-by-key.js';

/**
 * Columns by how closely they follow the target within each group, the closest first: by the size of their mean correlation
 * over the groups. What only tells groups apart (the level of a sensor, the speed of a pass) says nothing of an unknown group.
 * @param rows - positions of the rows to look at
 * @param groups - group of each row; null: all rows are one
 * @returns every position of a column once
 */
export function followersOf(
  { width, values }: Table,
  target: ArrayLike<number>,
  groups: readonly string[] | null,
  rows: Iterable<number>,
): number[] {
  const members = rowsByKey(rows, (row) => groups?.[row] ?? '');
  const sums = new Float64Array(width);
  for (const own of members.values()) {
    const wanted = own.map((row) => target[row]!);
    for (let at = 0; at < width; at++) {
      const column = own.map((row) => values[row * width + at]!);
      sums[at]! += correlation(column, wanted) || 0;
    }
  }
  return Array.from(sums, (_, at) => at).sort((a, b) => Math.abs(sums[b]!) - Math.abs(sums[a]!) || a - b);
}
