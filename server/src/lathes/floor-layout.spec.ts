import { describe, expect, it } from '@jest/globals';
import { floorLayout } from './floor-layout.js';

describe('floor layout', () => {
  it('sets twenty lathes in four rows of five around the origin', () => {
    const floor = floorLayout(20);
    expect(floor[0]).toEqual({ x: -10, z: -9 });
    expect(floor[4]).toEqual({ x: 10, z: -9 });
    expect(floor[19]).toEqual({ x: 10, z: 9 });
  });

  it.each([1, 3, 7, 13, 20, 200, 1000])('keeps %i lathes apart by a walkway', (count) => {
    const floor = floorLayout(count);
    expect(floor).toHaveLength(count);
    expect(new Set(floor.map(({ x, z }) => `${x} ${z}`)).size).toBe(count);
    const rows = rowsOf(floor);
    for (const row of rows) {
      const xs = row.map(({ x }) => x).sort((a, b) => a - b);
      for (let i = 1; i < xs.length; i++) expect(xs[i]! - xs[i - 1]!).toBeGreaterThanOrEqual(5);
    }
  });
});

function rowsOf(floor: { x: number; z: number }[]): { x: number; z: number }[][] {
  const rows = new Map<number, { x: number; z: number }[]>();
  for (const place of floor) rows.set(place.z, [...(rows.get(place.z) ?? []), place]);
  return [...rows.values()];
}
