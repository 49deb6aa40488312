import { describe, expect, it } from '@jest/globals';
import { isSampleTick } from './sampling.js';

function sampled(periodMs: number, intervalMs: number, ticks: number): number[] {
  return Array.from({ length: ticks }, (_, i) => i + 1).filter((tick) => isSampleTick(tick, periodMs, intervalMs));
}

describe('which ticks are stored', () => {
  it('stores the first tick and then one per interval', () => {
    expect(sampled(100, 5000, 160)).toEqual([1, 51, 101, 151]);
  });

  it('stores every tick when the interval is the tick period or less', () => {
    expect(sampled(100, 100, 4)).toEqual([1, 2, 3, 4]);
    expect(sampled(1000, 100, 3)).toEqual([1, 2, 3]);
  });

  it('keeps the mean rate of an interval that is no multiple of the period', () => {
    expect(sampled(100, 250, 11)).toEqual([1, 4, 6, 9, 11]);
  });

  it('is not shifted by fractions of a second', () => {
    expect(sampled(20, 0.3 * 1000, 31)).toEqual([1, 16, 31]);
    expect(sampled(100, 0.7 * 1000, 15)).toEqual([1, 8, 15]);
  });
});
