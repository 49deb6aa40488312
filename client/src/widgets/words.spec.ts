import { describe, expect, it } from '@jest/globals';
import { ageWords, minutesWords } from './words';

describe('ageWords', () => {
  it('uses the two largest units', () => {
    expect([0, 59_999, 60_000, 3_600_000, 7_800_000, 90_000_000].map(ageWords)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h',
      '2 h 10 min',
      '1 d 1 h',
    ]);
  });

  it('has words for the unknown and for clocks that run behind', () => {
    expect(ageWords(Number.POSITIVE_INFINITY)).toBe('unknown time');
    expect(ageWords(-5)).toBe('0 s');
  });
});

describe('minutesWords', () => {
  it('shows tenths only where they matter', () => {
    expect([7.94, 12.6, 90, Number.NaN].map(minutesWords)).toEqual(['7.9 min', '13 min', '1 h 30 min', '–']);
  });
});
