import { describe, expect, it } from '@jest/globals';
import { forceGrowthPerMm } from './force-growth.js';

const record = (wearMm: number[], force: number[]) => ({ tool: 'a', wearMm, force });

describe('the growth of a force with wear', () => {
  it('is found again, whatever the unit of the force', () => {
    const wear = [0, 0.1, 0.2, 0.3];
    expect(
      forceGrowthPerMm(
        record(
          wear,
          wear.map((vb) => 500 * (1 + 1.3 * vb)),
        ),
      ),
    ).toBeCloseTo(1.3, 9);
    expect(
      forceGrowthPerMm(
        record(
          wear,
          wear.map((vb) => 7 * (1 + 3 * vb)),
        ),
      ),
    ).toBeCloseTo(3, 9);
  });

  it('leaves out the entry of the tool and rows beyond the wear limit', () => {
    const wear = [0, 0, 0.1, 0.2, 0.3, 0.7];
    expect(forceGrowthPerMm(record(wear, [20, 100, 110, 120, 130, 900]))).toBeCloseTo(1, 9);
  });

  it('is unknown without wear or rows', () => {
    expect(forceGrowthPerMm(record([0.1, 0.1, 0.1], [1, 2, 3]))).toBeNaN();
    expect(forceGrowthPerMm(record([0, 0.1], [1, 2]))).toBeNaN();
  });
});
