import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { MaintenanceWindowDocument, type WindowState } from './maintenance-window.schema.js';

export type MaintenanceWindow = MaintenanceWindowDocument;

const BARE = { _id: 0 } as const;
const OPEN: WindowState[] = ['planned', 'active'];

@Injectable()
export class MaintenanceWindowsRepository {
  constructor(
    @InjectModel(MaintenanceWindowDocument.name) private readonly windows: Model<MaintenanceWindowDocument>,
  ) {}

  async ready(): Promise<void> {
    await this.windows.init();
  }

  async insert(window: MaintenanceWindow): Promise<void> {
    await this.windows.create(window);
  }

  async find(latheId: string, id: string): Promise<MaintenanceWindow | null> {
    return this.windows.findOne({ latheId, id }, BARE).lean<MaintenanceWindow>().exec();
  }

  /** Planned and active windows, by start. */
  async listOpen(latheIds?: readonly string[]): Promise<MaintenanceWindow[]> {
    const filter = { state: { $in: OPEN }, ...(latheIds ? { latheId: { $in: [...latheIds] } } : {}) };
    return this.windows.find(filter, BARE).sort({ start: 1 }).lean<MaintenanceWindow[]>().exec();
  }

  /** The window of a lathe that ended last since `since`, of those that `plannedBy` did not make. */
  async findLastEndedNotBy(latheId: string, plannedBy: string, since: Date): Promise<MaintenanceWindow | null> {
    return this.windows
      .findOne({ latheId, state: 'ended', end: { $gte: since }, plannedBy: { $ne: plannedBy } }, BARE)
      .sort({ end: -1 })
      .lean<MaintenanceWindow>()
      .exec();
  }

  /** Changes a window that is in state `from`, as one step. @returns false where it is not, or another one is active there */
  async change(id: string, from: WindowState, to: Partial<MaintenanceWindow>): Promise<boolean> {
    try {
      return (await this.windows.updateOne({ id, state: from }, { $set: to }).exec()).modifiedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async withdraw(id: string): Promise<void> {
    await this.windows.deleteOne({ id }).exec();
  }
}
