import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FLOOD_WINDOW_MS, FloodTrace, firstOutByLathe, isFlood } from './flood.js';

describe('a flood', () => {
  it('starts above ten alarms in ten minutes and ends below five, as one looks at it', () => {
    const times = (count: number) => Array.from({ length: count }, (_, i) => -i * 1000);
    expect(isFlood(false, times(10), 0)).toBe(false);
    expect(isFlood(false, times(11), 0)).toBe(true);
    expect(isFlood(true, times(5), 0)).toBe(true);
    expect(isFlood(true, times(4), 0)).toBe(false);
    expect(isFlood(true, times(11), FLOOD_WINDOW_MS - 4000)).toBe(false);
    expect(isFlood(true, times(11), FLOOD_WINDOW_MS - 4001)).toBe(true);
  });

  it('is found in a history where counting at each moment finds it', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        let nowMs = 0;
        const times = gapsMs.map((gapMs) => (nowMs += gapMs));
        const trace = new FloodTrace();
        const past: number[] = [];
        let isOn = false;
        for (const atMs of times) {
          // between two alarms the count only falls
          isOn = isOn && isFlood(true, past, atMs);
          trace.advance(atMs);
          expect(trace.standing !== null).toBe(isOn);
          past.unshift(atMs);
          trace.add(atMs);
          isOn = isFlood(isOn, past, atMs);
          expect(trace.standing !== null).toBe(isOn);
        }
        const most = times.map((to) => times.filter((time) => time <= to && to - time < FLOOD_WINDOW_MS).length);
        expect(trace.peak).toBe(Math.max(...most));
      }),
    );
  });

  it('has a first-out on each lathe', () => {
    const alarms = [
      { alertId: 'c', latheId: 'lathe-2', atMs: 30 },
      { alertId: 'b', latheId: 'lathe-1', atMs: 20 },
      { alertId: 'a', latheId: 'lathe-2', atMs: 10 },
    ];
    expect(firstOutByLathe(alarms)).toEqual([
      { latheId: 'lathe-2', alarms: 2, firstOut: 'a', firstOutMs: 10 },
      { latheId: 'lathe-1', alarms: 1, firstOut: 'b', firstOutMs: 20 },
    ]);
  });
});
