import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { ModelDocument } from './model.schema.js';

export type StoredModel = Omit<ModelDocument, 'files'>;

const WITHOUT_FILES = { files: 0, _id: 0 } as const;

@Injectable()
export class ModelsRepository {
  constructor(@InjectModel(ModelDocument.name) private readonly models: Model<ModelDocument>) {}

  /** Without their files, in the order in which they were registered. */
  list(): Promise<StoredModel[]> {
    return this.models
      .find({}, WITHOUT_FILES)
      .sort({ registeredAt: 1, name: 1, version: 1 })
      .lean<StoredModel[]>()
      .exec();
  }

  find(name: string, version: string): Promise<ModelDocument | null> {
    return this.models.findOne({ name, version }, { _id: 0 }).lean<ModelDocument>().exec();
  }

  /** @returns false where that version is taken */
  async add(model: ModelDocument): Promise<boolean> {
    await this.models.init(); // the unique index must stand before the first entry
    try {
      await this.models.create(model);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Takes the files of a version whose folder has been written anew. */
  async replace({ name, version, summary, sha256, files }: ModelDocument): Promise<void> {
    await this.models.updateOne({ name, version }, { $set: { summary, sha256, files } }).exec();
  }

  /** Activated last; null where none is. */
  active(): Promise<StoredModel | null> {
    return this.models
      .findOne({ activeSince: { $exists: true } }, WITHOUT_FILES)
      .sort({ activeSince: -1 })
      .lean<StoredModel>()
      .exec();
  }

  challenger(): Promise<StoredModel | null> {
    return this.models
      .findOne({ challengerSince: { $exists: true } }, WITHOUT_FILES)
      .sort({ challengerSince: -1 })
      .lean<StoredModel>()
      .exec();
  }

  async activate(name: string, version: string, at: Date): Promise<void> {
    await this.models
      .updateOne({ name, version }, { $set: { activeSince: at }, $unset: { challengerSince: 1 } })
      .exec();
  }

  /** Takes an activation back, unless it has been renewed since. @returns whether it was there */
  async takeBack({ name, version, activeSince }: StoredModel, at: Date): Promise<boolean> {
    const change = { $unset: { activeSince: 1 }, $set: { takenBackAt: at } };
    const result = await this.models.updateOne({ name, version, activeSince }, change).exec();
    return result.modifiedCount === 1;
  }

  /** Lets one version judge beside the active one; null: none. */
  async challenge(chosen: { name: string; version: string } | null, at: Date): Promise<void> {
    if (chosen) await this.models.updateOne(chosen, { $set: { challengerSince: at } }).exec();
    const others = chosen ? { challengerSince: { $exists: true, $lt: at } } : { challengerSince: { $exists: true } };
    await this.models.updateMany(others, { $unset: { challengerSince: 1 } }).exec();
  }
}
