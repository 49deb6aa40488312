import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { pointKey } from '#domain/alarms/rules.js';
import { assertThresholds } from '#domain/alarms/threshold-check.js';
import type { Threshold } from '#domain/contract/alert.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { LathesService } from '../lathes/lathes.service.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { LimitsChangedError } from './alerts.errors.js';
import { AlertsService } from './alerts.service.js';
import { ThresholdsDocument } from './thresholds.schema.js';

/** Says the id of a lathe whose limits have changed. */
export const THRESHOLDS_CHANNEL = 'ba:thresholds';

/** Limits with the name of this very edition of them; equal limits have equal names. */
export interface LimitsEdition {
  thresholds: readonly Threshold[];
  edition: string;
}

@Injectable()
export class ThresholdsService {
  constructor(
    @InjectModel(ThresholdsDocument.name) private readonly stored: Model<ThresholdsDocument>,
    private readonly lathes: LathesService,
    private readonly alerts: AlertsService,
    private readonly redis: RedisService,
  ) {}

  /** The limits of a lathe; the defaults where nobody has set any. @throws NotFoundError `lathe_not_found` */
  async get(idText: string): Promise<LimitsEdition> {
    const { id } = await this.lathes.get(idText);
    return editionOf(await this.load(id));
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
   * @param isKnown - whether the caller has seen the edition that is about to be replaced
   * @throws NotFoundError `lathe_not_found`, ThresholdsInvalidError, LimitsChangedError where the caller has not
   */
  async replace(
    idText: string,
    thresholds: Threshold[],
    updatedBy: string,
    at: Date,
    isKnown: (edition: string) => boolean = () => true,
  ): Promise<LimitsEdition> {
    const { id: latheId } = await this.lathes.get(idText);
    assertThresholds(thresholds);
    while (!(await this.replaceKnown({ latheId, thresholds, updatedBy, updatedAt: at }, isKnown)));
    await this.redis.client.publish(THRESHOLDS_CHANNEL, latheId);
    const watched = new Set(thresholds.map(({ type, channel }) => pointKey(type, channel)));
    await this.alerts.limitsChanged(latheId, at.getTime(), watched);
    return editionOf(thresholds);
  }

  /** @returns false where somebody else has set them in between. @throws LimitsChangedError */
  private async replaceKnown(next: ThresholdsDocument, isKnown: (edition: string) => boolean): Promise<boolean> {
    const { latheId, ...limits } = next;
    await this.stored.init(); // its unique index is what keeps two managers from setting the first limits at once
    const present = await this.stored.findOne({ latheId }).lean<ThresholdsDocument>().exec();
    const { edition } = editionOf(present?.thresholds ?? DEFAULT_THRESHOLDS);
    if (!isKnown(edition)) throw new LimitsChangedError(latheId, present ?? undefined);
    if (present) {
      const updatedAt = new Date(Math.max(limits.updatedAt.getTime(), present.updatedAt.getTime() + 1));
      const unchanged = { latheId, updatedAt: present.updatedAt };
      return (await this.stored.updateOne(unchanged, { $set: { ...limits, updatedAt } }).exec()).matchedCount === 1;
    }
    try {
      await this.stored.create(next);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

function editionOf(thresholds: readonly Threshold[]): LimitsEdition {
  const edition = createHash('sha256').update(JSON.stringify(thresholds)).digest('base64url').slice(0, 22);
  return { thresholds, edition };
}
