import type { AlarmEventType } from '#domain/alarms/alarm-state.js';
import type { AlarmState, AlertType, HealthBand, JobType, LatheStatus } from '#domain/contract/enums.js';

export const STATUS_WORDS: Record<LatheStatus, string> = {
  idle: 'Idle',
  running: 'Running',
  maintenance: 'Maintenance',
  alarm: 'Locked',
  offline: 'Offline',
};

export const BAND_WORDS: Record<HealthBand, string> = {
  good: 'Good',
  watch: 'Watch',
  poor: 'Poor',
  critical: 'Critical',
  unknown: 'Health unknown',
};

export const ALARM_STATE_WORDS: Record<AlarmState, string> = {
  normal: 'Closed',
  unacknowledged: 'Not acknowledged',
  acknowledged: 'Acknowledged',
  returnedUnacknowledged: 'Over, not acknowledged',
  latchedUnacknowledged: 'Latched, not acknowledged',
  latchedAcknowledged: 'Latched, acknowledged',
  shelved: 'Shelved',
  suppressed: 'Suppressed',
  outOfService: 'Out of service',
};

/** What happened to an alarm, as its history tells it. */
export const ALARM_EVENT_WORDS: Record<AlarmEventType, string> = {
  limitExceeded: 'Raised',
  priorityRaised: 'Became more urgent',
  returnedToNormal: 'Returned to normal',
  acknowledged: 'Acknowledged',
  reset: 'Reset',
  resolved: 'Resolved',
  shelved: 'Shelved',
  unshelved: 'Taken from the shelf',
  shelfExpired: 'Time on the shelf ran out',
  suppressed: 'Suppressed',
  unsuppressed: 'No longer suppressed',
  removedFromService: 'Taken out of service',
  returnedToService: 'Returned to service',
};

export const ALERT_TYPE_WORDS: Record<AlertType, string> = {
  HIGH_TEMPERATURE: 'Temperature',
  HIGH_VIBRATION: 'Vibration',
  HIGH_TORQUE: 'Torque',
  POWER_LIMIT: 'Power',
  TOOL_WEAR: 'Tool wear',
  FAILURE_RISK: 'Failure risk',
  ANOMALY: 'Anomaly',
  SENSOR_FAULT: 'Sensor fault',
  JOB_OVERRUN: 'Job overrun',
  OFFLINE: 'Offline',
  MANUAL: 'Manual',
};

export const JOB_TYPE_WORDS: Record<JobType, string> = {
  turning: 'Turning',
  facing: 'Facing',
  threading: 'Threading',
  drilling: 'Drilling',
  boring: 'Boring',
  knurling: 'Knurling',
};

/** A span of time in words: `12 s`, `4 min`, `2 h 10 min`, `3 d 4 h`. @param spanMs - negative reads as 0 */
export function ageWords(spanMs: number): string {
  if (!Number.isFinite(spanMs)) return 'unknown time';
  const seconds = Math.max(0, Math.floor(spanMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Minutes of machine time in words. */
export function minutesWords(minutes: number): string {
  if (!Number.isFinite(minutes)) return '–';
  if (minutes < 10) return `${minutes.toFixed(1)} min`;
  if (minutes < 60) return `${Math.round(minutes)} min`;
  return ageWords(minutes * 60_000);
}

/** Natural order of lathe ids: lathe-2 before lathe-10. */
export function byLatheId(a: { id: string }, b: { id: string }): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true });
}

function pair(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
