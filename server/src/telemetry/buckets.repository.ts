import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { AnyBulkWriteOperation, Document, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import type { InjectedSample } from '#domain/telemetry/injected.js';
import { DAY_MS, MINUTE_MS } from '#domain/telemetry/resolution.js';
import { AppConfig } from '../config/config.js';
import type { TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import { BucketDocument } from './bucket.schema.js';
import { channelProjection } from './channel-projection.js';

const DUPLICATE_KEY = 11_000;
/** Tries to add samples to a bucket that others write too. */
const MAX_TRIES = 10;

export interface JobSample extends TelemetrySample {
  jobId: string;
}

/** New samples of one bucket. */
export interface BucketAddition {
  latheId: string;
  minuteMs: number;
  samples: JobSample[];
}

export type UnrolledBucket = Pick<BucketDocument, 'latheId' | 'minute' | 'n' | 't' | 'channels' | 'injected'>;

@Injectable()
export class BucketsRepository {
  constructor(
    @InjectModel(BucketDocument.name) private readonly buckets: Model<BucketDocument>,
    private readonly config: AppConfig,
  ) {}

  /** Adds samples that are not stored yet and passes over those that are: every sample is in its bucket once, at any number of calls. */
  async add(additions: readonly BucketAddition[]): Promise<void> {
    if (additions.length === 0) return;
    const operations = additions.map((addition) => this.operation(addition));
    try {
      await this.buckets.collection.bulkWrite(operations, { ordered: false });
    } catch (error) {
      for (const i of duplicates(error)) await this.addMissing(additions[i]!);
    }
  }

  /** Number of the newest sample of a lathe, 0 where it has none. */
  async lastNumber(latheId: string): Promise<number> {
    const newest = await this.buckets
      .find({ latheId }, { _id: 0, lastSequence: 1 })
      .sort({ minute: -1 })
      .limit(1)
      .lean();
    return newest[0]?.lastSequence ?? 0;
  }

  /** Buckets of a span, newest first, read as far as the caller goes. */
  newestFirst(
    latheId: string,
    fromMs: number,
    toMs: number,
    channels: readonly ChannelName[],
  ): AsyncIterable<BucketDocument> {
    return this.find(latheId, fromMs, toMs, channels, { job: 1, n: 1, injected: 1 })
      .sort({ minute: -1 })
      .lean<BucketDocument>()
      .cursor();
  }

  /** Times and values of the channels in a span, and what was injected. */
  oldestFirst(
    latheId: string,
    fromMs: number,
    toMs: number,
    channels: readonly ChannelName[],
  ): AsyncIterable<BucketDocument> {
    return this.find(latheId, fromMs, toMs, channels, { injected: 1 })
      .sort({ minute: 1 })
      .lean<BucketDocument>()
      .cursor();
  }

  /** Times, jobs and values of the channels in a span. */
  withJobs(
    latheId: string,
    fromMs: number,
    toMs: number,
    channels: readonly ChannelName[],
  ): AsyncIterable<BucketDocument> {
    return this.find(latheId, fromMs, toMs, channels, { job: 1 }).sort({ minute: 1 }).lean<BucketDocument>().cursor();
  }

  /** Buckets of a span with samples that their summaries do not hold, of one lathe or of all. */
  async listUnrolled(
    span: { fromMs: number; toMs: number; latheId?: string },
    limit: number,
  ): Promise<UnrolledBucket[]> {
    const { latheId, fromMs, toMs } = span;
    const minute = { $gte: new Date(fromMs), $lt: new Date(toMs) };
    return this.buckets
      .find(
        { unrolled: true, ...(latheId && { latheId }), minute },
        { _id: 0, latheId: 1, minute: 1, n: 1, t: 1, channels: 1, injected: 1 },
      )
      .sort({ latheId: 1, minute: 1 })
      .limit(limit)
      .lean<UnrolledBucket[]>();
  }

  /** Marks buckets as summed up, but for those that have got further samples since they were read. */
  async markRolled(buckets: readonly UnrolledBucket[]): Promise<void> {
    if (buckets.length === 0) return;
    const operations = buckets.map(({ latheId, minute, n }) => ({
      updateOne: { filter: { latheId, minute, n: { $size: n.length } }, update: { $unset: { unrolled: 1 } } },
    }));
    await this.buckets.collection.bulkWrite(operations as unknown as AnyBulkWriteOperation[], { ordered: false });
  }

  private find(
    latheId: string,
    fromMs: number,
    toMs: number,
    channels: readonly ChannelName[],
    more: Record<string, 1>,
  ) {
    const projection: Record<string, 0 | 1> = { _id: 0, t: 1, ...more, ...channelProjection(channels) };
    const from = new Date(Math.floor(fromMs / MINUTE_MS) * MINUTE_MS);
    return this.buckets.find({ latheId, minute: { $gte: from, $lt: new Date(toMs) } }, projection);
  }

  private async addMissing(addition: BucketAddition): Promise<void> {
    const { latheId, minuteMs } = addition;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const stored = await this.buckets.findOne({ latheId, minute: new Date(minuteMs) }, { _id: 0, n: 1 }).lean();
      const known = new Set(stored?.n);
      const samples = addition.samples.filter((sample) => !known.has(sample.number));
      if (samples.length === 0) return;
      try {
        await this.buckets.collection.bulkWrite([this.operation({ ...addition, samples })]);
        return;
      } catch (error) {
        duplicates(error); // somebody else wrote to the bucket in between: look again
      }
    }
    throw new Error(`bucket ${latheId} ${new Date(minuteMs).toISOString()} changes all the time`);
  }

  private operation({ latheId, minuteMs, samples }: BucketAddition): AnyBulkWriteOperation {
    const numbers = samples.map((sample) => sample.number);
    const push: Record<string, { $each: unknown[] }> = {
      n: { $each: numbers },
      t: { $each: samples.map((sample) => sample.tickTimeMs) },
      tick: { $each: samples.map((sample) => sample.tick) },
      job: { $each: samples.map((sample) => sample.jobId) },
      machineMinutes: { $each: samples.map((sample) => sample.machineMinutes) },
    };
    for (const [i, channel] of CHANNEL_NAMES.entries()) {
      push[`channels.${channel}`] = {
        $each: samples.map(({ values }) => (Number.isNaN(values[i]) ? null : values[i])),
      };
    }
    const injected = samples.flatMap(({ injected, number, tickTimeMs, jobId }) =>
      injected ? [{ n: number, t: tickTimeMs, job: jobId, ...injected } satisfies InjectedSample] : [],
    );
    if (injected.length > 0) push['injected'] = { $each: injected };
    const update = {
      $push: push,
      $max: { lastSequence: Math.max(...numbers) },
      $set: { unrolled: true },
      $setOnInsert: { expiresAt: new Date(minuteMs + this.config.rawRetentionDays * DAY_MS) },
    } as unknown as UpdateFilter<Document>;
    // one of the numbers in the bucket already: no match, and the upsert meets the unique index
    const filter = { latheId, minute: new Date(minuteMs), n: { $nin: numbers } };
    return { updateOne: { filter, update, upsert: true } };
  }
}

/** Positions of the operations that met a stored bucket. @throws the error itself where it tells of anything else */
function duplicates(error: unknown): number[] {
  const faults = (error as { writeErrors?: { code: number; index: number }[] }).writeErrors;
  if (!faults?.length || faults.some((fault) => fault.code !== DUPLICATE_KEY)) throw error;
  return faults.map((fault) => fault.index);
}
