import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_MS, moved, within, zoomed } from './trace-view';

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const hour = { fromMs: NOW - 3 * HOUR, toMs: NOW - 2 * HOUR };

describe('the stretch of time that traces show', () => {
  it('keeps the moment under the pointer in its place', () => {
    expect(zoomed(hour, 0.5, 0.25, NOW)).toEqual({ fromMs: NOW - 2.875 * HOUR, toMs: NOW - 2.375 * HOUR });
  });

  it('moves by a part of itself, but not behind the present', () => {
    expect(moved(hour, -0.5, NOW)).toEqual({ fromMs: NOW - 3.5 * HOUR, toMs: NOW - 2.5 * HOUR });
    expect(moved(hour, 5, NOW)).toEqual({ fromMs: NOW - HOUR, toMs: NOW });
  });

  it('is never shorter than there are samples, longer than there is history, or in the future', () => {
    const ms = fc.integer({ min: NOW - 2 * LONGEST_MS, max: NOW + LONGEST_MS });
    fc.assert(
      fc.property(ms, ms, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, factor) => {
        const start = within({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }, NOW);
        for (const { fromMs, toMs } of [start, zoomed(start, factor, 0.3, NOW)]) {
          expect(toMs).toBeLessThanOrEqual(NOW);
          expect(toMs - fromMs).toBeGreaterThanOrEqual(20_000 - 1);
          expect(toMs - fromMs).toBeLessThanOrEqual(LONGEST_MS + 1);
        }
      }),
    );
  });
});
