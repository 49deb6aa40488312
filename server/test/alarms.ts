import type { AlarmProposal } from '../src/alerts/alarm-proposal.js';

/** What the rules of a lathe ask for when its torque is too high; `more` makes it another alarm. */
export const torqueAlarm = (latheId: string, more: Partial<AlarmProposal> = {}): AlarmProposal => ({
  kind: 'raised',
  latheId,
  jobId: 'JOB_20250101_007',
  type: 'HIGH_TORQUE',
  channel: 'torque',
  priority: 3,
  atMs: Date.now(),
  value: 160,
  limit: 149,
  message: 'Spindle torque 160.0 N·m is above 149.0 N·m',
  isLatching: false,
  stop: false,
  ...more,
});
