import { replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { AlertDto } from '#domain/contract/alert.js';
import { acknowledgeAlerts, ackOutbox } from './acknowledgements';
import { alertFeed } from './alert-cache';
import { extentOf, isUnacknowledged, withAlerts } from './alert-order';
import { fetchAllAlerts, fetchFlood } from './alerts';
import { keys } from './keys';
import { useRights, useUser } from './useSession';

export { isAnnounced, isSilenced, isUnacknowledged } from './alert-order';

const openAlerts = {
  queryKey: keys.openAlerts,
  queryFn: async () => {
    const mark = alertFeed.mark();
    const alerts = await fetchAllAlerts({ open: 'true' });
    return withAlerts(withAlerts([], alerts), alertFeed.since(mark));
  },
  // Alerts are replaced one by one; comparing thousands of them field by field on every change would be for nothing.
  structuralSharing: (before: unknown, after: unknown) =>
    Array.isArray(after) ? after : replaceEqualDeep(before, after),
};

/** Every alert that is not over, most urgent first, those kept from people last; kept in step by the socket. */
export function useOpenAlerts() {
  const query = useQuery(openAlerts);
  // In a flood the person before the page comes first, and what is drawn of the alerts a moment later.
  const data = useDeferredValue(query.data);
  // Until they are drawn they are as good as not read: nobody may be told meanwhile that there are none.
  const isPending = data === undefined && (query.isPending || query.data !== undefined);
  return { ...query, data, isPending, alerts: data ?? NONE };
}

/** The alerts that are shown to people as such, most urgent first. */
export function useActiveAlerts() {
  const query = useOpenAlerts();
  const alerts = useMemo(() => query.alerts.slice(0, extentOf(query.alerts).announced), [query.alerts]);
  return { ...query, alerts };
}

/** What waits for somebody, by priority; renders anew only when these few figures change. */
export function useWaitingCounts(): { total: number; worst: number | undefined; byPriority: readonly number[] } {
  return useQuery({ ...openAlerts, select: waitingCounts }).data ?? NOTHING_WAITS;
}

/** What waits for somebody, most urgent first, without what has been acknowledged here and is on its way. */
export function useWaitingAlerts(): readonly AlertDto[] {
  const { alerts } = useOpenAlerts();
  const pending = useStore(ackOutbox.store, (outbox) => outbox.pending);
  return useMemo(() => {
    const waiting = alerts.slice(0, extentOf(alerts).waiting);
    return pending.size === 0 ? waiting : waiting.filter(({ id }) => !pending.has(id));
  }, [alerts, pending]);
}

/** Whether the plant drowns in alarms. */
export function useFlood() {
  return useQuery({ queryKey: keys.flood, queryFn: fetchFlood });
}

/** Acknowledging in the name of the signed-in user. Does nothing for those who may not, and for what waits for nobody. */
export function useAcknowledge(): (alerts: readonly AlertDto[], comment?: string) => void {
  const { userID } = useUser();
  const { handleAlerts } = useRights();
  return (alerts, comment) => {
    if (handleAlerts) acknowledgeAlerts(alerts.filter(isUnacknowledged), userID, comment);
  };
}

/** `sending` and `waiting` for the connection are acknowledgements that nobody has confirmed yet. */
export type AckProgress = 'none' | 'sending' | 'waiting';

export function useAckProgress(alertId: string): AckProgress {
  return useStore(ackOutbox.store, ({ pending, waiting }) =>
    pending.has(alertId) ? (waiting ? 'waiting' : 'sending') : 'none',
  );
}

/** How many acknowledgements wait for the connection. */
export function useWaitingAcks(): number {
  return useStore(ackOutbox.store, ({ pending, waiting }) => (waiting ? pending.size : 0));
}

const NONE: readonly AlertDto[] = [];
const NOTHING_WAITS = { total: 0, worst: undefined, byPriority: [0, 0, 0, 0] };

function waitingCounts(open: readonly AlertDto[]) {
  const { waiting } = extentOf(open);
  const byPriority = [0, 0, 0, 0];
  for (let i = 0; i < waiting; i++) {
    const at = (open[i]?.priority ?? 4) - 1;
    byPriority[at] = (byPriority[at] ?? 0) + 1;
  }
  return { total: waiting, worst: open[0] && waiting > 0 ? open[0].priority : undefined, byPriority };
}
