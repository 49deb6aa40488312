import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomSource } from '../random-source.js';
import { assignFolds, splitFold } from './folds.js';

describe('folds', () => {
  it('spread each stratum evenly', () => {
    const strata = Array.from({ length: 103 }, (_, i) => (i % 10 === 0 ? 'failure' : 'fine'));
    const fold = assignFolds(strata, null, 5, randomSource(1, 'folds'));
    for (let held = 0; held < 5; held++) {
      const failures = splitFold(fold, held).test.filter((row) => strata[row] === 'failure').length;
      expect(failures).toBeGreaterThanOrEqual(2);
      expect(failures).toBeLessThanOrEqual(3);
    }
  });

  it('never part a group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 80 }),
        fc.nat(1e6),
        (keys, seed) => {
          const groups = keys.map((key) => `tool ${key}`);
          const fold = assignFolds(groups, groups, 5, randomSource(seed, 'folds'));
          for (const group of new Set(groups)) {
            expect(new Set(groups.flatMap((key, row) => (key === group ? [fold[row]] : []))).size).toBe(1);
          }
        },
      ),
    );
  });

  it('are the same for one seed', () => {
    const strata = Array.from({ length: 50 }, () => 'x');
    const of = (seed: number) => [...assignFolds(strata, null, 5, randomSource(seed, 'folds'))];
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});
