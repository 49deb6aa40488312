import type { AlarmEvent } from '#domain/alarms/alarm.js';
import { alarmMessage } from '#domain/alarms/alarm-message.js';
import type { AlarmChange } from '#domain/alarms/evaluate.js';
import type { MachineAlarm } from '#domain/alarms/machine-alarm.js';
import { TOOL_CHANNELS } from '#domain/alarms/tool-channels.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import type { AlarmSubject } from './stored-alarm.js';

/** Actor of everything that no person did. */
export const SYSTEM = 'system';

/** What the rules of one lathe ask for, as plain JSON. Proposing the same again changes nothing. */
export interface AlarmProposal extends Omit<AlarmChange, 'channel' | 'value' | 'limit' | 'bound'> {
  latheId: string;
  jobId?: string;
  /** of the limit; missing where the alarm is about the lathe as a whole */
  channel?: ChannelName;
  /** place in the turret of the tool that it tells of */
  toolNo?: number;
  value?: number;
  limit?: number;
  /** a sentence for people */
  message: string;
}

/** Where a proposal comes from. */
export interface ProposalSource {
  latheId: string;
  jobId: string;
  /** the tool in use, where it is known */
  toolNo?: number | undefined;
}

export function proposalOf({ bound, ...change }: AlarmChange, source: ProposalSource): AlarmProposal {
  return { ...change, ...originOf(change.channel, source), message: alarmMessage({ ...change, bound }) };
}

export function machineProposalOf(alarm: MachineAlarm, source: ProposalSource, atMs: number): AlarmProposal {
  return { ...alarm, ...originOf(alarm.channel, source), kind: 'raised', atMs, isLatching: false, stop: false };
}

/** Of an alarm about the lathe as a whole. */
export function plantProposalOf({ bound, channel, ...change }: AlarmChange, source: ProposalSource): AlarmProposal {
  const { latheId, jobId } = source;
  return { ...change, latheId, jobId, message: alarmMessage({ ...change, bound, channel }) };
}

function originOf(channel: ChannelName, { latheId, jobId, toolNo }: ProposalSource) {
  return { latheId, jobId, ...(toolNo !== undefined && TOOL_CHANNELS.has(channel) ? { toolNo } : {}) };
}

/** What an alarm is about. */
type Subject = Pick<AlarmProposal, 'latheId' | 'jobId' | 'type' | 'channel' | 'toolNo'>;

export function subjectOf(subject: Subject): AlarmSubject {
  const { latheId, jobId, type, channel, toolNo } = subject;
  return {
    ...{ latheId, type, slot: slotOf(subject) },
    ...(channel ? { channel } : {}),
    ...(toolNo === undefined ? {} : { toolNo }),
    ...(jobId ? { jobId } : {}),
  };
}

/** Of the alarms with one slot only one can be open. */
function slotOf({ latheId, type, channel, toolNo }: Subject): string {
  return `${latheId}|${type}|${channel ?? ''}${toolNo === undefined ? '' : `|T${toolNo}`}`;
}

/** The event that a proposal to raise or escalate makes on an alarm. */
export function excessOf(proposal: AlarmProposal, type: 'limitExceeded' | 'priorityRaised'): AlarmEvent {
  const { atMs, priority, value, limit, message } = proposal;
  const reading = value === undefined || limit === undefined ? {} : { value, limit };
  return { type, atMs, actor: SYSTEM, priority, message, ...reading };
}
