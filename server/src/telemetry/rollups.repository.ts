import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { channelProjection } from './channel-projection.js';
import type { Rollup } from './rollup.js';
import { RollupDocument } from './rollup.schema.js';

/** A series is made of fewer summaries than these mostly: they come in one answer of the store. */
const MOST_AT_ONCE = 2000;

@Injectable()
export class RollupsRepository {
  constructor(@InjectModel(RollupDocument.name) private readonly rollups: Model<RollupDocument>) {}

  /** Stores summaries, each in the place of an earlier one of the same span. */
  async replaceAll(rollups: readonly RollupDocument[]): Promise<void> {
    if (rollups.length === 0) return;
    const operations = rollups.map((rollup) => {
      const { latheId, resolution, start } = rollup;
      return { replaceOne: { filter: { latheId, resolution, start }, replacement: rollup, upsert: true } };
    });
    await this.rollups.collection.bulkWrite(operations, { ordered: false });
  }

  /** Summaries that begin in the span, oldest first. @param channels - with what was injected; default: all that a summary holds */
  async list(
    latheId: string,
    resolution: number,
    fromMs: number,
    toMs: number,
    channels?: readonly ChannelName[],
  ): Promise<Rollup[]> {
    const projection: Record<string, 0 | 1> = channels
      ? { _id: 0, start: 1, injected: 1, ...channelProjection(channels) }
      : { _id: 0 };
    const start = { $gte: new Date(fromMs), $lt: new Date(toMs) };
    return this.rollups
      .find({ latheId, resolution, start }, projection)
      .sort({ start: 1 })
      .batchSize(MOST_AT_ONCE)
      .lean<Rollup[]>();
  }

  /** Which of these spans have a summary, as epoch ms of their starts. */
  async startsAmong(latheId: string, resolution: number, starts: readonly Date[]): Promise<Set<number>> {
    if (starts.length === 0) return new Set();
    const found = await this.rollups.find({ latheId, resolution, start: { $in: starts } }, { _id: 0, start: 1 }).lean();
    return new Set(found.map((rollup) => rollup.start.getTime()));
  }
}
