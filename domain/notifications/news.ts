import type { AlarmTransition } from '../alarms/alarm.js';
import { SILENCED_STATES } from '../alarms/alarm-state.js';
import type { AlarmState } from '../contract/enums.js';
import type { News } from '../contract/notification.js';

/** States in which nobody has acknowledged what happened. */
export const UNACKNOWLEDGED_STATES: readonly AlarmState[] = [
  'unacknowledged',
  'returnedUnacknowledged',
  'latchedUnacknowledged',
];

const isSilenced = (state: AlarmState): boolean => SILENCED_STATES.includes(state);

/** What a transition says to people who do not look at the page; null where it says nothing that they wait for. */
export function newsOf({ event, from, to }: Pick<AlarmTransition, 'event' | 'from' | 'to'>): News | null {
  if (isSilenced(to)) return null;
  const isRise = event === 'limitExceeded' || event === 'priorityRaised' || isSilenced(from);
  if (isRise && UNACKNOWLEDGED_STATES.includes(to)) return 'raised';
  if (isSilenced(from)) return null;
  if (to === 'normal') return 'over';
  return event === 'acknowledged' ? 'acknowledged' : null;
}

/** Whether the time in which somebody should acknowledge begins with this transition. */
export function startsWaiting(transition: Pick<AlarmTransition, 'event' | 'from' | 'to'>): boolean {
  if (newsOf(transition) !== 'raised') return false;
  return transition.event === 'priorityRaised' || !UNACKNOWLEDGED_STATES.includes(transition.from);
}

/** Whether somebody has taken care: of the transitions after the one that raised it, does any end the waiting? */
export function isTakenCareOf(later: readonly Pick<AlarmTransition, 'to'>[]): boolean {
  return later.some(({ to }) => !UNACKNOWLEDGED_STATES.includes(to));
}
