import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { PredictionSample } from '#domain/prediction/live-history.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { AppConfig } from '../config/config.js';
import { PredictionDocument } from './prediction.schema.js';

export type StoredSample = PredictionSample & { inDistribution: boolean };

@Injectable()
export class PredictionsRepository {
  constructor(
    @InjectModel(PredictionDocument.name) private readonly predictions: Model<PredictionDocument>,
    private readonly config: AppConfig,
  ) {}

  /** Stores samples; one of a lathe and time that is there already stays as it is. */
  async add(samples: readonly StoredSample[]): Promise<void> {
    await this.predictions.init(); // the unique index must stand before the first entry
    const keptMs = this.config.rawRetentionDays * DAY_MS;
    const documents = samples.map(({ atMs, ...sample }) => ({
      ...sample,
      at: new Date(atMs),
      expiresAt: new Date(atMs + keptMs),
    }));
    try {
      await this.predictions.insertMany(documents, { ordered: false });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Those of a span, lathe by lathe in the order of time. */
  async *between(fromMs: number, toMs: number): AsyncGenerator<StoredSample> {
    const found = this.predictions
      .find({ at: { $gte: new Date(fromMs), $lte: new Date(toMs) } }, { _id: 0, expiresAt: 0 })
      .sort({ latheId: 1, at: 1 })
      .lean<Omit<PredictionDocument, 'expiresAt'>[]>()
      .cursor();
    for await (const { at, ...sample } of found as AsyncIterable<Omit<PredictionDocument, 'expiresAt'>>) {
      yield { ...sample, atMs: at.getTime() };
    }
  }

  /** Inputs of the newest rows of a span, at most `limit`. */
  async newestRows(fromMs: number, toMs: number, limit: number): Promise<number[][]> {
    const found = await this.predictions
      .find({ at: { $gte: new Date(fromMs), $lte: new Date(toMs) } }, { _id: 0, row: 1 })
      .sort({ at: -1 })
      .limit(limit)
      .lean<{ row: number[] }[]>()
      .exec();
    return found.map(({ row }) => row);
  }
}
