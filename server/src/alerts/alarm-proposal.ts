import type { AlarmEvent } from '#domain/alarms/alarm.js';
import { alarmMessage } from '#domain/alarms/alarm-message.js';
import type { AlarmChange } from '#domain/alarms/evaluate.js';
import type { MachineAlarm } from '#domain/alarms/machine-alarm.js';
import type { AlarmSubject } from './stored-alarm.js';

/** Actor of everything that no person did. */
export const SYSTEM = 'system';

/** What the rules of one lathe ask for, as plain JSON. Proposing the same again changes nothing. */
export interface AlarmProposal extends Omit<AlarmChange, 'value' | 'limit' | 'bound'> {
  latheId: string;
  jobId?: string;
  value?: number;
  limit?: number;
  /** a sentence for people */
  message: string;
}

export function proposalOf({ bound, ...change }: AlarmChange, latheId: string, jobId: string): AlarmProposal {
  return { ...change, latheId, jobId, message: alarmMessage({ ...change, bound }) };
}

export function machineProposalOf(alarm: MachineAlarm, latheId: string, jobId: string, atMs: number): AlarmProposal {
  return { ...alarm, kind: 'raised', latheId, jobId, atMs, isLatching: false, stop: false };
}

export function subjectOf({ latheId, jobId, type, channel }: AlarmProposal): AlarmSubject {
  return { latheId, type, channel, slot: `${latheId}|${type}|${channel}`, ...(jobId ? { jobId } : {}) };
}

/** The event that a proposal to raise or escalate makes on an alarm. */
export function excessOf(proposal: AlarmProposal, type: 'limitExceeded' | 'escalated'): AlarmEvent {
  const { atMs, priority, value, limit, message } = proposal;
  const reading = value === undefined || limit === undefined ? {} : { value, limit };
  return { type, atMs, actor: SYSTEM, priority, message, ...reading };
}
