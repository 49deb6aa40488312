import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BrokenHistoryError, ConditionActiveError, IllegalTransitionError } from './alarm.errors.js';
import {
  type Alarm,
  type AlarmEvent,
  type AlarmOrigin,
  type AlarmTransition,
  applyTransition,
  fold,
  newAlarm,
  transitionFor,
} from './alarm.js';
import { ALARM_EVENTS, type AlarmEventType, isAnnunciated, SILENCED_STATES } from './alarm-state.js';

const RULE: AlarmOrigin = { isManual: false, isLatching: false };

function live(origin: AlarmOrigin, events: AlarmEvent[]) {
  const history: AlarmTransition[] = [];
  const steps: { before: Alarm; event: AlarmEvent; after: Alarm }[] = [];
  let alarm = newAlarm(origin);
  for (const event of events) {
    let transition: AlarmTransition;
    try {
      transition = transitionFor(alarm, event);
    } catch (error) {
      if (error instanceof IllegalTransitionError || error instanceof ConditionActiveError) continue;
      throw error;
    }
    const before = alarm;
    alarm = applyTransition(alarm, transition);
    history.push(transition);
    steps.push({ before, event, after: alarm });
  }
  return { alarm, history, steps };
}

const at = (type: AlarmEventType, atMs: number, actor = 'Yash'): AlarmEvent => ({ type, atMs, actor });
const eventsArb = fc.array(
  fc.record({
    type: fc.constantFrom(...ALARM_EVENTS),
    atMs: fc.integer({ min: 0, max: 1_000_000 }),
    actor: fc.constantFrom('worker', 'Yash', 'Raj'),
    priority: fc.integer({ min: 1, max: 4 }),
    value: fc.integer(),
    shelvedUntilMs: fc.integer({ min: 1, max: 2_000_000 }),
    oneShot: fc.boolean(),
    comment: fc.constantFrom('', 'known'),
  }),
  { maxLength: 60 },
);
const originArb = fc.record({ isManual: fc.boolean(), isLatching: fc.boolean() });

describe('one alarm', () => {
  it('is acknowledged, then closes when its condition returns', () => {
    const { alarm, history } = live(RULE, [at('limitExceeded', 1), at('acknowledged', 2), at('returnedToNormal', 3)]);
    expect(history.map(({ n, from, to }) => [n, from, to])).toEqual([
      [1, 'normal', 'unacknowledged'],
      [2, 'unacknowledged', 'acknowledged'],
      [3, 'acknowledged', 'normal'],
    ]);
    expect(alarm).toMatchObject({ acknowledgedBy: 'Yash', acknowledgedAtMs: 2, resolvedAtMs: 3, raisedAtMs: 1 });
  });

  it('cannot be resolved while its condition holds, unless a person raised it', () => {
    const active = live(RULE, [at('limitExceeded', 1), at('acknowledged', 2)]).alarm;
    expect(() => transitionFor(active, at('resolved', 3))).toThrow(ConditionActiveError);
    const manual = live({ isManual: true, isLatching: false }, [
      at('limitExceeded', 1),
      at('resolved', 2, 'Raj'),
    ]).alarm;
    expect(manual).toMatchObject({ state: 'normal', isActive: false, acknowledgedBy: 'Raj', resolvedAtMs: 2 });
  });

  it('comes back unacknowledged from the shelf, and forgets the old acknowledgement', () => {
    const { alarm } = live(RULE, [
      at('limitExceeded', 1),
      at('acknowledged', 2),
      { ...at('shelved', 3), shelvedUntilMs: 100 },
      at('shelfExpired', 100),
    ]);
    expect(alarm.state).toBe('unacknowledged');
    expect(alarm).not.toHaveProperty('acknowledgedBy');
    expect(alarm).not.toHaveProperty('shelvedUntilMs');
  });

  it('latches until somebody resets it', () => {
    const latching = { isManual: false, isLatching: true };
    const events = [at('limitExceeded', 1), at('returnedToNormal', 2), at('acknowledged', 3), at('reset', 4)];
    expect(live(latching, events).history.map(({ to }) => to)).toEqual([
      'unacknowledged',
      'latchedUnacknowledged',
      'latchedAcknowledged',
      'normal',
    ]);
  });

  it('alarms again when it becomes more urgent, and keeps the most urgent priority', () => {
    const { alarm } = live(RULE, [
      { ...at('limitExceeded', 1), priority: 3 },
      at('acknowledged', 2),
      { ...at('priorityRaised', 3), priority: 1 },
    ]);
    expect(alarm).toMatchObject({ state: 'unacknowledged', priority: 1 });
  });

  it('leaves a one-shot shelf with its next return, and a timed one only when the time is over', () => {
    const events = (oneShot: boolean) => [
      at('limitExceeded', 1),
      { ...at('shelved', 2), shelvedUntilMs: 100, oneShot, comment: 'known' },
      at('returnedToNormal', 3),
    ];
    expect(live(RULE, events(true)).alarm).toMatchObject({ state: 'normal', isOneShot: false });
    expect(live({ ...RULE, isLatching: true }, events(true)).alarm.state).toBe('latchedUnacknowledged');
    const timed = live(RULE, [...events(false), at('limitExceeded', 4), at('shelfExpired', 100)]);
    expect(timed.history.map(({ to }) => to)).toEqual([
      'unacknowledged',
      'shelved',
      'shelved',
      'shelved',
      'unacknowledged',
    ]);
  });

  it('says who silenced it, why and until when, for as long as it is silent', () => {
    const events: AlarmEvent[] = [
      at('limitExceeded', 1),
      { ...at('suppressed', 2, 'system'), comment: 'in maintenance', suppressedUntilMs: 90 },
    ];
    const { alarm } = live(RULE, events);
    expect(alarm).toMatchObject({
      state: 'suppressed',
      silence: { by: 'system', atMs: 2, reason: 'in maintenance' },
      suppressedUntilMs: 90,
    });
    const awake = live(RULE, [...events, at('unsuppressed', 5)]).alarm;
    expect(awake.state).toBe('unacknowledged');
    expect(awake).not.toHaveProperty('silence');
    expect(awake).not.toHaveProperty('suppressedUntilMs');
  });

  it('refuses a history with a hole', () => {
    const { history } = live(RULE, [at('limitExceeded', 1), at('acknowledged', 2), at('returnedToNormal', 3)]);
    expect(() => fold(RULE, [history[0]!, history[2]!])).toThrow(BrokenHistoryError);
  });
});

describe('any sequence of events', () => {
  it('is described completely by its transitions', () => {
    fc.assert(
      fc.property(originArb, eventsArb, (origin, events) => {
        const { alarm, history } = live(origin, events);
        expect(fold(origin, JSON.parse(JSON.stringify(history)))).toEqual(alarm);
        expect(history.map(({ n }) => n)).toEqual(history.map((_, i) => i + 1));
      }),
    );
  });

  it('shows an active alarm to people unless it is silenced on purpose', () => {
    fc.assert(
      fc.property(originArb, eventsArb, (origin, events) => {
        for (const { after } of live(origin, events).steps) {
          if (after.isActive) expect(isAnnunciated(after.state) || SILENCED_STATES.includes(after.state)).toBe(true);
          if (after.state === 'unacknowledged' || after.state === 'acknowledged') expect(after.isActive).toBe(true);
        }
      }),
    );
  });

  it('never forgets an acknowledged alarm: only its return, a higher priority, silence or a person takes it out of that state', () => {
    fc.assert(
      fc.property(originArb, eventsArb, (origin, events) => {
        for (const { before, event, after } of live(origin, events).steps) {
          if (before.state !== 'acknowledged') continue;
          expect(before.acknowledgedBy).toBeDefined();
          expect(after.acknowledgedBy === undefined).toBe(event.type === 'priorityRaised');
          if (after.state === 'normal' && !origin.isManual) expect(event.type).toBe('returnedToNormal');
        }
      }),
    );
  });

  it('closes an unacknowledged alarm only by a person, unless it had been silenced', () => {
    fc.assert(
      fc.property(originArb, eventsArb, (origin, events) => {
        for (const { before, event, after } of live(origin, events).steps) {
          const isUnseen = ['unacknowledged', 'returnedUnacknowledged', 'latchedUnacknowledged'].includes(before.state);
          if (isUnseen && after.state === 'normal') expect(['acknowledged', 'resolved']).toContain(event.type);
        }
      }),
    );
  });

  it('is the same story an hour later', () => {
    const hourMs = 3_600_000;
    fc.assert(
      fc.property(originArb, eventsArb, (origin, events) => {
        const later = events.map((event) => ({
          ...event,
          atMs: event.atMs + hourMs,
          shelvedUntilMs: event.shelvedUntilMs + hourMs,
        }));
        const shift = (transition: AlarmTransition) => ({
          ...transition,
          atMs: transition.atMs + hourMs,
          shelvedUntilMs: transition.shelvedUntilMs! + hourMs,
        });
        expect(live(origin, later).history).toEqual(live(origin, events).history.map(shift));
      }),
    );
  });
});
