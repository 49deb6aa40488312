import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS, pickResolution, TEN_MINUTES_MS } from './resolution.js';

const noon = Date.UTC(2025, 5, 1, 12);

describe('resolution of a series', () => {
  it('takes samples for a quarter of an hour', () => {
    expect(pickResolution(noon, noon + 15 * MINUTE_MS, 1000, 5000)).toEqual({
      resolutionMs: 5000,
      startMs: noon,
      buckets: 180,
      levelMs: null,
    });
  });

  it.each([
    [1, 1000, 2 * MINUTE_MS, MINUTE_MS],
    [7, 1000, 30 * MINUTE_MS, TEN_MINUTES_MS],
    [7, 5000, TEN_MINUTES_MS, TEN_MINUTES_MS],
    [30, 1000, HOUR_MS, HOUR_MS],
    [30, 5000, HOUR_MS, HOUR_MS],
    [30, 40, DAY_MS, DAY_MS],
    [365, 400, DAY_MS, DAY_MS],
  ])('takes summaries for %i days and %i points', (days, points, resolutionMs, levelMs) => {
    expect(pickResolution(noon - days * DAY_MS, noon, points, 5000)).toMatchObject({ resolutionMs, levelMs });
  });

  it('does not read hours of samples taken ten times a second', () => {
    expect(pickResolution(noon - 2 * HOUR_MS, noon, 5000, 100).levelMs).toBe(MINUTE_MS);
  });

  it('begins buckets at multiples of the resolution', () => {
    const { startMs, resolutionMs } = pickResolution(noon + 1234, noon + 600_000, 100, 5000);
    expect(startMs % resolutionMs).toBe(0);
    expect(startMs).toBeLessThanOrEqual(noon + 1234);
  });

  it('covers the whole span with at most the wished points, for any span', () => {
    const spans = fc.tuple(
      fc.integer({ min: 0, max: noon }),
      fc.integer({ min: 0, max: 400 * DAY_MS }),
      fc.integer({ min: 1, max: 5000 }),
      fc.constantFrom(100, 1000, 5000, 7000, 3_600_000),
    );
    fc.assert(
      fc.property(spans, ([fromMs, spanMs, points, intervalMs]) => {
        const { startMs, resolutionMs, buckets } = pickResolution(fromMs, fromMs + spanMs, points, intervalMs);
        expect(buckets).toBeGreaterThanOrEqual(1);
        expect(buckets).toBeLessThanOrEqual(points);
        expect(startMs).toBeLessThanOrEqual(fromMs);
        expect(startMs + buckets * resolutionMs).toBeGreaterThanOrEqual(fromMs + spanMs);
      }),
    );
  });
});
