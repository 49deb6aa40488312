import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { CounterDocument } from './job.schema.js';

/** Numbers jobs within their day, without a double whoever asks at the same time. */
@Injectable()
export class JobNumbers {
  constructor(@InjectModel(CounterDocument.name) private readonly counters: Model<CounterDocument>) {}

  /** The next `JOB_YYYYMMDD_NNN` of the UTC day of `at`; the number has three digits or more. */
  async next(at: Date): Promise<string> {
    const day = at.toISOString().slice(0, 10).replaceAll('-', '');
    const n = await this.increment(`jobs-${day}`);
    return `JOB_${day}_${String(n).padStart(3, '0')}`;
  }

  private async increment(series: string): Promise<number> {
    try {
      const counter = await this.counters
        .findOneAndUpdate({ _id: series }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' })
        .lean<CounterDocument>()
        .exec();
      return counter.n;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.increment(series); // two were the first of the day: the counter is there now
    }
  }
}
