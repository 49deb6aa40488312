import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlertDto } from '#domain/contract/alert.js';
import { fetchAlerts } from '../../api/alerts';
import { keys } from '../../api/keys';
import { useActiveAlerts } from '../../api/useAlerts';
import type { AlertsView } from './AlertsPage';

const PAGE = 50;

export interface AlertList {
  alerts: AlertDto[];
  isPending: boolean;
  error: unknown;
  retry: () => void;
  /** fetches older ones; undefined at the end */
  more: (() => void) | undefined;
}

/** The alerts of a view: the active ones most urgent first, or the history newest first. */
export function useAlertList(view: AlertsView): AlertList {
  const active = useActiveAlerts();
  const filter = {
    state: view.state,
    latheId: view.latheId,
    type: view.type,
    ...(view.priority ? { priority: Number(view.priority) } : {}),
  };
  const all = useInfiniteQuery({
    queryKey: keys.alertList(filter),
    queryFn: ({ pageParam }) => fetchAlerts(filter, PAGE, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: view.which === 'all',
  });
  if (view.which === 'active') {
    return {
      alerts: active.alerts.filter((alert) => fits(alert, view)),
      isPending: active.isPending,
      error: active.isError && !active.data ? active.error : undefined,
      retry: active.refetch,
      more: undefined,
    };
  }
  return {
    alerts: all.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: all.isPending,
    error: all.isError && !all.data ? all.error : undefined,
    retry: all.refetch,
    more: all.hasNextPage ? () => void all.fetchNextPage() : undefined,
  };
}

function fits(alert: AlertDto, { state, priority, latheId, type }: AlertsView): boolean {
  return (
    (!state || alert.state === state) &&
    (!priority || alert.priority === Number(priority)) &&
    (!latheId || alert.lathe_id === latheId) &&
    (!type || alert.alert_type === type)
  );
}
