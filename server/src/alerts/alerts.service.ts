import { Injectable } from '@nestjs/common';
import type { Alarm, AlarmEvent } from '#domain/alarms/alarm.js';
import { isOpen, SILENCED_STATES } from '#domain/alarms/alarm-state.js';
import { TOOL_CHANNELS } from '#domain/alarms/tool-channels.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { AlarmJournal } from './alarm-journal.js';
import { type AlarmProposal, excessOf, SYSTEM, subjectOf } from './alarm-proposal.js';
import { AlarmSuppression } from './alarm-suppression.js';
import { AlarmsRepository } from './alarms.repository.js';
import type { StoredAlarm } from './stored-alarm.js';

/** What rules do to alarms. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly journal: AlarmJournal,
    private readonly suppression: AlarmSuppression,
  ) {}

  /**
   * Brings the alarm of one lathe, type and channel in line with what the rules say. The proposals of one lathe must come
   * one after the other; a repeated one changes nothing. Rejects when the store does not answer: propose again.
   */
  async propose(proposal: AlarmProposal): Promise<void> {
    const subject = subjectOf(proposal);
    if (proposal.kind === 'returned') {
      const known = await this.alarms.findOpen(subject.slot);
      if (known) await this.journal.record(known, (alarm) => returnOf(alarm, proposal));
      return;
    }
    const [known, hasRisen, suppression] = await Promise.all([
      this.alarms.findOpen(subject.slot),
      this.alarms.hasRisen(subject, proposal.atMs),
      this.suppression.meet(proposal),
    ]);
    // A worker that died before it could forget a proposal has it made again: it must not raise what has returned since.
    if (!known?.alarm.isActive && hasRisen) return;
    const origin = { isManual: false, isLatching: proposal.isLatching };
    const stored = known ?? (await this.alarms.open(subject, origin, proposal.atMs));
    if (!stored) return this.propose(proposal); // somebody opened it in between
    const met = suppression ? await this.suppress(stored, suppression) : stored;
    const extras = proposal.stop ? { stop: true } : {};
    const next = await this.journal.record(met, (alarm) => riseOf(alarm, proposal), extras);
    if (!isOpen(next.alarm.state)) return this.propose(proposal); // somebody closed it in between
  }

  /** Nothing cuts any more: alarms that tell of the cut return. Those of a worn tool stay until it is replaced. */
  jobEnded(latheId: string, atMs: number): Promise<void> {
    return this.returnWhere(latheId, atMs, ({ channel }) => !TOOL_CHANNELS.has(channel));
  }

  /** @param toolNo - place in the turret; without it every tool is new */
  toolReplaced(latheId: string, atMs: number, toolNo?: number): Promise<void> {
    const isOf = (of: number | undefined) => toolNo === undefined || of === undefined || of === toolNo;
    return this.returnWhere(latheId, atMs, (stored) => TOOL_CHANNELS.has(stored.channel) && isOf(stored.toolNo));
  }

  /** Alarms of limits that are no longer watched return. @param watched - `type:channel` of each limit */
  limitsChanged(latheId: string, atMs: number, watched: ReadonlySet<string>): Promise<void> {
    return this.returnWhere(latheId, atMs, ({ channel, type }) => !watched.has(`${type}:${channel}`));
  }

  /** An alarm that people would be told of is suppressed first where it follows from something they know already. */
  private suppress(stored: StoredAlarm, event: AlarmEvent): Promise<StoredAlarm> {
    const isTold = ({ isActive, n, state }: Alarm) =>
      !isActive && !SILENCED_STATES.includes(state) && !(state === 'normal' && n > 0);
    return this.journal.record(stored, (alarm) => (isTold(alarm) ? event : null));
  }

  private async returnWhere(latheId: string, atMs: number, applies: (stored: OfChannel) => boolean): Promise<void> {
    for (const stored of await this.alarms.listOpen(latheId)) {
      const { channel } = stored;
      if (channel && applies({ ...stored, channel })) {
        await this.journal.record(stored, (alarm) => returnOf(alarm, { atMs }));
      }
    }
  }
}

type OfChannel = StoredAlarm & { channel: ChannelName };

/** A closed instance stays closed (null): the next excess opens a new one. */
function riseOf(alarm: Alarm, proposal: AlarmProposal): AlarmEvent | null {
  if (alarm.state === 'normal' && alarm.n > 0) return null;
  if (!alarm.isActive) return excessOf(proposal, 'limitExceeded');
  const isWorse = proposal.priority < alarm.priority;
  const isWorseAgain = proposal.kind === 'escalated' && proposal.atMs > (alarm.changedAtMs ?? 0);
  return isWorse || isWorseAgain ? excessOf(proposal, 'priorityRaised') : null;
}

function returnOf(alarm: Alarm, { atMs, value }: { atMs: number; value?: number }): AlarmEvent | null {
  if (!alarm.isActive) return null;
  return { type: 'returnedToNormal', atMs, actor: SYSTEM, ...(value === undefined ? {} : { value }) };
}
