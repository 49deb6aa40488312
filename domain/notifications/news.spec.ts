import { describe, expect, it } from '@jest/globals';
import { ALARM_TRANSITIONS, type AlarmEventType, nextAlarmState } from '../alarms/alarm-state.js';
import { ALARM_STATES, type AlarmState } from '../contract/enums.js';
import { isTakenCareOf, newsOf, startsWaiting } from './news.js';

const active = { isActive: true, isLatched: false, isOneShot: false };
const change = (from: AlarmState, event: AlarmEventType, condition = active) => {
  const to = nextAlarmState(from, event, condition);
  if (!to) throw new Error(`${event} is illegal in ${from}`);
  return { from, event, to };
};

describe('what a transition says', () => {
  it.each([
    ['normal', 'limitExceeded'],
    ['acknowledged', 'priorityRaised'],
    ['unacknowledged', 'priorityRaised'],
    ['returnedUnacknowledged', 'limitExceeded'],
    ['shelved', 'shelfExpired'],
    ['suppressed', 'unsuppressed'],
    ['outOfService', 'returnedToService'],
  ] as const)('%s, %s: raised', (from, event) => {
    expect(newsOf(change(from, event))).toBe('raised');
  });

  it('tells an acknowledgement and an end apart from what needs no telling', () => {
    expect(newsOf(change('unacknowledged', 'acknowledged'))).toBe('acknowledged');
    expect(newsOf(change('returnedUnacknowledged', 'acknowledged'))).toBe('over');
    expect(newsOf(change('acknowledged', 'returnedToNormal'))).toBe('over');
    expect(newsOf(change('unacknowledged', 'returnedToNormal'))).toBeNull();
    expect(newsOf(change('shelved', 'shelfExpired', { ...active, isActive: false }))).toBeNull();
  });

  it('says nothing while an alarm is kept from people on purpose', () => {
    for (const from of ALARM_STATES) {
      for (const event of Object.keys(ALARM_TRANSITIONS[from]) as AlarmEventType[]) {
        const transition = change(from, event);
        if (['shelved', 'suppressed', 'outOfService'].includes(transition.to)) expect(newsOf(transition)).toBeNull();
      }
    }
  });
});

describe('waiting for an acknowledgement', () => {
  it('begins with the first rise, and anew where it becomes more urgent, not with each return of the same', () => {
    expect(startsWaiting(change('normal', 'limitExceeded'))).toBe(true);
    expect(startsWaiting(change('unacknowledged', 'priorityRaised'))).toBe(true);
    expect(startsWaiting(change('returnedUnacknowledged', 'limitExceeded'))).toBe(false);
    expect(startsWaiting(change('unacknowledged', 'acknowledged'))).toBe(false);
  });

  it('ends when somebody acts, not when the alarm returns by itself', () => {
    expect(isTakenCareOf([])).toBe(false);
    expect(isTakenCareOf([{ to: 'returnedUnacknowledged' }, { to: 'unacknowledged' }])).toBe(false);
    expect(isTakenCareOf([{ to: 'acknowledged' }, { to: 'unacknowledged' }])).toBe(true);
    expect(isTakenCareOf([{ to: 'shelved' }])).toBe(true);
  });
});
