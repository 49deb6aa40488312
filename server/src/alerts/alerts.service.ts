import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Alarm, AlarmEvent } from '#domain/alarms/alarm.js';
import { isOpen } from '#domain/alarms/alarm-state.js';
import { priorityOf } from '#domain/alarms/priority.js';
import type { AlertDto, CreateAlertSchema } from '#domain/contract/alert.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { ValidationError } from '../common/errors.js';
import { LathesService } from '../lathes/lathes.service.js';
import { AlarmJournal, type TransitionExtras } from './alarm-journal.js';
import { type AlarmProposal, excessOf, SYSTEM, subjectOf } from './alarm-proposal.js';
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

/** These tell of the tool in the turret and not of the cut, so that the end of a job does not clear them. */
const TOOL_CHANNELS: ReadonlySet<ChannelName> = new Set(['toolWear', 'flankWear', 'remainingUsefulLife']);

/** What rules and people may do to alerts. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly journal: AlarmJournal,
    private readonly lathes: LathesService,
    private readonly interlock: LatheInterlock,
  ) {}

  /**
   * Brings the alarm of one lathe, type and channel in line with what the rules say. The proposals of one lathe must come
   * one after the other; a repeated one changes nothing. Rejects when the store does not answer: propose again.
   */
  async propose(proposal: AlarmProposal): Promise<void> {
    const subject = subjectOf(proposal);
    const known = await this.alarms.findOpen(subject.slot);
    if (proposal.kind === 'returned') {
      if (known) await this.journal.record(known, (alarm) => returnOf(alarm, proposal));
      return;
    }
    // A worker that died before it could forget a proposal has it made again: it must not raise what has returned since.
    if (!known?.alarm.isActive && (await this.alarms.hasRisen(subject, proposal.atMs))) return;
    const origin = { isManual: false, isLatching: proposal.isLatching };
    const stored = known ?? (await this.alarms.open(subject, origin, proposal.atMs));
    if (!stored) return this.propose(proposal); // somebody opened it in between
    const extras = extrasOf({ stop: proposal.stop });
    const next = await this.journal.record(stored, (alarm) => riseOf(alarm, proposal), extras);
    if (!isOpen(next.alarm.state)) return this.propose(proposal); // somebody closed it in between
  }

  /** Nothing cuts any more: alarms that tell of the cut return. Those of a worn tool stay until it is replaced. */
  jobEnded(latheId: string, atMs: number): Promise<void> {
    return this.returnWhere(latheId, atMs, (channel) => !TOOL_CHANNELS.has(channel));
  }

  toolReplaced(latheId: string, atMs: number): Promise<void> {
    return this.returnWhere(latheId, atMs, (channel) => TOOL_CHANNELS.has(channel));
  }

  /** Alarms of limits that are no longer watched return. @param watched - `type:channel` of each limit */
  limitsChanged(latheId: string, atMs: number, watched: ReadonlySet<string>): Promise<void> {
    return this.returnWhere(latheId, atMs, (channel, type) => !watched.has(`${type}:${channel}`));
  }

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

  /** @throws IllegalTransitionError */
  shelve(id: string, minutes: number, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'shelved', shelvedUntilMs: act.atMs + minutes * 60_000 }));
  }

  /** @throws IllegalTransitionError */
  unshelve(id: string, act: Act): Promise<AlertDto> {
    return this.act(id, act, () => ({ type: 'unshelved' }));
  }

  /** Ends every shelf whose time is over; an alarm that is still active comes back unacknowledged. */
  async expireShelves(atMs: number): Promise<void> {
    for (const id of await this.alarms.listExpiredShelves(new Date(atMs))) {
      await this.journal.recordById(id, ({ state, shelvedUntilMs }) =>
        state === 'shelved' && shelvedUntilMs !== undefined && shelvedUntilMs <= atMs
          ? { type: 'shelfExpired', atMs, actor: SYSTEM }
          : null,
      );
    }
  }

  /** The answer to the request that made a stored transition, or null where it made none. */
  async answerTo(requestKey: string): Promise<AlertDto | null> {
    const transition = await this.alarms.findByRequest(requestKey);
    const stored = transition && (await this.alarms.get(transition.alertId));
    return stored ? toAlertDto(await this.journal.asOf(stored, transition.n)) : null;
  }

  private async act(
    id: string,
    { actor, comment, requestKey, atMs }: Act,
    decide: (alarm: Alarm) => Pick<AlarmEvent, 'type' | 'shelvedUntilMs'> | null,
  ): Promise<AlertDto> {
    const said = comment ? { comment } : {};
    const stored = await this.journal.recordById(
      id,
      (alarm) => {
        const event = decide(alarm);
        return event && { ...event, ...said, atMs, actor };
      },
      extrasOf({ requestKey }),
    );
    return toAlertDto(stored);
  }

  private async returnWhere(
    latheId: string,
    atMs: number,
    applies: (channel: ChannelName, type: string) => boolean,
  ): Promise<void> {
    for (const stored of await this.alarms.listOpen(latheId)) {
      if (stored.channel && applies(stored.channel, stored.type)) {
        await this.journal.record(stored, (alarm) => returnOf(alarm, { atMs }));
      }
    }
  }
}

/** Also true where the acknowledgement itself has closed the alarm. */
function isAcknowledged({ state, lastEvent }: Alarm): boolean {
  if (state === 'normal') return lastEvent === 'acknowledged';
  return state === 'acknowledged' || state === 'latchedAcknowledged';
}

/** A closed instance stays closed (null): the next excess opens a new one. */
function riseOf(alarm: Alarm, proposal: AlarmProposal): AlarmEvent | null {
  if (alarm.state === 'normal' && alarm.n > 0) return null;
  if (!alarm.isActive) return excessOf(proposal, 'limitExceeded');
  const isWorse = proposal.priority < alarm.priority;
  const isWorseAgain = proposal.kind === 'escalated' && proposal.atMs > (alarm.changedAtMs ?? 0);
  return isWorse || isWorseAgain ? excessOf(proposal, 'escalated') : null;
}

function returnOf(alarm: Alarm, { atMs, value }: { atMs: number; value?: number }): AlarmEvent | null {
  if (!alarm.isActive) return null;
  return { type: 'returnedToNormal', atMs, actor: SYSTEM, ...(value === undefined ? {} : { value }) };
}

function extrasOf({ requestKey, stop }: TransitionExtras): TransitionExtras {
  return { ...(requestKey ? { requestKey } : {}), ...(stop ? { stop } : {}) };
}
