import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Alarm, applyTransition, newAlarm, transitionFor } from './alarm.js';
import { ALARM_EVENTS, type AlarmEventType } from './alarm-state.js';
import { Durations } from './duration-sketch.js';
import { AlarmTally, type CountedTransition, mergeTallies, type Tally } from './tally.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const POINT = 'lathe-1|HIGH_TORQUE|torque';

/** Transitions of one or more alarms, as the state machine makes them; events that it refuses are left out. */
function history(events: { alertId: string; type: AlarmEventType; atMs: number; priority?: number }[], point = POINT) {
  const alarms = new Map<string, Alarm>();
  return events.flatMap(({ alertId, ...event }): CountedTransition[] => {
    const alarm = alarms.get(alertId) ?? newAlarm({ isManual: false, isLatching: false });
    if (alarm.state === 'normal' && alarm.n > 0) return []; // an instance that is over stays so
    try {
      const transition = transitionFor(alarm, { ...event, actor: 'x' });
      alarms.set(alertId, applyTransition(alarm, transition));
      return [{ ...transition, alertId, point }];
    } catch {
      return [];
    }
  });
}
function tallyOf(transitions: readonly CountedTransition[], toMs: number): Tally {
  const tally = new AlarmTally();
  for (const transition of transitions) tally.add(transition);
  return tally.close(toMs);
}
const at = (alertId: string, type: AlarmEventType, atMs: number, priority?: number) => ({
  ...{ alertId, type, atMs },
  ...(priority === undefined ? {} : { priority }),
});

describe('the sums of a history', () => {
  it('count each alarm once with its most urgent priority, what followed, and what nobody was told of', () => {
    const transitions = history([
      at('a', 'limitExceeded', 0, 3),
      at('a', 'priorityRaised', 1000, 1),
      at('a', 'acknowledged', 4000),
      at('a', 'returnedToNormal', 20_000),
      at('b', 'limitExceeded', 5000, 2),
      at('b', 'returnedToNormal', 9000),
      at('b', 'limitExceeded', 30_000, 2),
      at('b', 'shelved', 31_000),
      at('b', 'returnedToNormal', 32_000),
      at('b', 'limitExceeded', 33_000),
    ]);
    const tally = tallyOf(transitions, MINUTE_MS);
    expect(tally).toMatchObject({ alarms: 3, silenced: 1, byPriority: [1, 2, 0, 0], per10Min: [[0, 3]] });
    expect(tally.points[POINT]).toEqual({ alarms: 3, chattering: 1, fleeting: 1 });
    expect(new Durations(tally.toAcknowledge).quantile(0.5)).toBe(4);
    expect(new Durations(tally.toReturn)).toMatchObject({ count: 3 });
  });

  it('see an alarm chatter from its third raise within a minute on', () => {
    const raises = [0, 20, 59, 200, 221, 300].flatMap((s, i) => [
      at(`a${i}`, 'limitExceeded', s * 1000),
      at(`a${i}`, 'returnedToNormal', s * 1000 + 15_000),
    ]);
    expect(tallyOf(history(raises), DAY_MS).points[POINT]).toEqual({ alarms: 6, chattering: 1, fleeting: 0 });
  });

  it('name what stood for longer than a day, unless somebody put it away', () => {
    const transitions = history([
      at('old', 'limitExceeded', 0),
      at('known', 'limitExceeded', 0),
      at('known', 'shelved', 1),
      at('short', 'limitExceeded', 0),
      at('short', 'returnedToNormal', DAY_MS),
    ]);
    expect(tallyOf(transitions, DAY_MS + 1).stale).toEqual([{ alertId: 'old', point: POINT, sinceMs: 0 }]);
  });

  it('find a flood from the eleventh alarm within ten minutes on, until less than five are left of them', () => {
    const flood = Array.from({ length: 12 }, (_, i) => at(`f${i}`, 'limitExceeded', i * MINUTE_MS * 0.5));
    const later = [at('g', 'limitExceeded', 60 * MINUTE_MS)];
    // the fifth newest of the twelve came at 3.5 min: ten minutes later only four are left
    expect(tallyOf(history([...flood, ...later]), 61 * MINUTE_MS)).toMatchObject({
      peakPer10Min: 12,
      floods: [{ fromMs: 5 * MINUTE_MS, toMs: 13.5 * MINUTE_MS, alarms: 12, peak: 12 }],
    });
    expect(tallyOf(history(flood), 13 * MINUTE_MS).floods).toMatchObject([{ toMs: null }]);
  });

  it('of its parts make those of the whole, wherever it is cut', () => {
    const eventArb = fc.record({
      alertId: fc.constantFrom('a', 'b', 'c', 'd'),
      type: fc.constantFrom(...ALARM_EVENTS),
      gapMs: fc.integer({ min: 0, max: 400_000 }),
      priority: fc.integer({ min: 1, max: 4 }),
    });
    const historyArb = fc.array(eventArb, { minLength: 10, maxLength: 200 });
    fc.assert(
      fc.property(historyArb, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        let atMs = 0;
        let instance = 0;
        const events = steps.map(({ gapMs, alertId, ...event }) => {
          atMs += gapMs;
          if (event.type === 'resolved') instance++;
          return { ...event, alertId: `${alertId}${instance}`, atMs };
        });
        const all = history(events);
        const whole = tallyOf(all, atMs + 1);
        const cutMs = Math.floor(atMs * share);
        const first = new AlarmTally();
        for (const transition of all.filter((t) => t.atMs < cutMs)) first.add(transition);
        const before = first.close(cutMs);
        const rest = new AlarmTally(JSON.parse(JSON.stringify(first.carry(cutMs))));
        for (const transition of all.filter((t) => t.atMs >= cutMs)) rest.add(transition);
        const merged = mergeTallies([before, rest.close(atMs + 1)]);
        // a priority that rises behind the cut stays with the part that counted the alarm
        const { byPriority: _, ...sums } = merged;
        expect(sums).toEqual({ ...sums, ...JSON.parse(JSON.stringify({ ...whole, byPriority: undefined })) });
        expect(merged.byPriority.reduce((a, b) => a + b)).toBe(whole.alarms);
      }),
    );
  });
});

describe('a sketch of durations', () => {
  it('tells percentiles by nearest rank within half a thousandth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, share) => {
          const durations = new Durations();
          for (const s of seconds) durations.add(s);
          const exact = seconds.sort((a, b) => a - b)[Math.max(0, Math.ceil(share * seconds.length) - 1)]!;
          const told = durations.quantile(share)!;
          expect(Math.abs(told / exact - 1)).toBeLessThan(0.000_51);
        },
      ),
    );
    expect(new Durations().quantile(0.5)).toBeNull();
  });
});
