import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, pickResolution } from './resolution.js';

const DAY_MS = 24 * HOUR_MS;
const noon = Date.UTC(2025, 5, 1, 12);

describe('resolution of a series', () => {
  it('takes raw samples for a quarter of an hour', () => {
    expect(pickResolution(noon, noon + 15 * MINUTE_MS, 1000, 5000)).toEqual({
      resolutionMs: 5000,
      startMs: noon,
      buckets: 180,
      source: 'raw',
    });
  });

  it('takes minutes for three days and hours for thirty', () => {
    expect(pickResolution(noon - 3 * DAY_MS, noon, 1000, 5000)).toMatchObject({
      resolutionMs: 5 * MINUTE_MS,
      source: 'minute',
    });
    expect(pickResolution(noon - 30 * DAY_MS, noon, 1000, 5000)).toMatchObject({
      resolutionMs: HOUR_MS,
      source: 'hour',
    });
    expect(pickResolution(noon - 30 * DAY_MS, noon, 5000, 5000)).toMatchObject({
      resolutionMs: HOUR_MS,
      source: 'hour',
    });
  });

  it('does not read a day of raw samples taken ten times a second', () => {
    expect(pickResolution(noon - DAY_MS, noon, 5000, 100).source).toBe('minute');
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
