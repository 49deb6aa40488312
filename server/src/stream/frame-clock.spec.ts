import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FrameClock } from './frame-clock.js';

let frames: number[];
let clock: FrameClock;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  frames = [];
  clock = new FrameClock(10, (nowMs) => frames.push(nowMs));
  clock.start();
});
afterEach(() => {
  clock.stop();
  jest.useRealTimers();
});

describe('frame clock', () => {
  it('runs by the clock where no worker ticks', () => {
    jest.advanceTimersByTime(1000);
    expect(frames).toHaveLength(10);
  });

  it('sends a tick on as soon as it comes in', () => {
    for (let tick = 1; tick <= 10; tick++) {
      jest.setSystemTime(tick * 100 + 3);
      clock.workerReported(1);
    }
    expect(frames).toEqual([103, 203, 303, 403, 503, 603, 703, 803, 903, 1003]);
  });

  it('makes one frame of a period for several workers, after all have ticked since the last', () => {
    clock.workerReported(2);
    for (let tick = 1; tick <= 5; tick++) {
      jest.setSystemTime(tick * 100);
      clock.workerReported(2);
      if (tick === 1) clock.workerReported(1);
      jest.setSystemTime(tick * 100 + 20);
      clock.workerReported(1);
    }
    expect(frames).toHaveLength(5);
  });

  it('steps in when a worker is late, and goes back to the clock when it is gone', () => {
    jest.advanceTimersByTime(60);
    clock.workerReported(1);
    expect(frames).toEqual([60]);
    jest.advanceTimersByTime(149);
    expect(frames).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(frames).toEqual([60, 210]);
    jest.advanceTimersByTime(2000);
    const before = frames.length;
    jest.advanceTimersByTime(1000);
    expect(frames.length - before).toBe(10);
  });
});
