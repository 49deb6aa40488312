import { Injectable, Logger } from '@nestjs/common';
import { type Alarm, type AlarmEvent, applyTransition, newAlarm, transitionFor } from '#domain/alarms/alarm.js';
import type { AlarmState } from '#domain/contract/enums.js';
import { BlackBoxQueue } from '../black-box/black-box-queue.js';
import { NotFoundError } from '../common/errors.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import { AlarmsRepository } from './alarms.repository.js';
import { LatheInterlock } from './lathe-interlock.js';
import { pointOf, type StoredAlarm, type StoredTransition, toAlertDto } from './stored-alarm.js';

export interface TransitionExtras {
  stop?: boolean;
  requestKey?: string;
}

/** An event for the alarm as it is, or null where nothing is to be done. May throw to refuse. */
export type Decision = (alarm: Alarm) => AlarmEvent | null;

/**
 * The one way in which an alarm changes: decide on its newest state, append, act, publish, note that it is published.
 * Whoever dies in between leaves the transition unpublished, and `catchUp` does the rest once more.
 */
@Injectable()
export class AlarmJournal {
  private readonly logger = new Logger(AlarmJournal.name);

  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly events: EventBus,
    private readonly touched: LatheTouch,
    private readonly interlock: LatheInterlock,
    private readonly blackBoxes: BlackBoxQueue,
  ) {}

  /** @throws NotFoundError `alert_not_found`, and what `decide` and the state machine throw */
  async recordById(id: string, decide: Decision, extras: TransitionExtras = {}): Promise<StoredAlarm> {
    const stored = await this.alarms.get(id);
    if (!stored || stored.alarm.n === 0) throw new NotFoundError('alert', id);
    return this.record(stored, decide, extras);
  }

  /** @returns the alarm after the event; as it is where there was nothing to do */
  async record(known: StoredAlarm, decide: Decision, extras: TransitionExtras = {}): Promise<StoredAlarm> {
    let stored = known;
    for (;;) {
      const event = decide(stored.alarm);
      if (!event) return stored;
      const transition = transitionOf(stored, event, extras);
      const next = await this.alarms.append(stored, transition);
      if (next) {
        await this.finishOrLeave(next, transition);
        return next;
      }
      stored = (await this.alarms.get(stored.id)) ?? stored; // another writer was first: decide again on what it left
    }
  }

  /** Finishes transitions from before `until` that were left unpublished. @returns how many */
  async catchUp(until: Date): Promise<number> {
    const left = await this.alarms.listUnpublished(until);
    for (const transition of left) {
      const stored = await this.alarms.get(transition.alertId);
      if (stored) await this.finish(stored, transition);
    }
    return left.length;
  }

  /** The alarm as it was right after its transition `n`. */
  async asOf(stored: StoredAlarm, n: number): Promise<StoredAlarm> {
    const history = await this.alarms.listTransitions(stored.id);
    const past = history.filter((transition) => transition.n <= n);
    return { ...stored, alarm: past.reduce(applyTransition, newAlarm(originOf(stored.alarm))) };
  }

  /** What was decided stands, whatever the bus says: an outage only delays the news. */
  private async finishOrLeave(stored: StoredAlarm, transition: StoredTransition): Promise<void> {
    try {
      await this.finish(stored, transition);
    } catch (error) {
      this.logger.warn(`alert ${stored.id} transition ${transition.n} is published later: ${(error as Error).message}`);
    }
  }

  private async finish(stored: StoredAlarm, transition: StoredTransition): Promise<void> {
    if (transition.stop) await this.interlock.stop(stored, transition);
    await this.events.publish('alert', toAlertDto(stored), `alert:${stored.id}:${transition.n}`);
    if (begins(stored, transition)) await this.blackBoxes.add(stored.id, transition.atMs, Date.now());
    await this.alarms.markPublished(transition);
    this.touched.touch(stored.latheId);
  }
}

/** An alarm is raised for the first time, or silenced before it ever was. */
const begins = ({ alarm }: StoredAlarm, { n, atMs, event }: StoredTransition): boolean =>
  n === 1 || (event === 'limitExceeded' && alarm.raisedAtMs === atMs);

/** In these states nothing that an alarm would do happens: its sensor is being worked on, or the lathe stands anyway. */
const HARMLESS: readonly AlarmState[] = ['suppressed', 'outOfService'];

function transitionOf(stored: StoredAlarm, event: AlarmEvent, { stop, ...extras }: TransitionExtras): StoredTransition {
  const transition = transitionFor(stored.alarm, event);
  const acts = stop && !HARMLESS.includes(transition.to) ? { stop } : {};
  return { ...transition, alertId: stored.id, point: pointOf(stored), ...extras, ...acts };
}

const originOf = ({ isManual, isLatching }: Alarm) => ({ isManual, isLatching });
