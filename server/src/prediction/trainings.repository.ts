import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { TrainingDto } from '#domain/contract/prediction-model.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { TrainingDocument } from './training.schema.js';

const LISTED = 20;

/** What changes while a training goes on. */
export type TrainingChange = Partial<
  Pick<
    TrainingDocument,
    'state' | 'stage' | 'progress' | 'rows' | 'failures' | 'version' | 'problem' | 'endedAt' | 'open'
  >
>;

@Injectable()
export class TrainingsRepository {
  constructor(@InjectModel(TrainingDocument.name) private readonly trainings: Model<TrainingDocument>) {}

  /** @returns false where another one is under way */
  async add(training: TrainingDocument): Promise<boolean> {
    await this.trainings.init(); // the unique index must stand before the first entry
    try {
      await this.trainings.create(training);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Newest first. */
  list(): Promise<TrainingDocument[]> {
    return this.trainings
      .find({}, { _id: 0 })
      .sort({ requestedAt: -1 })
      .limit(LISTED)
      .lean<TrainingDocument[]>()
      .exec();
  }

  find(trainingId: string): Promise<TrainingDocument | null> {
    return this.trainings.findOne({ trainingId }, { _id: 0 }).lean<TrainingDocument>().exec();
  }

  findOpen(): Promise<TrainingDocument | null> {
    return this.trainings.findOne({ open: true }, { _id: 0 }).lean<TrainingDocument>().exec();
  }

  /** @returns the training after the change; null where it is over already */
  change(trainingId: string, change: TrainingChange): Promise<TrainingDocument | null> {
    return this.trainings
      .findOneAndUpdate(
        { trainingId, open: true },
        { $set: change },
        { returnDocument: 'after', projection: { _id: 0 } },
      )
      .lean<TrainingDocument>()
      .exec();
  }

  /** @returns the training; null where it is over already */
  callOff(trainingId: string): Promise<TrainingDocument | null> {
    return this.trainings
      .findOneAndUpdate(
        { trainingId, open: true },
        { $set: { isCalledOff: true } },
        { returnDocument: 'after', projection: { _id: 0 } },
      )
      .lean<TrainingDocument>()
      .exec();
  }
}

export function toTrainingDto({
  requestedAt,
  endedAt,
  isCalledOff: _,
  open: __,
  tools: ___,
  ...training
}: TrainingDocument): TrainingDto {
  return {
    ...training,
    requestedAt: requestedAt.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
  };
}
