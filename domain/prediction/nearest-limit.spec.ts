import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Model } from './model.js';
import { nearestLimit } from './nearest-limit.js';

const quantity = (name: string, formula: string, of: number[]) => ({ name, label: name, unit: '1', formula, of });
const features = {
  quantities: [quantity('wear', 'input', [0]), quantity('load', 'input', [1]), quantity('log', 'logarithm', [0])],
  mean: [0, 0, 0],
  spread: [0.1, 10, 0.001],
  weight: 1,
  limits: [
    { quantity: 0, mode: 'wearOut', at: 0.8, gain: 0.1 },
    { quantity: 1, mode: 'overload', at: 50, gain: 0.1 },
    { quantity: 2, mode: 'wearOut', at: 0, gain: 0.1 },
  ],
} as unknown as Model['features'];

describe('the nearest learned limit', () => {
  it('is nearest in spreads of its quantity, not in its unit', () => {
    expect(nearestLimit({ features }, [0.5, 45])).toMatchObject({
      label: 'load',
      value: 45,
      limit: 50,
      mode: 'overload',
    });
    expect(nearestLimit({ features }, [0.79, 45])).toMatchObject({ label: 'wear', limit: 0.8 });
  });

  it('is never farther than any other, and never a logarithm', () => {
    const finite = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(finite, finite, (wear, load) => {
        const found = nearestLimit({ features }, [wear, load])!;
        const [byWear, byLoad] = [Math.abs(wear - 0.8) / 0.1, Math.abs(load - 50) / 10];
        expect(found.label).toBe(byWear <= byLoad ? 'wear' : 'load');
      }),
    );
  });

  it('is none where nothing was learned', () => {
    expect(nearestLimit({ features: { ...features, limits: [] } }, [1, 1])).toBeNull();
  });
});
