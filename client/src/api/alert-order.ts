import { ANNUNCIATED_STATES, SILENCED_STATES } from '#domain/alarms/alarm-state.js';
import type { AlertDto } from '#domain/contract/alert.js';
import type { AlarmState } from '#domain/contract/enums.js';

/** Whether somebody still has to acknowledge. */
export function isUnacknowledged({ state }: Pick<AlertDto, 'state'>): boolean {
  return state === 'unacknowledged' || state === 'returnedUnacknowledged' || state === 'latchedUnacknowledged';
}

/** Shown to people as an alarm: neither over nor kept from them on purpose. */
export const isAnnounced = ({ state }: Pick<AlertDto, 'state'>): boolean => ANNUNCIATED_STATES.includes(state);

export const isSilenced = ({ state }: Pick<AlertDto, 'state'>): boolean => SILENCED_STATES.includes(state);

/** What waits for somebody, then what has been seen, then what is kept from people. */
function rankOf(state: AlarmState): number {
  if (isUnacknowledged({ state })) return 0;
  return isAnnounced({ state }) ? 1 : 2;
}

/** Unacknowledged before acknowledged before silenced, highest priority first, then newest. */
export function byUrgency(a: AlertDto, b: AlertDto): number {
  return rankOf(a.state) - rankOf(b.state) || a.priority - b.priority || byNewest(a, b);
}

/** Newest first. Instants of one form sort as text, without the price of a collation. */
export function byNewest(a: AlertDto, b: AlertDto): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/**
 * The open alerts after some have changed.
 * @param open - in the order of byUrgency, and so is the answer
 * @param changes - in any order; of two copies of an alert the one with the higher `n` counts, wherever it comes from
 */
export function withAlerts(open: readonly AlertDto[], changes: readonly AlertDto[]): AlertDto[] {
  const newest = new Map<string, AlertDto>();
  for (const change of changes) {
    const known = newest.get(change.id);
    if (!known || known.n <= change.n) newest.set(change.id, change);
  }
  const kept: AlertDto[] = [];
  for (const alert of open) {
    const change = newest.get(alert.id);
    if (!change || change.n < alert.n) {
      kept.push(alert);
      newest.delete(alert.id);
    }
  }
  const coming = [...newest.values()].filter(({ state }) => state !== 'normal').sort(byUrgency);
  return merged(kept, coming);
}

/** Two ordered lists as one. */
function merged(a: readonly AlertDto[], b: readonly AlertDto[]): AlertDto[] {
  if (b.length === 0) return [...a];
  const all: AlertDto[] = [];
  let i = 0;
  for (const alert of b) {
    for (let next = a[i]; next && byUrgency(next, alert) <= 0; next = a[++i]) all.push(next);
    all.push(alert);
  }
  for (; i < a.length; i++) all.push(a[i] as AlertDto);
  return all;
}

/** How many at the start of an ordered list still wait for somebody, and how many are announced. */
export function extentOf(open: readonly AlertDto[]): { waiting: number; announced: number } {
  const firstOf = (rank: number) => {
    let low = 0;
    let high = open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rankOf((open[middle] as AlertDto).state) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { waiting: firstOf(1), announced: firstOf(2) };
}
