import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import type { DeliveryState } from '#domain/contract/notification.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import type { Delivery } from './delivery.js';
import { DeliveryDocument } from './delivery.schema.js';

@Injectable()
export class DeliveriesRepository {
  constructor(@InjectModel(DeliveryDocument.name) private readonly deliveries: Model<DeliveryDocument>) {}

  /** @returns false where it is known already */
  async add(delivery: Delivery): Promise<boolean> {
    try {
      await this.deliveries.create(delivery);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async find(id: string): Promise<Delivery | null> {
    return this.deliveries.findById(id).lean<Delivery>().exec();
  }

  async beginAttempt(id: string, summary: string): Promise<void> {
    await this.deliveries.updateOne({ _id: id }, { $set: { state: 'sending', summary }, $inc: { attempts: 1 } }).exec();
  }

  async delivered(id: string, at: Date): Promise<void> {
    await this.deliveries
      .updateOne({ _id: id }, { $set: { state: 'delivered', deliveredAt: at }, $unset: { error: 1 } })
      .exec();
  }

  async leave(id: string, state: DeliveryState, error: string): Promise<void> {
    await this.deliveries.updateOne({ _id: id }, { $set: { state, error } }).exec();
  }

  async hold(id: string, digestId: string): Promise<void> {
    await this.deliveries.updateOne({ _id: id }, { $set: { state: 'held', digestId } }).exec();
  }

  /** Takes what is held for a digest into it. @returns all that is in it, the most urgent first */
  async gather(digestId: string, most: number): Promise<{ byPriority: Record<string, number>; first: Delivery[] }> {
    await this.deliveries.updateMany({ digestId, state: 'held' }, { $set: { state: 'digested' } }).exec();
    const counts = await this.deliveries
      .aggregate<{ _id: number; count: number }>([
        { $match: { digestId, state: 'digested' } },
        { $group: { _id: '$priority', count: { $sum: 1 } } },
      ])
      .exec();
    const first = this.deliveries.find({ digestId, state: 'digested' }).sort({ priority: 1, createdAt: 1 }).limit(most);
    const sorted = counts.sort((a, b) => a._id - b._id);
    const byPriority = Object.fromEntries(sorted.map(({ _id, count }) => [String(_id), count]));
    return { byPriority, first: await first.lean<Delivery[]>().exec() };
  }

  /** What should have been sent by `before` and was not. */
  async listOverdue(before: Date, limit: number): Promise<Delivery[]> {
    const query: QueryFilter<DeliveryDocument> = {
      state: { $in: ['waiting', 'sending', 'retrying'] },
      dueAt: { $lt: before },
    };
    return this.deliveries.find(query).sort({ dueAt: 1 }).limit(limit).lean<Delivery[]>().exec();
  }

  /** Held ones whose digest went without them wait anew. */
  async releaseForgotten(before: Date): Promise<void> {
    await this.deliveries.updateMany({ state: 'held', dueAt: { $lt: before } }, { $set: { state: 'waiting' } }).exec();
  }

  /** Newest first. */
  async page(
    filter: { channelId?: string; state?: DeliveryState },
    limit: number,
    after?: { createdAt: Date; id: string },
  ): Promise<Delivery[]> {
    const query: QueryFilter<DeliveryDocument> = { ...filter };
    if (after) {
      const { createdAt, id } = after;
      query.$or = [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }];
    }
    return this.deliveries.find(query).sort({ createdAt: -1, _id: -1 }).limit(limit).lean<Delivery[]>().exec();
  }
}
