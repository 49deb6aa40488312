import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import { keys } from '../api/keys';
import { applyChange, upsert, withAlert } from './apply-change';
import type { DurableMessage } from './stream-client';

const alert = (id: string, state: AlertDto['state'], n: number): AlertDto => ({
  id,
  lathe_id: 'lathe-1',
  alert_type: 'MANUAL',
  severity: 'warning',
  priority: 2,
  state,
  message: 'x',
  timestamp: '2026-11-23T10:00:00.000Z',
  resolved: state === 'normal',
  n,
});

describe('withAlert', () => {
  it('adds a new one first, replaces a known one in place, takes a closed one out', () => {
    const one = withAlert([alert('a', 'unacknowledged', 1)], alert('b', 'unacknowledged', 1));
    expect(one.map(({ id }) => id)).toEqual(['b', 'a']);
    const two = withAlert(one, alert('a', 'acknowledged', 2));
    expect(two.map(({ id, state }) => [id, state])).toEqual([
      ['b', 'unacknowledged'],
      ['a', 'acknowledged'],
    ]);
    expect(withAlert(two, alert('b', 'normal', 3)).map(({ id }) => id)).toEqual(['a']);
  });

  it('does not step back when an older copy arrives late', () => {
    const known = [alert('a', 'acknowledged', 2)];
    expect(withAlert(known, alert('a', 'unacknowledged', 1))).toEqual(known);
  });
});

describe('upsert', () => {
  it('keeps the order of what is known', () => {
    expect(upsert([{ id: 1 }, { id: 2 }], { id: 2 }, (item) => String(item.id))).toEqual([{ id: 1 }, { id: 2 }]);
  });
});

describe('applyChange', () => {
  it('patches an alert in every list that shows it', () => {
    const cache = new QueryClient();
    const list = keys.alertList({});
    cache.setQueryData(list, { pages: [{ items: [alert('a', 'unacknowledged', 1)] }], pageParams: [undefined] });
    applyChange(cache, { event: 'alert', id: '1-0', data: alert('a', 'acknowledged', 2) } as DurableMessage);
    const data = cache.getQueryData<{ pages: { items: AlertDto[] }[] }>(list);
    expect(data?.pages[0]?.items[0]?.state).toBe('acknowledged');
    expect(cache.getQueryState(list)?.isInvalidated).toBe(false);
    cache.clear();
  });

  it('has a list read again that does not know the alert yet', () => {
    const cache = new QueryClient();
    const list = keys.alertList({});
    cache.setQueryData(list, { pages: [{ items: [] }], pageParams: [undefined] });
    applyChange(cache, { event: 'alert', id: '1-0', data: alert('a', 'unacknowledged', 1) } as DurableMessage);
    expect(cache.getQueryState(list)?.isInvalidated).toBe(true);
    cache.clear();
  });
});

describe('running jobs', () => {
  it('come with their start and leave with their end', () => {
    const cache = new QueryClient();
    const job = (id: string, Status: string) => ({ JobID: id, latheId: 'lathe-1', Status });
    const change = (id: string, status: string) =>
      applyChange(cache, { event: 'job', id: '1-0', data: job(id, status) } as DurableMessage);
    cache.setQueryData(keys.runningJobs, [job('J1', 'In Progress')]);
    change('J2', 'In Progress');
    change('J3', 'Queued');
    change('J1', 'Completed');
    expect(cache.getQueryData<{ JobID: string }[]>(keys.runningJobs)?.map(({ JobID }) => JobID)).toEqual(['J2']);
    cache.clear();
  });
});
