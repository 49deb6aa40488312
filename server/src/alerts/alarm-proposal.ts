import type { AlarmEvent } from '#domain/alarms/alarm.js';
import { alarmMessage } from '#domain/alarms/alarm-message.js';
import type { AlarmChange } from '#domain/alarms/evaluate.js';
import type { AlarmSubject } from './stored-alarm.js';

/** Actor of everything that no person did. */
export const SYSTEM = 'system';

/** What the rules of one lathe ask for. Proposing the same again changes nothing. */
export interface AlarmProposal extends AlarmChange {
  latheId: string;
  jobId?: string;
}

export function subjectOf({ latheId, jobId, type, channel }: AlarmProposal): AlarmSubject {
  return { latheId, type, channel, slot: `${latheId}|${type}|${channel}`, ...(jobId ? { jobId } : {}) };
}

/** The event that a raising or escalating proposal makes on an alarm in normal. */
export function excessOf(proposal: AlarmProposal, type: 'limitExceeded' | 'escalated'): AlarmEvent {
  const { atMs, priority, value, limit } = proposal;
  return { type, atMs, actor: SYSTEM, priority, value, limit, message: alarmMessage(proposal) };
}
