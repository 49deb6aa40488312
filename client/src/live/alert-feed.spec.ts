import { describe, expect, it } from '@jest/globals';
import type { AlertDto } from '#domain/contract/alert.js';
import { AlertFeed } from './alert-feed';
import { alertOf } from './testing/alert-of';
import { HandTimers } from './testing/hand-timers';

function listening() {
  const timers = new HandTimers();
  const heaps: string[][] = [];
  const feed = new AlertFeed((changed: AlertDto[]) => heaps.push(changed.map(({ id, n }) => `${id}${n}`)), timers);
  return { timers, heaps, feed };
}

describe('AlertFeed', () => {
  it('hands a single change on at once and a flood in heaps, the newest copy of each', () => {
    const { feed, heaps, timers } = listening();
    feed.take(alertOf('a'));
    expect(heaps).toEqual([['a1']]);
    feed.take(alertOf('b'));
    feed.take(alertOf('c'));
    feed.take(alertOf('b', { n: 2 }));
    expect(heaps).toHaveLength(1);
    timers.pass(100);
    expect(heaps[1]).toEqual(['b2', 'c1']);
    timers.pass(100);
    feed.take(alertOf('d'));
    expect(heaps).toHaveLength(3);
  });

  it('lets the page rest longer between the heaps of a flood', () => {
    const { feed, heaps, timers } = listening();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) feed.take(alertOf(id));
    timers.pass(100);
    expect(heaps.map(({ length }) => length)).toEqual([1, 5]);
    feed.take(alertOf('g'));
    timers.pass(399);
    expect(heaps).toHaveLength(2);
    timers.pass(1);
    expect(heaps[2]).toEqual(['g1']);
  });

  it('drops a copy that is not newer, also of an alert that is over', () => {
    const { feed, heaps, timers } = listening();
    feed.take(alertOf('a', { state: 'normal', n: 3 }));
    feed.take(alertOf('a', { n: 2 }));
    feed.take(alertOf('a', { state: 'normal', n: 3 }));
    timers.pass(1000);
    expect(heaps).toEqual([['a3']]);
  });

  it('knows what came while a list was read', () => {
    const { feed } = listening();
    feed.take(alertOf('before'));
    const mark = feed.mark();
    feed.take(alertOf('meanwhile'));
    expect(feed.since(mark).map(({ id }) => id)).toEqual(['meanwhile']);
  });
});
