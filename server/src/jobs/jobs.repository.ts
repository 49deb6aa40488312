import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type QueryFilter, Types } from 'mongoose';
import type { JobStatus } from '#domain/contract/enums.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { JobDocument } from './job.schema.js';
import type { JobsCursor } from './jobs-cursor.js';

export type Job = JobDocument;
export type ListedJob = Omit<JobDocument, 'plan'> & { _id: Types.ObjectId };

export interface JobsFilter {
  latheId?: string;
  status?: JobStatus;
  /** StartTime not before */
  from?: Date;
  /** StartTime before */
  to?: Date;
}

const NEWEST_FIRST = { StartTime: -1, _id: -1 } as const;
const LISTED = { plan: 0, faults: 0 } as const;

@Injectable()
export class JobsRepository {
  constructor(@InjectModel(JobDocument.name) private readonly jobs: Model<JobDocument>) {}

  /** The indexes stand when this resolves: one of them is what keeps a lathe at one job. */
  async ready(): Promise<void> {
    await this.jobs.init();
  }

  /** @returns false where the lathe has an active job and this one wants to be active too */
  async insert(job: Job): Promise<boolean> {
    try {
      await this.jobs.create(job);
      return true;
    } catch (error) {
      const { code, keyPattern } = error as { code?: number; keyPattern?: Record<string, unknown> };
      if (code === 11000 && keyPattern?.['latheId']) return false;
      throw error;
    }
  }

  /** Takes back a job that nobody has been told of. */
  async withdraw(JobID: string): Promise<void> {
    await this.jobs.deleteOne({ JobID }).exec();
  }

  async find(JobID: string): Promise<Job | null> {
    return this.jobs.findOne({ JobID }, { _id: 0 }).lean<Job>().exec();
  }

  async findActive(latheId: string): Promise<ListedJob | null> {
    return this.jobs.findOne({ latheId, active: true }, LISTED).lean<ListedJob>().exec();
  }

  async listActive(latheIds?: readonly string[]): Promise<ListedJob[]> {
    const filter = latheIds ? { active: true, latheId: { $in: [...latheIds] } } : { active: true };
    return this.jobs.find(filter, LISTED).lean<ListedJob[]>().exec();
  }

  /** Waiting jobs, the longest waiting first. */
  async listWaiting(latheId?: string): Promise<ListedJob[]> {
    const filter: QueryFilter<JobDocument> = { Status: 'Queued', active: false, ...(latheId ? { latheId } : {}) };
    return this.jobs.find(filter, LISTED).sort({ createdAt: 1, _id: 1 }).lean<ListedJob[]>().exec();
  }

  /** Gives a waiting job its lathe. @returns false where it waits no more or the lathe is taken */
  async activate(JobID: string): Promise<boolean> {
    try {
      const result = await this.jobs
        .updateOne({ JobID, Status: 'Queued', active: false }, { $set: { active: true } })
        .exec();
      return result.modifiedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Takes the lathe back from a job that has not begun. */
  async deactivate(JobID: string): Promise<void> {
    await this.jobs.updateOne({ JobID, Status: 'Queued', active: true }, { $set: { active: false } }).exec();
  }

  /** Changes a job that is in one of `from`, as one step, `only` where it has its lathe. @returns the job after it, null where it was in another state */
  async change(
    JobID: string,
    from: readonly JobStatus[],
    to: Partial<Job> & { Status: JobStatus },
    only: { active?: true } = {},
  ): Promise<Job | null> {
    return this.jobs
      .findOneAndUpdate(
        { JobID, Status: { $in: [...from] }, ...only },
        { $set: { ...to, unannounced: true } },
        { returnDocument: 'after', projection: { _id: 0 } },
      )
      .lean<Job>()
      .exec();
  }

  async setProgress(JobID: string, progress: number): Promise<void> {
    await this.jobs.updateOne({ JobID, Status: 'In Progress' }, { $set: { progress } }).exec();
  }

  async listUnannounced(): Promise<ListedJob[]> {
    return this.jobs.find({ unannounced: true }, LISTED).limit(500).lean<ListedJob[]>().exec();
  }

  async markAnnounced(JobID: string, Status: JobStatus): Promise<void> {
    await this.jobs.updateOne({ JobID, Status }, { $unset: { unannounced: 1 } }).exec();
  }

  /** Up to `limit` jobs behind the cursor, newest first. */
  async page(filter: JobsFilter, limit: number, cursor?: JobsCursor): Promise<ListedJob[]> {
    const match = matchOf(filter);
    if (!cursor) return this.jobs.find(match, LISTED).sort(NEWEST_FIRST).limit(limit).lean<ListedJob[]>().exec();
    const { asOf } = cursor;
    const [placed, begunSince] = await Promise.all([
      this.jobs
        .find({ $and: [match, { StartTime: { $lte: asOf } }, behind('StartTime', cursor)] }, LISTED)
        .sort(NEWEST_FIRST)
        .limit(limit)
        .lean<ListedJob[]>()
        .exec(),
      this.jobs
        .find({ $and: [match, { StartTime: { $gt: asOf } }, behind('createdAt', cursor)] }, LISTED)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean<ListedJob[]>()
        .exec(),
    ]);
    const key = (job: ListedJob) => placeOf(job, asOf).getTime();
    return [...placed, ...begunSince]
      .sort((a, b) => key(b) - key(a) || (a._id.toHexString() < b._id.toHexString() ? 1 : -1))
      .slice(0, limit);
  }
}

/** Where a job stood in the list at `asOf`. */
export function placeOf(job: Pick<Job, 'StartTime' | 'createdAt'>, asOf: Date): Date {
  return job.StartTime > asOf ? job.createdAt : job.StartTime;
}

function behind(field: 'StartTime' | 'createdAt', { at, id }: JobsCursor): QueryFilter<JobDocument> {
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: new Types.ObjectId(id) } }] };
}

function matchOf({ latheId, status, from, to }: JobsFilter): QueryFilter<JobDocument> {
  const time = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(latheId ? { latheId } : {}),
    ...(status ? { Status: status } : {}),
    ...(from || to ? { StartTime: time } : {}),
  };
}
