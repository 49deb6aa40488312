import { Injectable } from '@nestjs/common';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { HOUR_MS, MINUTE_MS } from '#domain/telemetry/resolution.js';
import { type ChannelSummary, mergeSummaries, summarise } from '#domain/telemetry/summary.js';
import { AppConfig } from '../config/config.js';
import { BucketsRepository, type UnrolledBucket } from './buckets.repository.js';
import type { RollupDocument } from './rollup.schema.js';
import { RollupsRepository } from './rollups.repository.js';

const DAY_MS = 86_400_000;
/** Summaries by minute outlive the samples; those by hour are kept for ever. */
const MINUTES_KEPT_DAYS = 90;
/** A minute is summed up once its last samples have most likely come. */
const GRACE_MS = 5000;
const BUCKETS_AT_ONCE = 200;

/** Sums up closed minutes, and the hours that they lie in. Doing it again gives the same, so that a crash costs nothing. */
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
    for (const { latheId, hourMs } of hoursOf(closed)) await this.rollUpHour(latheId, hourMs);
    for (const bucket of closed) await this.buckets.markRolled(bucket);
    return closed.length;
  }

  private async rollUpHour(latheId: string, hourMs: number): Promise<void> {
    const minutes = await this.rollups.list(latheId, MINUTE_MS, hourMs, hourMs + HOUR_MS);
    const channels: Partial<Record<ChannelName, ChannelSummary>> = {};
    for (const name of CHANNEL_NAMES) {
      const merged = mergeSummaries(minutes.flatMap((minute) => minute.channels[name] ?? []));
      if (merged.count > 0) channels[name] = merged;
    }
    const samples = minutes.reduce((sum, minute) => sum + minute.samples, 0);
    await this.rollups.replaceAll([{ latheId, resolution: HOUR_MS, start: new Date(hourMs), samples, channels }]);
  }

  private minuteOf(bucket: UnrolledBucket): RollupDocument {
    const { latheId, minute, n } = bucket;
    const keptMs = Math.max(this.config.rawRetentionDays, MINUTES_KEPT_DAYS) * DAY_MS;
    const expiresAt = new Date(minute.getTime() + keptMs);
    return {
      latheId,
      resolution: MINUTE_MS,
      start: minute,
      samples: n.length,
      channels: summariesOf(bucket),
      expiresAt,
    };
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

function hoursOf(buckets: readonly UnrolledBucket[]): { latheId: string; hourMs: number }[] {
  const hours = new Map<string, { latheId: string; hourMs: number }>();
  for (const { latheId, minute } of buckets) {
    const hourMs = Math.floor(minute.getTime() / HOUR_MS) * HOUR_MS;
    hours.set(`${latheId} ${hourMs}`, { latheId, hourMs });
  }
  return [...hours.values()];
}
