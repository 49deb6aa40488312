import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Readouts } from './readouts';
import { TickBuffer } from './tick-buffer';

describe('Readouts', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1000 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('writes at once and then twice a second, until it is taken away', () => {
    const readouts = new Readouts(new TickBuffer(), Date.now);
    let writes = 0;
    const remove = readouts.add(() => writes++);
    expect(writes).toBe(1);
    jest.advanceTimersByTime(2000);
    expect(writes).toBe(5);
    remove();
    jest.advanceTimersByTime(2000);
    expect(writes).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('judges ages at the beat before, so that a busy page does not make values look old', () => {
    const readouts = new Readouts(new TickBuffer(), Date.now);
    const judged: number[] = [];
    const remove = readouts.add((_ticks, nowMs) => judged.push(nowMs));
    jest.setSystemTime(9000);
    readouts.beat();
    readouts.beat();
    expect(judged).toEqual([1000, 1000, 9000]);
    remove();
  });
});
