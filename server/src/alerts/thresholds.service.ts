import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { pointKey } from '#domain/alarms/rules.js';
import { assertThresholds } from '#domain/alarms/threshold-check.js';
import type { Threshold } from '#domain/contract/alert.js';
import { LathesService } from '../lathes/lathes.service.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { AlertsService } from './alerts.service.js';
import { ThresholdsDocument } from './thresholds.schema.js';

/** Says the id of a lathe whose limits have changed. */
export const THRESHOLDS_CHANNEL = 'ba:thresholds';

@Injectable()
export class ThresholdsService {
  constructor(
    @InjectModel(ThresholdsDocument.name) private readonly stored: Model<ThresholdsDocument>,
    private readonly lathes: LathesService,
    private readonly alerts: AlertsService,
    private readonly redis: RedisService,
  ) {}

  /** The limits of a lathe; the defaults where nobody has set any. @throws NotFoundError `lathe_not_found` */
  async get(idText: string): Promise<readonly Threshold[]> {
    const { id } = await this.lathes.get(idText);
    return this.load(id);
  }

  async load(latheId: string): Promise<readonly Threshold[]> {
    const found = await this.stored.findOne({ latheId }).lean<ThresholdsDocument>().exec();
    return found?.thresholds ?? DEFAULT_THRESHOLDS;
  }

  /** The limits of several lathes. */
  async loadMany(latheIds: readonly string[]): Promise<Map<string, readonly Threshold[]>> {
    if (latheIds.length === 0) return new Map();
    const found = await this.stored
      .find({ latheId: { $in: [...latheIds] } })
      .lean<ThresholdsDocument[]>()
      .exec();
    const own = new Map(found.map(({ latheId, thresholds }) => [latheId, thresholds]));
    return new Map(latheIds.map((latheId) => [latheId, own.get(latheId) ?? DEFAULT_THRESHOLDS]));
  }

  /**
   * Sets all limits of a lathe; alarms of limits that are gone return.
   * @throws NotFoundError `lathe_not_found`, ThresholdsInvalidError
   */
  async replace(idText: string, thresholds: Threshold[], updatedBy: string, at: Date): Promise<readonly Threshold[]> {
    const { id: latheId } = await this.lathes.get(idText);
    assertThresholds(thresholds);
    const set = { thresholds, updatedAt: at, updatedBy };
    await this.stored.updateOne({ latheId }, { $set: set }, { upsert: true }).exec();
    await this.redis.client.publish(THRESHOLDS_CHANNEL, latheId);
    const watched = new Set(thresholds.map(({ type, channel }) => pointKey(type, channel)));
    await this.alerts.limitsChanged(latheId, at.getTime(), watched);
    return thresholds;
  }
}
