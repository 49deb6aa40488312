import type { Severity } from '../contract/enums.js';

/** 1 is the most urgent. */
export type AlarmPriority = 1 | 2 | 3 | 4;

export const ALARM_PRIORITIES = [1, 2, 3, 4] as const;

/** Word for a priority: 1 is critical, 2 and 3 are warnings, 4 is information. */
export function severityOf(priority: number): Severity {
  if (priority <= 1) return 'critical';
  return priority <= 3 ? 'warning' : 'info';
}

/** Priority of an alarm that a person raises by severity; a person's warning ranks above a rule's early one. */
export function priorityOf(severity: Severity): AlarmPriority {
  if (severity === 'critical') return 1;
  return severity === 'warning' ? 2 : 4;
}
