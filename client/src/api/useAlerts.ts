import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { withAlert } from '../live/apply-change';
import { notify } from '../widgets/notice-store';
import { type AlertAction, actOnAlert, fetchActiveAlerts } from './alerts';
import { keys } from './keys';
import { messageOf } from './problem';

/** Whether somebody still has to acknowledge. */
export function isUnacknowledged(alert: AlertDto): boolean {
  return (
    alert.state === 'unacknowledged' ||
    alert.state === 'returnedUnacknowledged' ||
    alert.state === 'latchedUnacknowledged'
  );
}

/** Unacknowledged before acknowledged, highest priority first, then newest. */
export function byUrgency(a: AlertDto, b: AlertDto): number {
  return (
    Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) ||
    a.priority - b.priority ||
    b.timestamp.localeCompare(a.timestamp)
  );
}

/** The plant's active alerts, most urgent first, kept in step by the socket. */
export function useActiveAlerts() {
  const query = useQuery({ queryKey: keys.activeAlerts, queryFn: fetchActiveAlerts });
  const alerts = useMemo(() => [...(query.data ?? [])].sort(byUrgency), [query.data]);
  return { ...query, alerts };
}

export function useAlertAction() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action, comment }: { id: string; action: AlertAction; comment?: string }) =>
      actOnAlert(id, action, comment),
    onSuccess: (alert) => {
      cache.setQueryData<AlertDto[]>(keys.activeAlerts, (active) => active && withAlert(active, alert));
      void cache.invalidateQueries({ queryKey: ['alerts', 'list'] });
    },
    onError: (error) => notify({ tone: 'problem', text: messageOf(error) }),
  });
}
