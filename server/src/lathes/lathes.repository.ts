import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { PatchLatheDto } from '#domain/contract/lathe.js';
import type { MachineSnapshot } from '#domain/machining/machine-state.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { LatheDocument, type Release } from './lathe.schema.js';

/** A lathe as its keepers know it, without the machine's inner state. */
export type Lathe = Omit<LatheDocument, 'machine'>;

const WITHOUT_MACHINE = { _id: 0, machine: 0 } as const;

@Injectable()
export class LathesRepository {
  constructor(@InjectModel(LatheDocument.name) private readonly lathes: Model<LatheDocument>) {}

  /** Every lathe or those of `ids`, in the order of tick frames. */
  async list(ids?: readonly string[]): Promise<Lathe[]> {
    const filter = ids ? { id: { $in: [...ids] } } : {};
    return this.lathes.find(filter, WITHOUT_MACHINE).sort({ index: 1 }).lean<Lathe[]>().exec();
  }

  async listLocked(): Promise<Lathe[]> {
    return this.lathes.find({ locked: true }, WITHOUT_MACHINE).lean<Lathe[]>().exec();
  }

  async find(id: string): Promise<Lathe | null> {
    return this.lathes.findOne({ id }, WITHOUT_MACHINE).lean<Lathe>().exec();
  }

  /** Adds those that are not there yet; several copies may do so at once. */
  async addMissing(lathes: readonly Lathe[]): Promise<void> {
    if (lathes.length === 0) return;
    await this.lathes.init(); // the unique index is what keeps two copies from adding one lathe twice
    const operations = lathes.map((lathe) => ({
      updateOne: { filter: { id: lathe.id }, update: { $setOnInsert: lathe }, upsert: true },
    }));
    try {
      await this.lathes.bulkWrite(operations, { ordered: false });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another copy was first
    }
  }

  async patch(id: string, patch: PatchLatheDto, at: Date): Promise<Lathe | null> {
    const { limits, ...fields } = patch;
    const set: Record<string, unknown> = { ...fields, updatedAt: at };
    for (const [name, value] of Object.entries(limits ?? {})) set[`limits.${name}`] = value;
    return this.lathes
      .findOneAndUpdate({ id }, { $set: set }, { returnDocument: 'after', projection: WITHOUT_MACHINE })
      .lean<Lathe>()
      .exec();
  }

  /** @returns false where it was locked already: the first cause stays */
  async lock(id: string, alertId: string, at: Date): Promise<boolean> {
    const lock = { locked: true, lockedBy: alertId, lockedAt: at, updatedAt: at };
    return (await this.lathes.updateOne({ id, locked: false }, { $set: lock }).exec()).modifiedCount === 1;
  }

  /** Opens a lock that was set before `until`: one set since then has another cause. */
  async unlock(id: string, until: Date): Promise<boolean> {
    const change = { $set: { locked: false, updatedAt: new Date() }, $unset: { lockedBy: 1, lockedAt: 1 } } as const;
    const filter = { id, locked: true, lockedAt: { $lte: until } };
    return (await this.lathes.updateOne(filter, change).exec()).modifiedCount === 1;
  }

  /** Opens the lock of `released.alertId` and keeps who did so and why. @returns false where that lock is gone already */
  async release(id: string, released: Release): Promise<boolean> {
    const change = {
      $set: { locked: false, released, updatedAt: released.at },
      $unset: { lockedBy: 1, lockedAt: 1 },
    } as const;
    const lock = { id, locked: true, ...(released.alertId ? { lockedBy: released.alertId } : {}) };
    return (await this.lathes.updateOne(lock, change).exec()).modifiedCount === 1;
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.lathes.updateOne({ id }, { $set: { updatedAt: at } }).exec();
  }

  async loadMachine(id: string): Promise<MachineSnapshot | null> {
    const found = await this.lathes
      .findOne({ id }, { _id: 0, machine: 1 })
      .lean<Pick<LatheDocument, 'machine'>>()
      .exec();
    return found?.machine ?? null;
  }

  async saveMachine(id: string, machine: MachineSnapshot): Promise<void> {
    await this.lathes.updateOne({ id }, { $set: { machine } }).exec();
  }
}
