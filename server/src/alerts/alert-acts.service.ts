import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { IllegalTransitionError } from '#domain/alarms/alarm.errors.js';
import type { Alarm, AlarmEvent } from '#domain/alarms/alarm.js';
import { isPlantType } from '#domain/alarms/judged-quantity.js';
import { priorityOf } from '#domain/alarms/priority.js';
import { TOOL_CHANNELS } from '#domain/alarms/tool-channels.js';
import type { AlertDto, CreateAlertSchema, ShelveAlertSchema, TakeOutOfServiceSchema } from '#domain/contract/alert.js';
import type { FieldError } from '#domain/contract/errors.js';
import { ValidationError } from '../common/errors.js';
import { LathesService } from '../lathes/lathes.service.js';
import { AlarmJournal, type TransitionExtras } from './alarm-journal.js';
import { subjectOf } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';
import { LatheInterlock } from './lathe-interlock.js';
import { toAlertDto } from './stored-alarm.js';

/** Who does something to an alert, what they say, and the request that it came with. */
export interface Act {
  actor: string;
  comment?: string;
  requestKey?: string;
  atMs: number;
}

type Wish = Omit<AlarmEvent, 'atMs' | 'actor' | 'comment'>;

/** What people may do to alerts. */
@Injectable()
export class AlertActs {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly journal: AlarmJournal,
    private readonly lathes: LathesService,
    private readonly interlock: LatheInterlock,
  ) {}

  /**
   * An alert that a person raises; with `stop` it also stops the lathe.
   * @throws NotFoundError `lathe_not_found`; ValidationError when a stop is not critical
   */
  async raise(body: z.output<typeof CreateAlertSchema>, { actor, atMs, requestKey }: Act): Promise<AlertDto> {
    const { severity, stop, message } = body;
    if (stop && severity !== 'critical') {
      throw new ValidationError([
        { path: 'stop', message: `only a critical alert can stop a lathe, this one is ${severity}` },
      ]);
    }
    const { id: latheId } = await this.lathes.get(body.latheId);
    const jobId = await this.interlock.activeJobOf(latheId);
    const subject = { latheId, type: 'MANUAL' as const, slot: `manual|${randomUUID()}`, ...(jobId ? { jobId } : {}) };
    const opened = await this.alarms.open(subject, { isManual: true, isLatching: false }, atMs);
    if (!opened) throw new Error(`slot ${subject.slot} is taken`);
    const event: AlarmEvent = { type: 'limitExceeded', atMs, actor, message, priority: priorityOf(severity) };
    return toAlertDto(await this.journal.record(opened, () => event, extrasOf({ requestKey, stop })));
  }

  /** A repeated acknowledgement changes nothing. @throws IllegalTransitionError */
  acknowledge(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, (alarm) => (isAcknowledged(alarm) ? null : { type: 'acknowledged' }));
  }

  /** Acknowledges and closes. @throws ConditionActiveError while what raised it still holds; IllegalTransitionError */
  resolve(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'resolved' }));
  }

  /** Closes a latched alarm that has been acknowledged. @throws IllegalTransitionError */
  reset(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'reset' }));
  }

  /** @throws IllegalTransitionError */
  shelve(id: string, { minutes, oneShot }: z.output<typeof ShelveAlertSchema>, act: Act): Promise<AlertDto> {
    const shelf = { shelvedUntilMs: act.atMs + minutes * 60_000, ...(oneShot ? { oneShot } : {}) };
    return this.act(id, act, () => ({ type: 'shelved', ...shelf }));
  }

  /** @throws IllegalTransitionError */
  unshelve(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'unshelved' }));
  }

  /** @throws IllegalTransitionError, also for an alert that is over: its limit is taken out of service by name */
  takeOutOfService(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, ({ state }) => {
      if (state === 'normal') throw new IllegalTransitionError(state, 'removedFromService');
      return { type: 'removedFromService' };
    });
  }

  /** An active alarm comes back unacknowledged. @throws IllegalTransitionError */
  returnToService(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'returnedToService' }));
  }

  /**
   * Takes a limit out of service, whether it has an alarm at the moment or not.
   * @throws NotFoundError `lathe_not_found`; ValidationError; IllegalTransitionError where it is out of service already
   */
  async takeLimitOutOfService(limit: z.output<typeof TakeOutOfServiceSchema>, act: Act): Promise<AlertDto> {
    const { id: latheId } = await this.lathes.get(limit.latheId);
    const subject = subjectOf({ ...namedLimit(limit), latheId });
    for (;;) {
      const origin = { isManual: false, isLatching: false };
      const stored = (await this.alarms.findOpen(subject.slot)) ?? (await this.alarms.open(subject, origin, act.atMs));
      if (!stored) continue; // somebody opened it in between
      const event: AlarmEvent = { type: 'removedFromService', ...said(act), atMs: act.atMs, actor: act.actor };
      return toAlertDto(await this.journal.record(stored, () => event, extrasOf(act)));
    }
  }

  /** The answer to the request that made a stored transition, or null where it made none. */
  async answerTo(requestKey: string): Promise<AlertDto | null> {
    const transition = await this.alarms.findByRequest(requestKey);
    const stored = transition && (await this.alarms.get(transition.alertId));
    return stored ? toAlertDto(await this.journal.asOf(stored, transition.n)) : null;
  }

  private async act(id: string, act: Act, decide: (alarm: Alarm) => Wish | null): Promise<AlertDto> {
    const { actor, atMs } = act;
    const stored = await this.journal.recordById(
      id,
      (alarm) => {
        const wish = decide(alarm);
        return wish && { ...wish, ...said(act), atMs, actor };
      },
      extrasOf(act),
    );
    return toAlertDto(stored);
  }
}

/** @throws ValidationError where channel or tool are missing that the limit has, or given that it has not */
function namedLimit({ type, channel, toolNo }: z.output<typeof TakeOutOfServiceSchema>) {
  const faults: FieldError[] = [];
  if (isPlantType(type) !== (channel === undefined)) {
    faults.push({ path: 'channel', message: channel ? `${type} has none` : `${type} is about one channel: say which` });
  }
  const isOfTool = channel !== undefined && TOOL_CHANNELS.has(channel);
  if (isOfTool !== (toolNo !== undefined)) {
    faults.push({ path: 'toolNo', message: isOfTool ? 'is about one tool: say which' : 'is not about a tool' });
  }
  if (faults.length > 0) throw new ValidationError(faults);
  return { type, ...(channel ? { channel } : {}), ...(toolNo === undefined ? {} : { toolNo }) };
}

const said = ({ comment }: Act) => (comment ? { comment } : {});

/** Also true where the acknowledgement itself has closed the alarm. */
function isAcknowledged({ state, lastEvent }: Alarm): boolean {
  if (state === 'normal') return lastEvent === 'acknowledged';
  return state === 'acknowledged' || state === 'latchedAcknowledged';
}

function extrasOf({ requestKey, stop }: TransitionExtras): TransitionExtras {
  return { ...(requestKey ? { requestKey } : {}), ...(stop ? { stop } : {}) };
}
