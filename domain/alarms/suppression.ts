import type { AlertType } from '../contract/enums.js';

/** Why alarms of a lathe are kept from people by design, and since when. */
export interface SuppressionCause {
  kind: 'maintenance' | 'stopped' | 'offline';
  sinceMs: number;
  /** when it is expected to end */
  untilMs?: number;
  /** the alarm that is the cause itself */
  alertId?: string;
}

/** What is asked about an alarm. */
export interface SuppressibleAlarm {
  id?: string;
  type: AlertType;
  /** since when its condition holds */
  sinceMs: number;
}

/** Raised by people, or about something that lasts whatever the lathe does: these never follow from its standing still. */
const INDEPENDENT: ReadonlySet<AlertType> = new Set(['MANUAL', 'TOOL_WEAR']);

/**
 * The cause that an alarm follows from, undefined where it stands for itself.
 *
 * - In maintenance everything but what people raise: the lathe is in hands that know.
 * - Stopped by a critical alarm, whatever comes afterwards: job, load and sensors fall silent because of the stop.
 * - Offline, whatever comes afterwards: without readings nothing can be judged.
 */
export function suppressionOf(
  alarm: SuppressibleAlarm,
  causes: readonly SuppressionCause[],
): SuppressionCause | undefined {
  return causes.find((cause) => follows(alarm, cause));
}

function follows({ id, type, sinceMs }: SuppressibleAlarm, cause: SuppressionCause): boolean {
  if (id !== undefined && id === cause.alertId) return false;
  if (cause.kind === 'maintenance') return type !== 'MANUAL';
  if (INDEPENDENT.has(type)) return false;
  return sinceMs > cause.sinceMs && !(cause.kind === 'offline' && type === 'OFFLINE');
}

/** For people: why it is suppressed. */
export const SUPPRESSION_REASONS: Readonly<Record<SuppressionCause['kind'], string>> = {
  maintenance: 'the lathe is in maintenance',
  stopped: 'the lathe is stopped by a critical alarm',
  offline: 'the lathe is offline',
};
