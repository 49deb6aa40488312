import { describe, expect, it } from '@jest/globals';
import { tableOf } from '../linear-algebra.js';
import { followersOf } from './followers.js';

describe('columns that follow the target', () => {
  const groups = Array.from({ length: 30 }, (_, row) => `tool ${Math.floor(row / 10)}`);
  const wear = groups.map((_, row) => (row % 10) + 20 * Math.floor(row / 10));
  /** level of the tool alone; the wear with a level of its own for each tool; the wear upside down; nothing */
  const table = tableOf(
    wear.map((value, row) => {
      const tool = Math.floor(row / 10);
      return [20 * tool, (row % 10) - 50 * tool, row % 2 === 0 ? -value : 1 - value, 7];
    }),
  );
  const all = wear.keys();

  it('do so within each group: a level that only tells groups apart comes last', () => {
    expect(followersOf(table, wear, groups, [...all])).toEqual([1, 2, 0, 3]);
  });

  it('are found among the given rows alone', () => {
    const first = Array.from({ length: 10 }, (_, row) => row);
    const target = wear.map((value, row) => (row < 10 ? value : -1000 * ((row * 7) % 5)));
    expect(followersOf(table, target, groups, first)).toEqual([1, 2, 0, 3]);
  });
});
