import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import type { JobDto } from '#domain/contract/job.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { Page } from '#domain/contract/page.js';
import { withAlerts } from '../api/alert-order';
import { keys } from '../api/keys';
import type { DurableMessage } from './stream-client';

type Pages<Item> = InfiniteData<Page<Item>>;

/** Brings the cached slow data in step with one event of the socket; what comes in heaps has its own way below. */
export function applyChange(
  cache: QueryClient,
  message: Exclude<DurableMessage, { event: 'alert' | 'lathe' | 'flood' }>,
): void {
  if (message.event === 'job') applyJob(cache, message.data);
  else void cache.invalidateQueries({ queryKey: ['models'] });
}

export function applyLathes(cache: QueryClient, changed: readonly LatheDto[]): void {
  cache.setQueryData<LatheDto[]>(keys.lathes, (lathes) =>
    changed.reduce((known, lathe) => known && upsert(known, lathe, ({ id }) => id), lathes),
  );
}

/** Everything that events would have kept in step is read again. */
export function refetchAll(cache: QueryClient): void {
  for (const kind of ['lathes', 'alerts', 'jobs', 'models']) void cache.invalidateQueries({ queryKey: [kind] });
}

/**
 * Brings every cached list of alerts in step with those that changed.
 * @returns whether a list may miss one that it does not know yet, and is to be read again
 */
export function applyAlerts(cache: QueryClient, changed: readonly AlertDto[]): boolean {
  cache.setQueryData<AlertDto[]>(keys.openAlerts, (open) => open && withAlerts(open, changed));
  const byId = new Map(changed.map((alert) => [alert.id, alert]));
  for (const alert of changed) {
    cache.setQueryData<AlertDto>(keys.alert(alert.id), (known) => known && alert);
  }
  void cache.invalidateQueries({
    predicate: ({ queryKey: [kind, what, id] }) =>
      kind === 'alerts' && what === 'transitions' && byId.has(id as string),
  });
  return patchLists(cache, ['alerts', 'list'], byId, (alert) => alert.id) < byId.size;
}

function applyJob(cache: QueryClient, job: JobDto): void {
  cache.setQueryData<JobDto>(keys.job(job.JobID), job);
  cache.setQueryData<JobDto[]>(keys.runningJobs, (running) => {
    if (job.Status === 'In Progress') return running && upsert(running, job, (j) => j.JobID);
    return running?.filter((other) => other.JobID !== job.JobID);
  });
  const byId = new Map([[job.JobID, job]]);
  if (patchLists(cache, ['jobs', 'list'], byId, (j) => j.JobID) === 0)
    void cache.invalidateQueries({ queryKey: ['jobs', 'list'] });
}

/** `items` with `item` in the place of its namesake; a new one comes first. */
export function upsert<Item>(items: readonly Item[], item: Item, idOf: (item: Item) => string): Item[] {
  const id = idOf(item);
  return items.some((other) => idOf(other) === id)
    ? items.map((other) => (idOf(other) === id ? item : other))
    : [item, ...items];
}

/** Replaces items in every cached paged list. @returns how many of them the list knows that knows fewest; all without a list */
function patchLists<Item>(
  cache: QueryClient,
  queryKey: string[],
  changed: ReadonlyMap<string, Item>,
  idOf: (item: Item) => string,
): number {
  let fewest = changed.size;
  cache.setQueriesData<Pages<Item>>({ queryKey }, (data) => {
    if (!data) return data;
    let found = 0;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => {
        const change = changed.get(idOf(item));
        if (change) found++;
        return change ?? item;
      }),
    }));
    fewest = Math.min(fewest, found);
    return found > 0 ? { ...data, pages } : data;
  });
  return fewest;
}
