import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AlertDto } from '#domain/contract/alert.js';
import { ALARM_STATES } from '#domain/contract/enums.js';
import { alertOf } from '../live/testing/alert-of';
import { byUrgency, extentOf, isAnnounced, isUnacknowledged, withAlerts } from './alert-order';

const ids = (alerts: readonly AlertDto[]) => alerts.map(({ id }) => id);

describe('withAlerts', () => {
  it('puts a new one in its place, moves a changed one, takes a closed one out', () => {
    const one = withAlerts([alertOf('a', { n: 1 })], [alertOf('b', { priority: 1 })]);
    expect(ids(one)).toEqual(['b', 'a']);
    const two = withAlerts(one, [alertOf('b', { priority: 1, state: 'acknowledged', n: 2 })]);
    expect(ids(two)).toEqual(['a', 'b']);
    expect(ids(withAlerts(two, [alertOf('a', { state: 'normal', n: 2 })]))).toEqual(['b']);
  });

  it('does not step back when an older copy arrives late', () => {
    const known = [alertOf('a', { state: 'acknowledged', n: 2 })];
    expect(withAlerts(known, [alertOf('a', { n: 1 })])).toEqual(known);
  });

  const alert = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      n: fc.integer({ min: 1, max: 9 }),
      priority: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom(...ALARM_STATES),
      hour: fc.integer({ min: 10, max: 12 }),
    })
    .map(({ id, hour, ...rest }) => alertOf(id, { ...rest, timestamp: `2026-11-23T${hour}:00:00.000Z` }));

  it('keeps the order, holds each alert once, and batches change as one by one', () => {
    fc.assert(
      fc.property(fc.array(alert, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (changes, size) => {
        // What is closed is told from what was never known by its number alone, so a number tells one state.
        const told = changes.map((change) => ({ ...change, state: ALARM_STATES[change.n % ALARM_STATES.length]! }));
        const open = told.filter(({ state }) => state !== 'normal');
        let batched: AlertDto[] = [];
        for (let i = 0; i < open.length; i += size) batched = withAlerts(batched, open.slice(i, i + size));
        expect(batched).toEqual([...batched].sort(byUrgency));
        expect(new Set(ids(batched)).size).toBe(batched.length);
        const newest = new Map<string, number>();
        for (const { id, n } of open) newest.set(id, Math.max(n, newest.get(id) ?? 0));
        expect(new Map(batched.map(({ id, n }) => [id, n]))).toEqual(newest);
      }),
    );
  });
});

describe('extentOf', () => {
  it('finds where waiting and announced alerts end', () => {
    const open = ALARM_STATES.filter((state) => state !== 'normal').map((state) => alertOf(state, { state }));
    const { waiting, announced } = extentOf([...open].sort(byUrgency));
    expect([waiting, announced]).toEqual([open.filter(isUnacknowledged).length, open.filter(isAnnounced).length]);
    expect(extentOf([])).toEqual({ waiting: 0, announced: 0 });
  });
});
