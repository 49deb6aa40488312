import type { AlarmState } from '../contract/enums.js';

/**
 * What can happen to an alarm, in the words of ISA-18.2 / IEC 62682. `priorityRaised` is the re-alarm of an active alarm that
 * has become more urgent, `limitExceeded` that of one that had returned.
 */
export const ALARM_EVENTS = [
  'limitExceeded',
  'priorityRaised',
  'returnedToNormal',
  'acknowledged',
  'reset',
  'resolved',
  'shelved',
  'unshelved',
  'shelfExpired',
  'suppressed',
  'unsuppressed',
  'removedFromService',
  'returnedToService',
] as const;
export type AlarmEventType = (typeof ALARM_EVENTS)[number];

/**
 * What the next state depends on beside state and event.
 * `isActive`: the abnormal condition holds. `isLatched`: a latching alarm has been raised and not reset since.
 * `isOneShot`: shelved until its next return, not only until a time.
 */
export interface AlarmCondition {
  isActive: boolean;
  isLatched: boolean;
  isOneShot: boolean;
}

type Target = AlarmState | ((condition: AlarmCondition) => AlarmState);

const afterReturn: Target = ({ isLatched }) => (isLatched ? 'latchedUnacknowledged' : 'returnedUnacknowledged');
const afterReturnOfAcknowledged: Target = ({ isLatched }) => (isLatched ? 'latchedAcknowledged' : 'normal');

/** An alarm that was silenced speaks again: nobody has acknowledged what happened meanwhile. */
const annunciatedAgain = ({ isActive, isLatched }: AlarmCondition): AlarmState => {
  if (isActive) return 'unacknowledged';
  return isLatched ? 'latchedUnacknowledged' : 'normal';
};

const afterReturnOnShelf: Target = (condition) => (condition.isOneShot ? annunciatedAgain(condition) : 'shelved');

/** State and event to next state; an event that is missing is illegal in that state. `resolved` also asks `mayResolve`. */
export const ALARM_TRANSITIONS: Record<AlarmState, Partial<Record<AlarmEventType, Target>>> = {
  normal: { limitExceeded: 'unacknowledged', suppressed: 'suppressed', removedFromService: 'outOfService' },
  unacknowledged: {
    priorityRaised: 'unacknowledged',
    returnedToNormal: afterReturn,
    acknowledged: 'acknowledged',
    resolved: 'normal',
    shelved: 'shelved',
    suppressed: 'suppressed',
    removedFromService: 'outOfService',
  },
  acknowledged: {
    priorityRaised: 'unacknowledged',
    returnedToNormal: afterReturnOfAcknowledged,
    resolved: 'normal',
    shelved: 'shelved',
    suppressed: 'suppressed',
    removedFromService: 'outOfService',
  },
  returnedUnacknowledged: {
    limitExceeded: 'unacknowledged',
    acknowledged: 'normal',
    resolved: 'normal',
    shelved: 'shelved',
    suppressed: 'suppressed',
    removedFromService: 'outOfService',
  },
  latchedUnacknowledged: {
    limitExceeded: 'unacknowledged',
    acknowledged: 'latchedAcknowledged',
    resolved: 'normal',
    shelved: 'shelved',
    suppressed: 'suppressed',
    removedFromService: 'outOfService',
  },
  latchedAcknowledged: {
    limitExceeded: 'unacknowledged',
    reset: 'normal',
    resolved: 'normal',
    shelved: 'shelved',
    suppressed: 'suppressed',
    removedFromService: 'outOfService',
  },
  shelved: {
    limitExceeded: 'shelved',
    priorityRaised: 'shelved',
    returnedToNormal: afterReturnOnShelf,
    resolved: 'normal',
    unshelved: annunciatedAgain,
    shelfExpired: annunciatedAgain,
    removedFromService: 'outOfService',
  },
  suppressed: {
    limitExceeded: 'suppressed',
    priorityRaised: 'suppressed',
    returnedToNormal: 'suppressed',
    unsuppressed: annunciatedAgain,
    removedFromService: 'outOfService',
  },
  outOfService: {
    limitExceeded: 'outOfService',
    priorityRaised: 'outOfService',
    returnedToNormal: 'outOfService',
    returnedToService: annunciatedAgain,
  },
};

/** State after `event`, or undefined where the event is illegal in `state`. */
export function nextAlarmState(
  state: AlarmState,
  event: AlarmEventType,
  condition: AlarmCondition,
): AlarmState | undefined {
  const target = ALARM_TRANSITIONS[state][event];
  return typeof target === 'function' ? target(condition) : target;
}

/** True while an instance of an alarm is not over. */
export const isOpen = (state: AlarmState): boolean => state !== 'normal';

/** States in which an alarm is kept from people on purpose. It is evaluated and recorded all the same. */
export const SILENCED_STATES: readonly AlarmState[] = ['shelved', 'suppressed', 'outOfService'];

/** States in which an alarm is shown to people as an alarm. */
export const ANNUNCIATED_STATES: readonly AlarmState[] = [
  'unacknowledged',
  'acknowledged',
  'returnedUnacknowledged',
  'latchedUnacknowledged',
  'latchedAcknowledged',
];
export const isAnnunciated = (state: AlarmState): boolean => ANNUNCIATED_STATES.includes(state);
