import { describe, expect, it } from '@jest/globals';
import { type LabelWish, placeLabels } from './label-placement';

const wish = (slot: number, x: number, y: number, rank = 0): LabelWish => ({
  slot,
  x,
  y,
  width: 100,
  height: 24,
  rank,
});

describe('placeLabels', () => {
  it('puts a label in the middle above its anchor', () => {
    expect(placeLabels([wish(1, 400, 300)], 800, 600)).toEqual([{ slot: 1, left: 350, top: 276 }]);
  });

  it('never lets two labels overlap, however crowded', () => {
    const wishes = Array.from({ length: 200 }, (_, i) => wish(i, (i * 37) % 800, (i * 53) % 600, i % 5));
    const placed = placeLabels(wishes, 800, 600);
    expect(placed.length).toBeGreaterThan(20);
    for (const a of placed) {
      for (const b of placed) {
        if (a.slot === b.slot) continue;
        const apart = a.left + 100 <= b.left || b.left + 100 <= a.left || a.top + 24 <= b.top || b.top + 24 <= a.top;
        expect(apart).toBe(true);
      }
    }
  });

  it('gives the place to what matters more', () => {
    const crowd = Array.from({ length: 12 }, (_, i) => wish(i, 400, 300));
    const placed = placeLabels([...crowd, wish(99, 400, 300, 5)], 800, 600);
    expect(placed[0]).toEqual({ slot: 99, left: 350, top: 276 });
    expect(placed.length).toBeLessThan(13);
  });

  it('keeps labels inside the picture', () => {
    expect(placeLabels([wish(1, 400, -40)], 800, 600)).toEqual([]);
    for (const { left } of placeLabels([wish(1, 40, 300)], 800, 600)) expect(left).toBeGreaterThanOrEqual(2);
  });
});
