import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Channel } from './channel.js';
import { ChannelDocument } from './channel.schema.js';

@Injectable()
export class ChannelsRepository {
  constructor(@InjectModel(ChannelDocument.name) private readonly channels: Model<ChannelDocument>) {}

  async list(): Promise<Channel[]> {
    return this.channels.find({}).sort({ createdAt: 1, _id: 1 }).lean<Channel[]>().exec();
  }

  async listEnabled(): Promise<Channel[]> {
    return this.channels.find({ enabled: true }).lean<Channel[]>().exec();
  }

  async find(id: string): Promise<Channel | null> {
    return this.channels.findById(id).lean<Channel>().exec();
  }

  async add(channel: Channel): Promise<void> {
    await this.channels.create(channel);
  }

  /** @param change - a field without value is removed. @returns the channel after it, null where there is none */
  async change(id: string, change: Partial<Channel>): Promise<Channel | null> {
    const set: Record<string, unknown> = {};
    const unset: Record<string, 1> = {};
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) unset[name] = 1;
      else set[name] = value;
    }
    const update = { $set: set, ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}) };
    return this.channels.findByIdAndUpdate(id, update, { returnDocument: 'after' }).lean<Channel>().exec();
  }

  /** @returns whether there was such a channel */
  async remove(id: string): Promise<boolean> {
    return (await this.channels.deleteOne({ _id: id }).exec()).deletedCount === 1;
  }
}
