import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff';

describe('backoffMs', () => {
  it('doubles from half a second, the upper half at random', () => {
    expect(backoffMs(0, 0)).toBe(250);
    expect(backoffMs(0, 1)).toBe(500);
    expect(backoffMs(3, 0)).toBe(2000);
    expect(backoffMs(3, 1)).toBe(4000);
  });

  it('never waits longer than 15 s, however often it failed', () => {
    expect(backoffMs(5, 1)).toBe(15_000);
    expect(backoffMs(10_000, 1)).toBe(15_000);
  });
});
