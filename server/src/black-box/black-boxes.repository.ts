import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { AppConfig } from '../config/config.js';
import { BlackBoxDocument } from './black-box.schema.js';
import { pack, type TickColumns, unpack } from './tick-record.js';

const idOf = (latheId: string, raisedFromMs: number): string => `${latheId}|${raisedFromMs}`;

/** What is kept of one lathe. */
export interface BlackBox extends TickColumns {
  /** nothing is known of the time before, epoch ms */
  lostUntilMs?: number;
}

@Injectable()
export class BlackBoxesRepository {
  constructor(
    @InjectModel(BlackBoxDocument.name) private readonly boxes: Model<BlackBoxDocument>,
    private readonly config: AppConfig,
  ) {}

  /** When what is around alarms of this time is no longer kept, epoch ms. */
  expiryMs(raisedFromMs: number): number {
    return raisedFromMs + this.config.blackBoxRetentionDays * DAY_MS;
  }

  async find(latheId: string, raisedFromMs: number): Promise<BlackBox | null> {
    const found = await this.boxes.findById(idOf(latheId, raisedFromMs)).lean<BlackBoxDocument>().exec();
    if (!found) return null;
    const columns = await unpack(found.data.buffer, found.ticks);
    return { ...columns, ...(found.lostUntil ? { lostUntilMs: found.lostUntil.getTime() } : {}) };
  }

  /** Those of `latheIds` of which nothing is kept yet. */
  async missingAmong(latheIds: readonly string[], raisedFromMs: number): Promise<string[]> {
    const _id = { $in: latheIds.map((latheId) => idOf(latheId, raisedFromMs)) };
    const found = await this.boxes.find({ _id }, { _id: 1 }).lean<{ _id: string }[]>().exec();
    const kept = new Set(found.map((box) => box._id));
    return latheIds.filter((latheId) => !kept.has(idOf(latheId, raisedFromMs)));
  }

  /** Keeps it, unless another worker has been quicker. */
  async keep(latheId: string, raisedFromMs: number, { lostUntilMs, ...columns }: BlackBox, cutAt: Date): Promise<void> {
    const lost = lostUntilMs === undefined ? {} : { lostUntil: new Date(lostUntilMs) };
    const data = await pack(columns);
    const expiresAt = new Date(this.expiryMs(raisedFromMs));
    const box = { _id: idOf(latheId, raisedFromMs), ticks: columns.t.length, data, ...lost, cutAt, expiresAt };
    try {
      await this.boxes.collection.insertOne(box as never);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
