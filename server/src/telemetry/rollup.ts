import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { mergeInjected, summariseInjected } from '#domain/telemetry/injected.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, type SummaryLevelMs } from '#domain/telemetry/resolution.js';
import { type ChannelSummary, mergeSummaries, summarise } from '#domain/telemetry/summary.js';
import type { BucketDocument } from './bucket.schema.js';
import type { RollupDocument } from './rollup.schema.js';

export type Rollup = Omit<RollupDocument, 'expiresAt'>;

/** Which lathe and time a summary is of. */
export interface RollupSpan {
  latheId: string;
  resolution: SummaryLevelMs;
  startMs: number;
}

/** Summary of the minute that a bucket holds. @param keptDays - how long summaries shorter than an hour are kept */
export function rollupOfBucket(
  bucket: Pick<BucketDocument, 'latheId' | 'minute' | 'n' | 't' | 'channels' | 'injected'>,
  keptDays: number,
): RollupDocument {
  const { latheId, minute, n } = bucket;
  const injected = summariseInjected(bucket.injected ?? []);
  return {
    latheId,
    resolution: MINUTE_MS,
    start: minute,
    samples: n.length,
    channels: summariesOf(bucket),
    ...(injected ? { injected } : {}),
    ...expiry(MINUTE_MS, minute.getTime(), keptDays),
  };
}

/** Summary of a span from the shorter ones that it consists of, in the order of time. */
export function rollupOfParts(span: RollupSpan, parts: readonly Rollup[], keptDays: number): RollupDocument {
  const { latheId, resolution, startMs } = span;
  const channels: Partial<Record<ChannelName, ChannelSummary>> = {};
  for (const name of CHANNEL_NAMES) {
    const merged = mergeSummaries(parts.flatMap((part) => part.channels[name] ?? []));
    if (merged.count > 0) channels[name] = merged;
  }
  const injected = mergeInjected(parts.map((part) => part.injected));
  return {
    latheId,
    resolution,
    start: new Date(startMs),
    samples: parts.reduce((sum, part) => sum + part.samples, 0),
    channels,
    ...(injected ? { injected } : {}),
    ...expiry(resolution, startMs, keptDays),
  };
}

/** Summary of each channel of a bucket; a channel without a known value is left out. */
export function summariesOf({ t, channels }: Pick<BucketDocument, 't' | 'channels'>) {
  const order = t.map((_, i) => i).sort((a, b) => t[a]! - t[b]!); // a redelivered sample may stand behind later ones
  const summaries: Partial<Record<ChannelName, ChannelSummary>> = {};
  for (const name of CHANNEL_NAMES) {
    const values = channels[name];
    const summary = summarise(values ? order.map((i) => values[i]) : []);
    if (summary.count > 0) summaries[name] = summary;
  }
  return summaries;
}

function expiry(resolution: SummaryLevelMs, startMs: number, keptDays: number): { expiresAt?: Date } {
  return resolution >= HOUR_MS ? {} : { expiresAt: new Date(startMs + keptDays * DAY_MS) };
}
