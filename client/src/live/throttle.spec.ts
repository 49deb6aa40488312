import { describe, expect, it } from '@jest/globals';
import { HandTimers } from './testing/hand-timers';
import { throttled } from './throttle';

describe('throttled', () => {
  it('runs at once, then once a gap while it is called, and rests after', () => {
    const timers = new HandTimers();
    const runs: number[] = [];
    const run = throttled(() => runs.push(timers.nowMs), 100, timers);
    run();
    run();
    run();
    timers.pass(100);
    run();
    timers.pass(1000);
    run();
    expect(runs).toEqual([0, 100, 200, 1100]);
  });
});
