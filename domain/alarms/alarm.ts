import type { AlarmState } from '../contract/enums.js';
import { BrokenHistoryError, ConditionActiveError, IllegalTransitionError } from './alarm.errors.js';
import { type AlarmCondition, type AlarmEventType, nextAlarmState, SILENCED_STATES } from './alarm-state.js';

/** What does not change during the life of one alarm instance. */
export interface AlarmOrigin {
  /** Raised by a person: there is no condition that could return by itself. */
  isManual: boolean;
  /** Stays until it is reset although its condition has returned. */
  isLatching: boolean;
}

/** One instance of an alarm: the fold of its transitions. Times are epoch milliseconds. */
export interface Alarm extends AlarmOrigin, AlarmCondition {
  /** Number of the last transition; 0 before the first. */
  n: number;
  state: AlarmState;
  /** Most urgent priority since it was raised. */
  priority: number;
  lastEvent?: AlarmEventType;
  raisedAtMs?: number;
  changedAtMs?: number;
  /** Reading and limit of the last time the limit was exceeded, in the channel's unit. */
  value?: number;
  limit?: number;
  message?: string;
  acknowledgedBy?: string;
  acknowledgedAtMs?: number;
  resolvedAtMs?: number;
  /** Who keeps it from people, since when and why; only while it is shelved, suppressed or out of service. */
  silence?: Silence;
  shelvedUntilMs?: number;
  /** When the cause of a suppression is expected to end; it may end earlier or later. */
  suppressedUntilMs?: number;
}

export interface Silence {
  by: string;
  atMs: number;
  reason?: string;
}

/** Something that happens to an alarm. `comment` is what the actor said, or why it was shelved. */
export interface AlarmEvent {
  type: AlarmEventType;
  atMs: number;
  actor: string;
  comment?: string;
  priority?: number;
  value?: number;
  limit?: number;
  message?: string;
  /** Only with `shelved`. */
  shelvedUntilMs?: number;
  /** Only with `shelved`: the shelf also ends as soon as the alarm returns. */
  oneShot?: boolean;
  /** Only with `suppressed`. */
  suppressedUntilMs?: number;
}

/** One line of an alarm's append-only history. */
export interface AlarmTransition extends Omit<AlarmEvent, 'type'> {
  n: number;
  event: AlarmEventType;
  from: AlarmState;
  to: AlarmState;
}

const LEAST_URGENT = 4;

export function newAlarm(origin: AlarmOrigin): Alarm {
  return {
    ...origin,
    n: 0,
    state: 'normal',
    isActive: false,
    isLatched: false,
    isOneShot: false,
    priority: LEAST_URGENT,
  };
}

/**
 * The transition that `event` makes on this alarm.
 * @throws IllegalTransitionError when the event does not apply in its state
 * @throws ConditionActiveError when it would be resolved while its condition holds
 */
export function transitionFor(alarm: Alarm, event: AlarmEvent): AlarmTransition {
  const { type, ...details } = event;
  const to = nextAlarmState(alarm.state, type, conditionAfter(alarm, event));
  if (!to || contradictsCondition(alarm, type)) throw new IllegalTransitionError(alarm.state, type);
  if (type === 'resolved' && alarm.isActive && !alarm.isManual) throw new ConditionActiveError();
  return { ...details, event: type, n: alarm.n + 1, from: alarm.state, to };
}

/** The alarm after a transition. @throws BrokenHistoryError where the transition does not follow the alarm */
export function applyTransition(alarm: Alarm, transition: AlarmTransition): Alarm {
  const { event, n, from, to, atMs } = transition;
  if (n !== alarm.n + 1 || from !== alarm.state) {
    throw new BrokenHistoryError(`transition ${n} from ${from} cannot follow transition ${alarm.n} in ${alarm.state}`);
  }
  const next: Alarm = {
    ...alarm,
    ...conditionAfter(alarm, { ...transition, type: event }),
    n,
    state: to,
    lastEvent: event,
    changedAtMs: atMs,
  };
  if (event === 'limitExceeded' || event === 'priorityRaised') describeExcess(next, transition);
  if (event === 'acknowledged' || (event === 'resolved' && next.acknowledgedBy === undefined)) {
    next.acknowledgedBy = transition.actor;
    next.acknowledgedAtMs = atMs;
  } else if (to === 'unacknowledged' || to === 'latchedUnacknowledged') {
    delete next.acknowledgedBy;
    delete next.acknowledgedAtMs;
  }
  if (from !== to) describeSilence(next, transition);
  if (to === 'normal') next.resolvedAtMs = atMs;
  else delete next.resolvedAtMs;
  return next;
}

/** The alarm that a history describes. @throws BrokenHistoryError when the history has holes */
export function fold(origin: AlarmOrigin, transitions: Iterable<AlarmTransition>): Alarm {
  let alarm = newAlarm(origin);
  for (const transition of transitions) alarm = applyTransition(alarm, transition);
  return alarm;
}

/** A limit is exceeded once and returns once, also while nobody is told. */
function contradictsCondition({ isActive }: Alarm, event: AlarmEventType): boolean {
  if (event === 'limitExceeded') return isActive;
  return (event === 'returnedToNormal' || event === 'priorityRaised') && !isActive;
}

function conditionAfter(alarm: Alarm, { type, oneShot }: Pick<AlarmEvent, 'type' | 'oneShot'>): AlarmCondition {
  const { isActive, isLatched, isOneShot } = alarm;
  switch (type) {
    case 'limitExceeded':
      return { isActive: true, isLatched: alarm.isLatching, isOneShot };
    case 'returnedToNormal':
      return { isActive: false, isLatched, isOneShot };
    case 'reset':
      return { isActive, isLatched: false, isOneShot };
    case 'resolved':
      return { isActive: false, isLatched: false, isOneShot: false };
    case 'shelved':
      return { isActive, isLatched, isOneShot: oneShot ?? false };
    default:
      return { isActive, isLatched, isOneShot };
  }
}

function describeExcess(alarm: Alarm, { atMs, priority, value, limit, message }: AlarmTransition): void {
  alarm.raisedAtMs ??= atMs;
  if (priority !== undefined) alarm.priority = Math.min(alarm.priority, priority);
  if (value !== undefined) alarm.value = value;
  if (limit !== undefined) alarm.limit = limit;
  if (message !== undefined) alarm.message = message;
}

function describeSilence(alarm: Alarm, transition: AlarmTransition): void {
  const { to, actor, atMs, comment, shelvedUntilMs, suppressedUntilMs } = transition;
  delete alarm.silence;
  delete alarm.shelvedUntilMs;
  delete alarm.suppressedUntilMs;
  if (to !== 'shelved') alarm.isOneShot = false;
  if (!SILENCED_STATES.includes(to)) return;
  alarm.silence = { by: actor, atMs, ...(comment === undefined ? {} : { reason: comment }) };
  if (to === 'shelved' && shelvedUntilMs !== undefined) alarm.shelvedUntilMs = shelvedUntilMs;
  if (to === 'suppressed' && suppressedUntilMs !== undefined) alarm.suppressedUntilMs = suppressedUntilMs;
}
