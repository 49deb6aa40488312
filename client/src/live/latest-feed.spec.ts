import { describe, expect, it } from '@jest/globals';
import { LatestFeed } from './latest-feed';
import { HandTimers } from './testing/hand-timers';

describe('LatestFeed', () => {
  it('hands a first change on at once, and those that follow together, the latest of each', () => {
    const timers = new HandTimers();
    const heaps: string[][] = [];
    const feed = new LatestFeed<string>(
      (item) => item.charAt(0),
      (items) => heaps.push(items),
      timers,
    );
    for (const item of ['a1', 'b1', 'c1', 'b2']) feed.take(item);
    expect(heaps).toEqual([['a1']]);
    timers.pass(250);
    expect(heaps).toEqual([['a1'], ['b2', 'c1']]);
    timers.pass(1000);
    expect(heaps).toHaveLength(2);
  });
});
