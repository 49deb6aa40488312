import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { FloodAlarm } from '#domain/alarms/flood.js';
import type { CountedTransition } from '#domain/alarms/tally.js';
import { AlertTransitionDocument } from './alert-transition.schema.js';

type Counted = Pick<AlertTransitionDocument, 'alertId' | 'point' | 'at' | 'event' | 'to' | 'priority'>;

const COUNTED = { _id: 0, alertId: 1, point: 1, at: 1, event: 1, to: 1, priority: 1 } as const;
/** An alarm is raised and people are told of it. */
const ANNUNCIATION = { event: 'limitExceeded', to: 'unacknowledged' } as const;

/** Transitions of all alarms in the order of time; never more of them at once than a batch of the store holds. */
@Injectable()
export class AlarmHistory {
  constructor(
    @InjectModel(AlertTransitionDocument.name) private readonly transitions: Model<AlertTransitionDocument>,
  ) {}

  /** Those from `from` on and before `to`. */
  async *between(from: Date, to: Date): AsyncGenerator<CountedTransition> {
    const found = this.transitions
      .find({ at: { $gte: from, $lt: to } }, COUNTED)
      .sort({ at: 1, alertId: 1, n: 1 })
      .lean<Counted>()
      .cursor();
    for await (const { at, ...transition } of found as AsyncIterable<Counted>) {
      yield { ...transition, atMs: at.getTime() };
    }
  }

  /** When the plant began to record alarms, null before that. */
  async beganAt(): Promise<Date | null> {
    const [first] = await this.transitions
      .find({}, { _id: 0, at: 1 })
      .sort({ at: 1 })
      .limit(1)
      .lean<Counted[]>()
      .exec();
    return first?.at ?? null;
  }

  /** Times of the newest alarms since `since`, newest first. */
  async newestRaises(since: Date, limit: number): Promise<number[]> {
    const found = this.transitions
      .find({ at: { $gte: since }, ...ANNUNCIATION }, { _id: 0, at: 1 })
      .sort({ at: -1 })
      .limit(limit);
    return (await found.lean<Counted[]>().exec()).map(({ at }) => at.getTime());
  }

  async countRaises(since: Date): Promise<number> {
    return this.transitions.countDocuments({ at: { $gte: since }, ...ANNUNCIATION }).exec();
  }

  /** Alarms raised since `since`, oldest first. */
  async *raises(since: Date): AsyncGenerator<FloodAlarm> {
    const found = this.transitions
      .find({ at: { $gte: since }, ...ANNUNCIATION }, COUNTED)
      .sort({ at: 1 })
      .lean<Counted>()
      .cursor();
    for await (const { alertId, point = '', at } of found as AsyncIterable<Counted>) {
      yield { alertId, latheId: point.split('|')[0] ?? '', atMs: at.getTime() };
    }
  }
}
