import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { type AlertsFilter, fetchAlerts } from '../../api/alerts';
import { keys } from '../../api/keys';
import { useOpenAlerts } from '../../api/useAlerts';
import { type AlertsView, fits, type ViewName } from './alerts-view';

const PAGE = 50;

export interface AlertList {
  alerts: readonly AlertDto[];
  /** how many there are in each view of open alerts, whatever the filters */
  counts: Partial<Record<ViewName, number>>;
  isPending: boolean;
  error: unknown;
  retry: () => void;
  /** fetches older ones; undefined at the end */
  more: (() => void) | undefined;
  readsMore: boolean;
}

/** The alerts of a view: open ones most urgent first, or the history newest first. */
export function useAlertList(view: AlertsView): AlertList {
  const open = useOpenAlerts();
  const counts = useMemo(() => (open.data ? countsOf(open.alerts) : {}), [open.data, open.alerts]);
  const { which, state, latheId, type, priority } = view;
  const shown = useMemo(
    () =>
      which === 'history'
        ? NONE
        : open.alerts.filter((alert) => fits(alert, { which, state, latheId, type, priority })),
    [open.alerts, which, state, latheId, type, priority],
  );
  const filter = historyFilter(view);
  const history = useInfiniteQuery({
    queryKey: keys.alertList(filter),
    queryFn: ({ pageParam }) => fetchAlerts(filter, PAGE, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: which === 'history',
  });
  const past = useMemo(() => history.data?.pages.flatMap((page) => page.items) ?? NONE, [history.data]);
  if (which !== 'history') {
    return {
      alerts: shown,
      counts,
      isPending: open.isPending,
      error: open.isError && !open.data ? open.error : undefined,
      retry: open.refetch,
      more: undefined,
      readsMore: false,
    };
  }
  return {
    alerts: past,
    counts,
    isPending: history.isPending,
    error: history.isError && !history.data ? history.error : undefined,
    retry: history.refetch,
    more: history.hasNextPage ? () => void history.fetchNextPage() : undefined,
    readsMore: history.isFetchingNextPage,
  };
}

/** The filters of the history as the server knows them. */
export function historyFilter({ state, latheId, type, priority }: AlertsView): AlertsFilter {
  return { state, latheId, type, ...(priority ? { priority: Number(priority) } : {}) };
}

const NONE: readonly AlertDto[] = [];

function countsOf(open: readonly AlertDto[]): Partial<Record<ViewName, number>> {
  const counts = { active: 0, shelved: 0, suppressed: 0, outOfService: 0 };
  for (const { state } of open) {
    if (state === 'shelved' || state === 'suppressed' || state === 'outOfService') counts[state]++;
    else counts.active++;
  }
  return counts;
}
