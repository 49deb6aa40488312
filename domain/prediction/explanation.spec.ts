import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BatchPredictor, ShapleyExplainer } from './explanation.js';

const input = (group: string) => ({ name: group, label: group, unit: '', categories: null, group, actionable: false });
const groups = (names: string[]) => names.map((name) => ({ name, label: name.toUpperCase() }));

/** A function of a row as a predictor of many. */
const each =
  (of: (row: Float64Array) => number, width: number): BatchPredictor =>
  (rows, count, out) => {
    for (let i = 0; i < count; i++) out[i] = of(rows.subarray(i * width, (i + 1) * width));
  };

describe('exact Shapley values', () => {
  it('of a sum are each term less its mean', () => {
    const model = {
      inputs: ['a', 'b', 'c'].map(input),
      groups: groups(['a', 'b', 'c']),
      background: [
        [0, 0, 0],
        [2, 4, 6],
      ],
    };
    const { base, prediction, contributions } = new ShapleyExplainer(
      model,
      each((row) => row[0]! + 10 * row[1]! - row[2]!, 3),
    ).explain([5, 1, 1]);
    expect(base).toBeCloseTo(18, 12); // mean of 0 and 36
    expect(prediction).toBeCloseTo(14, 12);
    expect(contributions.map(({ contribution }) => contribution)).toEqual([
      expect.closeTo(4, 12),
      expect.closeTo(-10, 12),
      expect.closeTo(2, 12),
    ]);
    expect(contributions[0]).toMatchObject({ feature: 'a', label: 'A' });
  });

  it('share a product fairly: each factor gets half of what only both together bring', () => {
    const model = { inputs: ['a', 'b'].map(input), groups: groups(['a', 'b']), background: [[0, 0]] };
    const { contributions } = new ShapleyExplainer(
      model,
      each((row) => row[0]! * row[1]!, 2),
    ).explain([3, 4]);
    expect(contributions.map(({ contribution }) => contribution)).toEqual([
      expect.closeTo(6, 12),
      expect.closeTo(6, 12),
    ]);
  });

  it('count inputs of one group together', () => {
    const model = { inputs: ['a', 'a', 'b'].map(input), groups: groups(['a', 'b']), background: [[1, 1, 1]] };
    const { contributions } = new ShapleyExplainer(
      model,
      each((row) => row[0]! * row[1]! + row[2]!, 3),
    ).explain([3, 5, 1]);
    expect(contributions.map(({ contribution }) => contribution)).toEqual([
      expect.closeTo(14, 12),
      expect.closeTo(0, 12),
    ]);
  });

  it('sum to prediction less base within 1e-6, whatever is predicted from up to six groups', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((count) =>
          fc.record({
            row: fc.array(number, { minLength: count, maxLength: count }),
            background: fc.array(fc.array(number, { minLength: count, maxLength: count }), {
              minLength: 1,
              maxLength: 8,
            }),
          }),
        ),
        ({ row, background }) => {
          const names = row.map((_, i) => `group ${i}`);
          const model = { inputs: names.map(input), groups: groups(names), background };
          const crooked = (values: Float64Array) =>
            1 / (1 + Math.exp(-values.reduce((sum, x, i) => sum * Math.sin(x + i) + x / (i + 1), 0.3)));
          const { base, prediction, contributions } = new ShapleyExplainer(model, each(crooked, row.length)).explain(
            row,
          );
          expect(prediction).toBeCloseTo(crooked(Float64Array.from(row)), 12);
          const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
          expect(Math.abs(sum - (prediction - base))).toBeLessThan(1e-6);
        },
      ),
    );
  });
});
