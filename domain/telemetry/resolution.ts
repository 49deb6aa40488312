export const MINUTE_MS = 60_000;
export const TEN_MINUTES_MS = 600_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

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

/** Lengths of the stored summaries, each a whole number of times the one before. */
export const SUMMARY_LEVELS_MS = [MINUTE_MS, TEN_MINUTES_MS, HOUR_MS, DAY_MS] as const;
export type SummaryLevelMs = (typeof SUMMARY_LEVELS_MS)[number];

/** More stored records than these would be slow to read for one answer. */
const MAX_SAMPLES = 12_000;
const MAX_SUMMARIES = 1500;

export interface Resolution {
  resolutionMs: number;
  /** start of the first bucket, at or before the wished start */
  startMs: number;
  buckets: number;
  /** length of the stored summaries that a series is made from; null: from the samples themselves */
  levelMs: SummaryLevelMs | null;
}

/**
 * The finest resolution that covers `fromMs` to `toMs` with at most `points` buckets and can be read quickly.
 * Buckets begin at multiples of the resolution where possible, so that a moving window keeps their borders.
 * @param sampleIntervalMs - time between stored samples; finer buckets would mostly be empty
 */
export function pickResolution(fromMs: number, toMs: number, points: number, sampleIntervalMs: number): Resolution {
  for (const resolutionMs of STEPS_MS) {
    if (resolutionMs < sampleIntervalMs) continue;
    const levelMs = levelOf(resolutionMs);
    if (!isQuick(levelMs, toMs - fromMs, sampleIntervalMs)) continue;
    const startMs = Math.floor(fromMs / resolutionMs) * resolutionMs;
    const buckets = Math.max(1, Math.ceil((toMs - startMs) / resolutionMs));
    if (buckets <= points) return { resolutionMs, startMs, buckets, levelMs };
  }
  return coarsest(fromMs, toMs, points);
}

/** Very few points or a very long span: whole hours, counted from the first one. */
function coarsest(fromMs: number, toMs: number, points: number): Resolution {
  const startMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  const hours = Math.max(1, Math.ceil((toMs - startMs) / HOUR_MS));
  const resolutionMs = Math.ceil(hours / points) * HOUR_MS;
  return { resolutionMs, startMs, buckets: Math.ceil((hours * HOUR_MS) / resolutionMs), levelMs: HOUR_MS };
}

function levelOf(resolutionMs: number): SummaryLevelMs | null {
  return SUMMARY_LEVELS_MS.findLast((level) => resolutionMs % level === 0) ?? null;
}

function isQuick(levelMs: SummaryLevelMs | null, spanMs: number, sampleIntervalMs: number): boolean {
  if (levelMs === null) return spanMs / sampleIntervalMs <= MAX_SAMPLES;
  return levelMs >= HOUR_MS || spanMs / levelMs <= MAX_SUMMARIES;
}
