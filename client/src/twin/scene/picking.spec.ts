import { describe, expect, it } from '@jest/globals';
import type { LatheDto } from '#domain/contract/lathe.js';
import { PART_NAMES, pickLathe, placeOf } from './picking';

const lathes = [
  { id: 'lathe-1', position: { x: 0, z: 0 } },
  { id: 'lathe-2', position: { x: 5, z: 0 } },
  { id: 'lathe-3', position: { x: 0, z: -6 } },
] as LatheDto[];

const look = (eye: [number, number, number], at: [number, number, number]) =>
  pickLathe(lathes, { x: eye[0], y: eye[1], z: eye[2] }, { x: at[0] - eye[0], y: at[1] - eye[1], z: at[2] - eye[2] });

describe('pickLathe', () => {
  it('finds the nearest of two lathes in line', () => {
    expect(look([0, 1, 10], [0, 1, 0])?.lathe.id).toBe('lathe-1');
    expect(look([0, 12, 3], [0, 0.5, -6])?.lathe.id).toBe('lathe-3');
  });

  it('misses where there is only floor', () => {
    expect(look([2.8, 10, 10], [2.8, 0, 4])).toBeNull();
    expect(look([0, 1, 10], [0, 1, 20])).toBeNull();
  });

  it('names the part that is hit where it lies open to view', () => {
    for (const part of PART_NAMES) {
      if (part === 'body' || part === 'tool' || part === 'tailstock') continue;
      const { x, y, z } = placeOf(part);
      expect(look([x, y + 0.2, z + 6], [x, y, z])?.part).toBe(part);
    }
  });
});
