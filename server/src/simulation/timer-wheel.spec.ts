import { describe, expect, it } from '@jest/globals';
import { TimerWheel, WallClock } from './timer-wheel.js';

describe('timer wheel', () => {
  it('does not add up lateness: turns stay on the grid of wall time', async () => {
    const clock = new WallClock();
    const periodMs = 20;
    const turns: number[] = [];
    await new Promise<void>((resolve) => {
      const wheel = new TimerWheel(
        periodMs,
        () => clock.now(),
        (nowMs) => {
          turns.push(Math.floor(nowMs / periodMs));
          const busyUntil = performance.now() + 5; // each turn takes a quarter of the period
          while (performance.now() < busyUntil);
          if (turns.length < 30) return;
          wheel.stop();
          resolve();
        },
      );
      wheel.start();
    });
    expect(new Set(turns).size).toBe(30); // never two in one period, though timers of Node may come early
    const slots = turns[29]! - turns[0]!;
    expect(slots).toBeLessThanOrEqual(29 + 8); // a few may be missed on a busy machine; drift would miss one in four or more
  });

  it('hurries the next turn and then falls back into its beat', async () => {
    const clock = new WallClock();
    const times: number[] = [];
    await new Promise<void>((resolve) => {
      const wheel = new TimerWheel(
        1000,
        () => clock.now(),
        (nowMs) => {
          times.push(nowMs);
          wheel.stop();
          resolve();
        },
      );
      wheel.start();
      wheel.hurry();
    });
    expect(Math.abs(times[0]! - Date.now())).toBeLessThan(500);
  });
});

describe('wall clock', () => {
  it('agrees with the wall and never goes back', () => {
    const clock = new WallClock();
    let before = clock.now();
    for (let i = 0; i < 10_000; i++) {
      const now = clock.now();
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(Math.abs(before - Date.now())).toBeLessThan(50);
  });
});
