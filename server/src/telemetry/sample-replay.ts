import { Injectable } from '@nestjs/common';
import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';
import { BucketsRepository } from './buckets.repository.js';

/** Stored readings of one moment. */
export interface ReplayedSample {
  tMs: number;
  jobId: string;
  /** in wire order and unit; NaN = unknown, also of channels that were not asked for. Overwritten by the next sample */
  values: Float32Array;
}

/** Plays stored samples again, one after the other as they were taken. */
@Injectable()
export class SampleReplay {
  constructor(private readonly buckets: BucketsRepository) {}

  /** Samples from `fromMs` on and before `toMs`, oldest first; reads no further than the caller goes. */
  async *play(
    latheId: string,
    fromMs: number,
    toMs: number,
    channels: readonly ChannelName[],
  ): AsyncGenerator<ReplayedSample> {
    const sample: ReplayedSample = { tMs: 0, jobId: '', values: new Float32Array(CHANNEL_COUNT).fill(Number.NaN) };
    for await (const { t, job, channels: stored } of this.buckets.withJobs(latheId, fromMs, toMs, channels)) {
      const order = t.map((_, i) => i).sort((a, b) => t[a]! - t[b]!);
      for (const i of order) {
        sample.tMs = t[i]!;
        if (sample.tMs < fromMs || sample.tMs >= toMs) continue;
        sample.jobId = job[i] ?? '';
        for (const name of channels) sample.values[CHANNEL_INDEX[name]] = stored?.[name]?.[i] ?? Number.NaN;
        yield sample;
      }
    }
  }
}
