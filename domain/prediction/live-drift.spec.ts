import { describe, expect, it } from '@jest/globals';
import { driftOf, stabilityIndex } from './live-drift.js';
import type { Model } from './model.js';

const model: Pick<Model, 'inputs' | 'reference'> = {
  inputs: [{ name: 'load', label: 'load', unit: '1', categories: null, group: 'load', actionable: false }],
  reference: [{ edges: [1, 2, 3], shares: [0.25, 0.25, 0.25, 0.25] }],
};
const rows = (...counts: number[]) => counts.flatMap((count, bin) => Array.from({ length: count }, () => [bin + 0.5]));

describe('drift', () => {
  it('is 0 where the shares are those of the training rows', () => {
    expect(driftOf(model, rows(100, 100, 100, 100))).toEqual([
      { feature: 'load', label: 'load', psi: 0, state: 'steady' },
    ]);
  });

  it('sums (a - e) ln(a / e), as worked by hand for a shift of a fifth', () => {
    // 0.2 ln(0.45/0.25) + 0 + 0 - 0.2 ln(0.05/0.25) = 0.11756 + 0.32189
    expect(stabilityIndex([0.25, 0.25, 0.25, 0.25], [0.45, 0.25, 0.25, 0.05])).toBeCloseTo(0.43944, 4);
  });

  it.each([
    [[115, 105, 95, 85], 'steady'],
    [[160, 100, 80, 60], 'watch'],
    [[220, 100, 60, 20], 'alarm'],
  ])('calls %j %s', (counts, state) => {
    expect(driftOf(model, rows(...counts))[0]!.state).toBe(state);
  });

  it('says nothing of few rows', () => {
    expect(driftOf(model, rows(100, 99))).toEqual([{ feature: 'load', label: 'load', psi: null, state: 'unknown' }]);
  });

  it('counts a value on a border to the bin below, as the training does', () => {
    const onBorders = Array.from({ length: 400 }, (_, i) => [(i % 4) + 1]);
    expect(driftOf(model, onBorders)[0]!.psi).toBeCloseTo(0, 12);
  });
});
