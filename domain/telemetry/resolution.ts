export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** Spans that read well on a time axis, ms. */
const STEPS_MS = [
  100,
  200,
  500,
  1000,
  2000,
  5000,
  10_000,
  15_000,
  30_000,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24, 48, 168, 720].map((hours) => hours * HOUR_MS),
];

/** More stored records than these would be slow to read for one answer. */
const MAX_RAW_SAMPLES = 100_000;
const MAX_MINUTES = 8 * 24 * 60;

/** From what a series is computed: stored samples, their summaries by minute, or by hour. */
export type SeriesSource = 'raw' | 'minute' | 'hour';

export interface Resolution {
  resolutionMs: number;
  /** start of the first bucket, at or before the wished start */
  startMs: number;
  buckets: number;
  source: SeriesSource;
}

/**
 * The finest resolution that covers `fromMs` to `toMs` with at most `points` buckets and can be read quickly.
 * Buckets begin at multiples of the resolution where possible, so that a moving window keeps their borders.
 * @param sampleIntervalMs - time between stored samples; finer buckets would mostly be empty
 */
export function pickResolution(fromMs: number, toMs: number, points: number, sampleIntervalMs: number): Resolution {
  const spanMs = toMs - fromMs;
  for (const resolutionMs of STEPS_MS) {
    if (resolutionMs < sampleIntervalMs) continue;
    const source = sourceOf(resolutionMs);
    if (source === 'raw' && spanMs / sampleIntervalMs > MAX_RAW_SAMPLES) continue;
    if (source === 'minute' && spanMs / MINUTE_MS > MAX_MINUTES) continue;
    const startMs = Math.floor(fromMs / resolutionMs) * resolutionMs;
    const buckets = Math.max(1, Math.ceil((toMs - startMs) / resolutionMs));
    if (buckets <= points) return { resolutionMs, startMs, buckets, source };
  }
  return coarsest(fromMs, toMs, points);
}

/** Very few points or a very long span: whole hours, counted from the first one. */
function coarsest(fromMs: number, toMs: number, points: number): Resolution {
  const startMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  const hours = Math.max(1, Math.ceil((toMs - startMs) / HOUR_MS));
  const resolutionMs = Math.ceil(hours / points) * HOUR_MS;
  return { resolutionMs, startMs, buckets: Math.ceil((hours * HOUR_MS) / resolutionMs), source: 'hour' };
}

function sourceOf(resolutionMs: number): SeriesSource {
  if (resolutionMs < MINUTE_MS) return 'raw';
  return resolutionMs < HOUR_MS ? 'minute' : 'hour';
}
