import { Injectable } from '@nestjs/common';
import { MINUTE_MS, SUMMARY_LEVELS_MS, type SummaryLevelMs } from '#domain/telemetry/resolution.js';
import { AppConfig } from '../config/config.js';
import { BucketsRepository, type UnrolledBucket } from './buckets.repository.js';
import { type RollupSpan, rollupOfBucket, rollupOfParts } from './rollup.js';
import type { RollupDocument } from './rollup.schema.js';
import { RollupsRepository } from './rollups.repository.js';

/** A minute is summed up once its last samples have most likely come. */
const GRACE_MS = 5000;
const BUCKETS_AT_ONCE = 200;

/** Sums up closed minutes, and the longer spans that they lie in. Doing it again gives the same, so that a crash costs nothing. */
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
    const { summaryRetentionDays } = this.config;
    await this.rollups.replaceAll(closed.map((bucket) => rollupOfBucket(bucket, summaryRetentionDays)));
    for (const [i, level] of SUMMARY_LEVELS_MS.entries()) {
      const shorter = SUMMARY_LEVELS_MS[i - 1];
      if (shorter) await this.sumUp(closed, shorter, level);
    }
    await this.buckets.markRolled(closed); // last, so that a crash before it has everything done again
    return closed.length;
  }

  /** Makes the longer summaries that these buckets lie in from the shorter ones. */
  private async sumUp(buckets: readonly UnrolledBucket[], shorter: SummaryLevelMs, longer: SummaryLevelMs) {
    const summaries: RollupDocument[] = [];
    for (const span of spansOf(buckets, longer)) {
      const parts = await this.rollups.list(span.latheId, shorter, span.startMs, span.startMs + longer);
      summaries.push(rollupOfParts(span, parts, this.config.summaryRetentionDays));
    }
    await this.rollups.replaceAll(summaries);
  }
}

function spansOf(buckets: readonly UnrolledBucket[], resolution: SummaryLevelMs): RollupSpan[] {
  const spans = new Map<string, RollupSpan>();
  for (const { latheId, minute } of buckets) {
    const startMs = Math.floor(minute.getTime() / resolution) * resolution;
    spans.set(`${latheId} ${startMs}`, { latheId, resolution, startMs });
  }
  return [...spans.values()];
}
