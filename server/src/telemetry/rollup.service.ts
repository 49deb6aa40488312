import { Injectable } from '@nestjs/common';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { mergeInjected, summariseInjected } from '#domain/telemetry/injected.js';
import { HOUR_MS, MINUTE_MS, type SummaryLevelMs, TEN_MINUTES_MS } from '#domain/telemetry/resolution.js';
import { type ChannelSummary, mergeSummaries, summarise } from '#domain/telemetry/summary.js';
import { AppConfig } from '../config/config.js';
import { BucketsRepository, type UnrolledBucket } from './buckets.repository.js';
import type { RollupDocument } from './rollup.schema.js';
import { RollupsRepository } from './rollups.repository.js';

const DAY_MS = 86_400_000;
/** Summaries of minutes outlive the samples; those of hours are kept for ever. */
const SHORT_KEPT_DAYS = 90;
/** A minute is summed up once its last samples have most likely come. */
const GRACE_MS = 5000;
const BUCKETS_AT_ONCE = 200;

/** Sums up closed minutes, and the ten minutes and hours that they lie in. Doing it again gives the same, so that a crash costs nothing. */
@Injectable()
export class RollupService {
  constructor(
    private readonly buckets: BucketsRepository,
    private readonly rollups: RollupsRepository,
    private readonly config: AppConfig,
  ) {}

  /** @returns how many minutes were summed up; 0 means that there is nothing left to do */
  async rollUp(nowMs: number): Promise<number> {
    const closed = await this.buckets.listUnrolled(
      { fromMs: 0, toMs: nowMs - GRACE_MS - MINUTE_MS + 1 },
      BUCKETS_AT_ONCE,
    );
    await this.rollups.replaceAll(closed.map((bucket) => this.minuteOf(bucket)));
    await this.sumUp(closed, MINUTE_MS, TEN_MINUTES_MS);
    await this.sumUp(closed, TEN_MINUTES_MS, HOUR_MS);
    await this.buckets.markRolled(closed); // last, so that a crash before it has everything done again
    return closed.length;
  }

  /** Makes the longer summaries that these buckets lie in from the shorter ones. */
  private async sumUp(buckets: readonly UnrolledBucket[], fromMs: SummaryLevelMs, toMs: SummaryLevelMs): Promise<void> {
    const summaries: RollupDocument[] = [];
    for (const { latheId, startMs } of spansOf(buckets, toMs)) {
      const parts = await this.rollups.list(latheId, fromMs, startMs, startMs + toMs);
      const channels: Partial<Record<ChannelName, ChannelSummary>> = {};
      for (const name of CHANNEL_NAMES) {
        const merged = mergeSummaries(parts.flatMap((part) => part.channels[name] ?? []));
        if (merged.count > 0) channels[name] = merged;
      }
      const samples = parts.reduce((sum, part) => sum + part.samples, 0);
      const injected = mergeInjected(parts.map((part) => part.injected));
      summaries.push({
        latheId,
        resolution: toMs,
        start: new Date(startMs),
        samples,
        channels,
        ...(injected ? { injected } : {}),
        ...this.expiry(toMs, startMs),
      });
    }
    await this.rollups.replaceAll(summaries);
  }

  private minuteOf(bucket: UnrolledBucket): RollupDocument {
    const { latheId, minute, n } = bucket;
    const expiry = this.expiry(MINUTE_MS, minute.getTime());
    const injected = summariseInjected(bucket.injected ?? []);
    return {
      latheId,
      resolution: MINUTE_MS,
      start: minute,
      samples: n.length,
      channels: summariesOf(bucket),
      ...(injected ? { injected } : {}),
      ...expiry,
    };
  }

  private expiry(levelMs: SummaryLevelMs, startMs: number): { expiresAt?: Date } {
    if (levelMs === HOUR_MS) return {};
    return { expiresAt: new Date(startMs + Math.max(this.config.rawRetentionDays, SHORT_KEPT_DAYS) * DAY_MS) };
  }
}

/** Summary of each channel of a bucket; a channel without a known value is left out. */
export function summariesOf({ t, channels }: Pick<UnrolledBucket, 't' | 'channels'>) {
  const order = t.map((_, i) => i).sort((a, b) => t[a]! - t[b]!); // a redelivered sample may stand behind later ones
  const summaries: Partial<Record<ChannelName, ChannelSummary>> = {};
  for (const name of CHANNEL_NAMES) {
    const values = channels[name];
    const summary = summarise(values ? order.map((i) => values[i]) : []);
    if (summary.count > 0) summaries[name] = summary;
  }
  return summaries;
}

function spansOf(buckets: readonly UnrolledBucket[], lengthMs: number): { latheId: string; startMs: number }[] {
  const spans = new Map<string, { latheId: string; startMs: number }>();
  for (const { latheId, minute } of buckets) {
    const startMs = Math.floor(minute.getTime() / lengthMs) * lengthMs;
    spans.set(`${latheId} ${startMs}`, { latheId, startMs });
  }
  return [...spans.values()];
}
