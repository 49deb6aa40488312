/** What a span of samples holds of one channel. Without a known value `count` is 0 and the rest is null. */
export interface ChannelSummary {
  count: number;
  min: number | null;
  max: number | null;
  mean: number | null;
  last: number | null;
}

export const EMPTY_SUMMARY: Readonly<ChannelSummary> = { count: 0, min: null, max: null, mean: null, last: null };

/** Summary of values in the order of time; null and NaN are unknown and do not count. */
export function summarise(values: readonly (number | null | undefined)[]): ChannelSummary {
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let last = 0;
  for (const value of values) {
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    last = value;
  }
  return count === 0 ? { ...EMPTY_SUMMARY } : { count, min, max, mean: sum / count, last };
}

/** Summary of a longer span from those of its parts, in the order of time; means weigh by count. */
export function mergeSummaries(parts: readonly ChannelSummary[]): ChannelSummary {
  const merged: ChannelSummary = { ...EMPTY_SUMMARY };
  let sum = 0;
  for (const part of parts) {
    if (part.count === 0 || part.min === null || part.max === null || part.mean === null) continue;
    merged.count += part.count;
    sum += part.mean * part.count;
    merged.min = merged.min === null ? part.min : Math.min(merged.min, part.min);
    merged.max = merged.max === null ? part.max : Math.max(merged.max, part.max);
    merged.last = part.last;
  }
  if (merged.count > 0) merged.mean = sum / merged.count;
  return merged;
}
