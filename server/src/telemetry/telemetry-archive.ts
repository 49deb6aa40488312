import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#domain/telemetry/resolution.js';
import type { TelemetryEntry } from '../realtime-bus/telemetry-bus.js';
import { type BucketAddition, BucketsRepository } from './buckets.repository.js';

/** Where samples stay. */
@Injectable()
export class TelemetryArchive {
  constructor(private readonly buckets: BucketsRepository) {}

  /** Stores the samples of entries; entries that come again change nothing. */
  async append(entries: readonly TelemetryEntry[]): Promise<void> {
    await this.buckets.add(byBucket(entries));
  }

  /** Number of the newest stored sample of a lathe, 0 where it has none. */
  lastNumber(latheId: string): Promise<number> {
    return this.buckets.lastNumber(latheId);
  }
}

/** Samples by lathe and minute, each once and in the order of their numbers. */
export function byBucket(entries: readonly TelemetryEntry[]): BucketAddition[] {
  const additions = new Map<string, BucketAddition>();
  const seen = new Set<string>();
  for (const { latheId, jobId, samples } of entries) {
    for (const sample of samples) {
      const identity = `${latheId} ${sample.number}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      const minuteMs = Math.floor(sample.tickTimeMs / MINUTE_MS) * MINUTE_MS;
      const key = `${latheId} ${minuteMs}`;
      const addition = additions.get(key) ?? { latheId, minuteMs, samples: [] };
      addition.samples.push({ ...sample, jobId });
      additions.set(key, addition);
    }
  }
  for (const { samples } of additions.values()) samples.sort((a, b) => a.number - b.number);
  return [...additions.values()];
}
