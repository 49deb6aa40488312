import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type QueryFilter, Types } from 'mongoose';
import { type AlarmOrigin, applyTransition, newAlarm } from '#domain/alarms/alarm.js';
import { isOpen } from '#domain/alarms/alarm-state.js';
import { ALARM_STATES, type AlarmState, type AlertType } from '#domain/contract/enums.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { AlertDocument } from './alert.schema.js';
import { AlertTransitionDocument } from './alert-transition.schema.js';
import {
  type AlarmSubject,
  fromAlertDocument,
  fromTransitionDocument,
  type StoredAlarm,
  type StoredTransition,
  stateFields,
  toTransitionDocument,
} from './stored-alarm.js';

export interface AlarmFilter {
  state?: AlarmState;
  open?: boolean;
  priority?: number;
  latheId?: string;
  type?: AlertType;
  from?: Date;
  to?: Date;
}

/** Place in the list, newest first: everything older than this alert comes next. */
export interface AlarmCursor {
  timestamp: Date;
  id: string;
}

@Injectable()
export class AlarmsRepository {
  constructor(
    @InjectModel(AlertDocument.name) private readonly alerts: Model<AlertDocument>,
    @InjectModel(AlertTransitionDocument.name) private readonly history: Model<AlertTransitionDocument>,
  ) {}

  /** Begins an instance without transitions. @returns null where the subject's slot has an open instance already */
  async open(subject: AlarmSubject, origin: AlarmOrigin, atMs: number): Promise<StoredAlarm | null> {
    const id = new Types.ObjectId().toHexString();
    const stored: StoredAlarm = { ...subject, id, openedAtMs: atMs, alarm: newAlarm(origin) };
    const { latheId, jobId, type, channel, toolNo, slot } = subject;
    await this.alerts.init(); // its unique index is what keeps two writers from opening one slot
    try {
      const identity = { _id: id, lathe_id: latheId, job_id: jobId, alert_type: type, channel, tool_no: toolNo, slot };
      await this.alerts.create({ ...identity, ...origin, ...stateFields(stored) });
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    return stored;
  }

  /** The instance as all its transitions make it, also those that a dead writer did not carry over. */
  async get(id: string): Promise<StoredAlarm | null> {
    const document = await this.alerts.findById(id).lean<AlertDocument>().exec();
    return document ? this.caughtUp(document) : null;
  }

  async findOpen(slot: string): Promise<StoredAlarm | null> {
    const document = await this.alerts.findOne({ slot, open: true }).lean<AlertDocument>().exec();
    if (!document) return null;
    const stored = await this.caughtUp(document);
    return stateFields(stored).open ? stored : null;
  }

  /** Whether an alarm of this subject was raised or became more urgent by what happened at `atMs`, whatever has become of it since. */
  async hasRisen({ slot }: AlarmSubject, atMs: number): Promise<boolean> {
    const raised = await this.history
      .find({ at: new Date(atMs), event: { $in: ['limitExceeded', 'priorityRaised'] } }, { alertId: 1 })
      .lean()
      .exec();
    if (raised.length === 0) return false;
    return (await this.alerts.exists({ _id: { $in: raised.map(({ alertId }) => alertId) }, slot }).exec()) !== null;
  }

  /** Open instances of a lathe that have been raised. */
  async listOpen(latheId: string): Promise<StoredAlarm[]> {
    const documents = await this.alerts.find({ lathe_id: latheId, open: true }).lean<AlertDocument[]>().exec();
    const alarms = await Promise.all(documents.map((document) => this.caughtUp(document)));
    return alarms.filter((stored) => stored.alarm.n > 0 && stateFields(stored).open);
  }

  /** Open instances as last written, which may be a transition behind: enough to see where something is to be done. */
  async glanceOpen(wish: {
    latheId?: string;
    types?: readonly AlertType[];
    state?: AlarmState;
  }): Promise<StoredAlarm[]> {
    const query: QueryFilter<AlertDocument> = { open: true };
    if (wish.latheId) query.lathe_id = wish.latheId;
    if (wish.types) query.alert_type = { $in: [...wish.types] };
    if (wish.state) query.state = wish.state;
    return (await this.alerts.find(query).lean<AlertDocument[]>().exec()).map(fromAlertDocument);
  }

  /**
   * Compare-and-set: appends a transition as number n of its alert.
   * @returns the alarm after it, or null where somebody else has appended that number first
   */
  async append(stored: StoredAlarm, transition: StoredTransition): Promise<StoredAlarm | null> {
    await this.history.init(); // its unique index is what compares before it sets
    try {
      await this.history.create(toTransitionDocument(transition));
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    const next = { ...stored, alarm: applyTransition(stored.alarm, transition) };
    await this.saveState(next);
    return next;
  }

  async listTransitions(alertId: string, afterN = 0): Promise<StoredTransition[]> {
    const found = this.history.find({ alertId, n: { $gt: afterN } }).sort({ n: 1 });
    return (await found.lean<AlertTransitionDocument[]>().exec()).map(fromTransitionDocument);
  }

  async findByRequest(requestKey: string): Promise<StoredTransition | null> {
    const document = await this.history.findOne({ requestKey }).lean<AlertTransitionDocument>().exec();
    return document ? fromTransitionDocument(document) : null;
  }

  /** Oldest transitions from before `until` whose event has not reached the bus. */
  async listUnpublished(until: Date, limit = 500): Promise<StoredTransition[]> {
    const found = this.history.find({ published: false, at: { $lte: until } }).limit(limit);
    const documents = await found.lean<AlertTransitionDocument[]>().exec();
    return documents.sort((a, b) => a.at.getTime() - b.at.getTime() || a.n - b.n).map(fromTransitionDocument);
  }

  async markPublished({ alertId, n }: StoredTransition): Promise<void> {
    const cheaply = { writeConcern: { w: 1 } } as const; // losing it costs a second try, which the bus sees through
    await this.history.updateOne({ alertId, n }, { $set: { published: true } }, cheaply).exec();
  }

  async list(filter: AlarmFilter, after: AlarmCursor | undefined, limit: number): Promise<StoredAlarm[]> {
    const { state, open, priority, latheId, type, from, to } = filter;
    const query: QueryFilter<AlertDocument> = { n: { $gt: 0 } };
    if (state) query.state = state;
    // By states rather than by the flag, so that the index of states and times finds the few among all that are over.
    if (open !== undefined)
      query.state = { $in: ALARM_STATES.filter((s) => isOpen(s) === open && (!state || s === state)) };
    if (priority) query.priority = priority;
    if (latheId) query.lathe_id = latheId;
    if (type) query.alert_type = type;
    if (from || to) query.timestamp = { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) };
    if (after) {
      const { timestamp, id } = after;
      query.$or = [{ timestamp: { $lt: timestamp } }, { timestamp, _id: { $lt: id } }];
    }
    const found = this.alerts.find(query).sort({ timestamp: -1, _id: -1 }).limit(limit);
    return (await found.lean<AlertDocument[]>().exec()).map(fromAlertDocument);
  }

  /** Lathes with an alarm that was raised first from `from` on and before `to`. */
  async lathesRaising(from: Date, to: Date): Promise<string[]> {
    const raised = { timestamp: { $gte: from, $lt: to }, n: { $gt: 0 } };
    const found = await this.alerts.find(raised, { lathe_id: 1 }).lean<Pick<AlertDocument, 'lathe_id'>[]>().exec();
    return [...new Set(found.map(({ lathe_id }) => lathe_id))];
  }

  /** Ids of shelved alarms whose time is over. */
  async listExpiredShelves(now: Date): Promise<string[]> {
    const found = this.alerts.find({ state: 'shelved', shelvedUntil: { $lte: now } }, { _id: 1 });
    return (await found.lean<{ _id: string }[]>().exec()).map(({ _id }) => _id);
  }

  /** Number of alerts in one of `states` for each lathe that has any. */
  async countByLathe(states: readonly AlarmState[], latheIds?: readonly string[]): Promise<Map<string, number>> {
    const $match = {
      ...{ open: true, n: { $gt: 0 }, state: { $in: [...states] } },
      ...(latheIds ? { lathe_id: { $in: [...latheIds] } } : {}),
    };
    const $group = { _id: '$lathe_id', count: { $sum: 1 } };
    const counts = await this.alerts.aggregate<{ _id: string; count: number }>([{ $match }, { $group }]).exec();
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }

  private async caughtUp(document: AlertDocument): Promise<StoredAlarm> {
    const stored = fromAlertDocument(document);
    const missing = await this.listTransitions(stored.id, stored.alarm.n);
    if (missing.length === 0) return stored;
    const next = { ...stored, alarm: missing.reduce(applyTransition, stored.alarm) };
    await this.saveState(next);
    return next;
  }

  /** Writes the fold; an older one never overwrites a newer one. */
  private async saveState(stored: StoredAlarm): Promise<void> {
    const set: Record<string, unknown> = {};
    const unset: Record<string, 1> = {};
    for (const [name, value] of Object.entries(stateFields(stored))) {
      if (value === undefined) unset[name] = 1;
      else set[name] = value;
    }
    const filter = { _id: stored.id, n: { $lt: stored.alarm.n } };
    await this.alerts.updateOne(filter, { $set: set, $unset: unset }).exec();
  }
}
