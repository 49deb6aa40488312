import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import { keys } from '../api/keys';
import { applyAlerts, applyChange, upsert } from './apply-change';
import { alertOf } from './testing/alert-of';

type Change = Parameters<typeof applyChange>[1];

describe('upsert', () => {
  it('keeps the order of what is known', () => {
    expect(upsert([{ id: 1 }, { id: 2 }], { id: 2 }, (item) => String(item.id))).toEqual([{ id: 1 }, { id: 2 }]);
  });
});

describe('applyAlerts', () => {
  const list = keys.alertList({});
  const listing = (...items: AlertDto[]) => {
    const cache = new QueryClient();
    cache.setQueryData(list, { pages: [{ items }], pageParams: [undefined] });
    return cache;
  };

  it('patches alerts in every list that shows them', () => {
    const cache = listing(alertOf('a'), alertOf('b'));
    cache.setQueryData(keys.openAlerts, [alertOf('a'), alertOf('b')]);
    const missing = applyAlerts(cache, [alertOf('a', { state: 'acknowledged', n: 2 })]);
    const data = cache.getQueryData<{ pages: { items: AlertDto[] }[] }>(list);
    expect(data?.pages[0]?.items.map(({ state }) => state)).toEqual(['acknowledged', 'unacknowledged']);
    expect(cache.getQueryData<AlertDto[]>(keys.openAlerts)?.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(missing).toBe(false);
    cache.clear();
  });

  it('tells of a list that does not know an alert yet', () => {
    const cache = listing(alertOf('a'));
    expect(applyAlerts(cache, [alertOf('a', { n: 2 }), alertOf('b')])).toBe(true);
    cache.clear();
  });

  it('has the history of a changed alert read again, and no other', () => {
    const cache = new QueryClient();
    for (const id of ['a', 'b']) cache.setQueryData(keys.transitions(id), []);
    applyAlerts(cache, [alertOf('a', { n: 2 })]);
    expect(['a', 'b'].map((id) => cache.getQueryState(keys.transitions(id))?.isInvalidated)).toEqual([true, false]);
    cache.clear();
  });
});

describe('running jobs', () => {
  it('come with their start and leave with their end', () => {
    const cache = new QueryClient();
    const job = (id: string, Status: string) => ({ JobID: id, latheId: 'lathe-1', Status });
    const change = (id: string, status: string) =>
      applyChange(cache, { event: 'job', id: '1-0', data: job(id, status) } as Change);
    cache.setQueryData(keys.runningJobs, [job('J1', 'In Progress')]);
    change('J2', 'In Progress');
    change('J3', 'Queued');
    change('J1', 'Completed');
    expect(cache.getQueryData<{ JobID: string }[]>(keys.runningJobs)?.map(({ JobID }) => JobID)).toEqual(['J2']);
    cache.clear();
  });
});
