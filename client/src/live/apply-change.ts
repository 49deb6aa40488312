import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import type { JobDto } from '#domain/contract/job.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { Page } from '#domain/contract/page.js';
import { keys } from '../api/keys';
import type { DurableMessage } from './stream-client';

type Pages<Item> = InfiniteData<Page<Item>>;

/** Brings the cached slow data in step with one event of the socket. */
export function applyChange(cache: QueryClient, message: DurableMessage): void {
  switch (message.event) {
    case 'lathe':
      cache.setQueryData<LatheDto[]>(keys.lathes, (lathes) => lathes && upsert(lathes, message.data, (l) => l.id));
      return;
    case 'alert':
      applyAlert(cache, message.data);
      return;
    case 'flood':
      cache.setQueryData(['alerts', 'flood'], message.data);
      return;
    case 'job':
      applyJob(cache, message.data);
      return;
    default:
      void cache.invalidateQueries({ queryKey: ['models'] });
  }
}

/** Everything that events would have kept in step is read again. */
export function refetchAll(cache: QueryClient): void {
  for (const kind of ['lathes', 'alerts', 'jobs', 'models']) void cache.invalidateQueries({ queryKey: [kind] });
}

function applyAlert(cache: QueryClient, alert: AlertDto): void {
  cache.setQueryData<AlertDto[]>(keys.activeAlerts, (active) => active && withAlert(active, alert));
  const known = patchLists<AlertDto>(cache, ['alerts', 'list'], alert, (a) => a.id);
  if (!known) void cache.invalidateQueries({ queryKey: ['alerts', 'list'] });
  void cache.invalidateQueries({ queryKey: keys.transitions(alert.id) });
}

function applyJob(cache: QueryClient, job: JobDto): void {
  cache.setQueryData<JobDto>(keys.job(job.JobID), job);
  cache.setQueryData<JobDto[]>(keys.runningJobs, (running) => {
    if (job.Status === 'In Progress') return running && upsert(running, job, (j) => j.JobID);
    return running?.filter((other) => other.JobID !== job.JobID);
  });
  const known = patchLists<JobDto>(cache, ['jobs', 'list'], job, (j) => j.JobID);
  if (!known) void cache.invalidateQueries({ queryKey: ['jobs', 'list'] });
}

/**
 * The active alerts after `alert` changed: gone when back to normal, else in its place or first. A copy that is older than
 * the known one changes nothing: the answer of a request and the event of the same act may come in either order.
 */
export function withAlert(active: readonly AlertDto[], alert: AlertDto): AlertDto[] {
  const known = active.find((other) => other.id === alert.id);
  if (known && known.n > alert.n) return [...active];
  if (alert.state === 'normal') return active.filter((other) => other.id !== alert.id);
  return upsert(active, alert, (a) => a.id);
}

/** `items` with `item` in the place of its namesake; a new one comes first. */
export function upsert<Item>(items: readonly Item[], item: Item, idOf: (item: Item) => string): Item[] {
  const id = idOf(item);
  return items.some((other) => idOf(other) === id)
    ? items.map((other) => (idOf(other) === id ? item : other))
    : [item, ...items];
}

/** Replaces an item in every cached paged list; false where no list holds it. */
function patchLists<Item>(cache: QueryClient, queryKey: string[], item: Item, idOf: (item: Item) => string): boolean {
  const id = idOf(item);
  let known = false;
  cache.setQueriesData<Pages<Item>>({ queryKey }, (data) => {
    if (!data?.pages.some((page) => page.items.some((other) => idOf(other) === id))) return data;
    known = true;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((other) => (idOf(other) === id ? item : other)),
    }));
    return { ...data, pages };
  });
  return known;
}
