import { describe, expect, it } from '@jest/globals';
import { mergeSummaries, summarise } from './summary.js';

describe('summary of a channel', () => {
  it('holds count, extremes, mean and newest value', () => {
    expect(summarise([4, 1, 7])).toEqual({ count: 3, min: 1, max: 7, mean: 4, last: 7 });
  });

  it('leaves out what is unknown', () => {
    expect(summarise([null, 2, Number.NaN, 6, undefined])).toEqual({ count: 2, min: 2, max: 6, mean: 4, last: 6 });
  });

  it('is empty without a known value', () => {
    expect(summarise([null, Number.NaN])).toEqual({ count: 0, min: null, max: null, mean: null, last: null });
  });

  it('merges parts as if their samples had been taken together', () => {
    const parts = [[3, 9], [null], [-1, 0, 4]];
    expect(mergeSummaries(parts.map(summarise))).toEqual(summarise(parts.flat()));
  });
});
