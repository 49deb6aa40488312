import { describe, expect, it } from '@jest/globals';
import { HandTimers } from '../../../live/testing/hand-timers';
import { Ringer } from './ringer';
import { TONES, toneOf } from './tones';

function ringing() {
  const timers = new HandTimers();
  const rung: string[] = [];
  const ringer = new Ringer(
    (priority) => rung.push(`${priority} at ${timers.nowMs / 1000}`),
    timers,
    () => timers.nowMs,
  );
  return { timers, rung, ringer };
}

describe('Ringer', () => {
  it('sounds at an arrival and again while nobody has acknowledged', () => {
    const { timers, rung, ringer } = ringing();
    ringer.attend({ priority: 1, arrival: 'a' });
    timers.pass(9000);
    ringer.attend(undefined);
    timers.pass(60_000);
    expect(rung).toEqual(['1 at 0', '1 at 4', '1 at 8']);
  });

  it('sounds an information once', () => {
    const { timers, rung, ringer } = ringing();
    ringer.attend({ priority: 4, arrival: 'a' });
    timers.pass(600_000);
    expect(rung).toEqual(['4 at 0']);
  });

  it('goes over to a more urgent one, and lets a tone end before the next', () => {
    const { timers, rung, ringer } = ringing();
    ringer.attend({ priority: 3, arrival: 'a' });
    timers.pass(500);
    ringer.attend({ priority: 1, arrival: 'b' });
    ringer.attend({ priority: 1, arrival: 'c' });
    timers.pass(2000);
    expect(rung).toEqual(['3 at 0', '1 at 2']);
  });

  it('does not sound anew because an urgent one was acknowledged', () => {
    const { timers, rung, ringer } = ringing();
    ringer.attend({ priority: 1, arrival: 'b' });
    timers.pass(1000);
    ringer.attend({ priority: 3, arrival: 'b' });
    timers.pass(2000);
    expect(rung).toEqual(['1 at 0']);
    timers.pass(1000);
    expect(rung).toEqual(['1 at 0', '3 at 4']);
  });
});

describe('the tones', () => {
  it('are told apart by number, pitch and pace', () => {
    expect(new Set(TONES.map(({ pulses }) => pulses.length)).size).toBe(4);
    expect(new Set(TONES.map(({ pulses }) => pulses[0]?.hz)).size).toBe(4);
    expect(TONES.map(({ repeatS }) => repeatS)).toEqual([4, 8, 16, 0]);
    expect(toneOf(2)).toBe(TONES[1]);
  });

  it('end before they could sound again', () => {
    for (const { pulses } of TONES) {
      const last = pulses.at(-1);
      expect((last?.atS ?? 0) + (last?.forS ?? 0)).toBeLessThan(2);
    }
  });
});
