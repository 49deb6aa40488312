import { Button } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { AlertDto } from '#domain/contract/alert.js';
import { isUnacknowledged, useAlertAction } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { ListPage } from '../../widgets/ListPage';
import { PageLoading, PageState } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { useKeys } from '../../widgets/useKeys';
import { AlertFilters } from './AlertFilters';
import { AlertRow } from './AlertRow';
import styles from './AlertsPage.module.css';
import { useAlertList } from './useAlertList';
import { useRowFocus } from './useRowFocus';

const AlertDrawer = lazy(() => import('./AlertDrawer'));

export interface AlertsView {
  which: 'active' | 'all';
  state: string;
  priority: string;
  latheId: string;
  type: string;
}

/** The alert console: most urgent first, worked through with one hand on the keyboard. */
export function AlertsPage() {
  const [search] = useSearchParams();
  const { handleAlerts } = useRights();
  const [view, setView] = useState<AlertsView>({
    which: 'active',
    state: '',
    priority: '',
    latheId: search.get('latheId') ?? '',
    type: '',
  });
  const [openId, setOpenId] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useAlertList(view);
  const act = useAlertAction();
  const rows = useRowFocus(list.alerts.length);

  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const focused = () => list.alerts.find((alert) => alert.id === rows.focusedId());
  const acknowledge = (alert: AlertDto | undefined) => {
    if (alert && handleAlerts && isUnacknowledged(alert)) act.mutate({ id: alert.id, action: 'acknowledge' });
  };
  const chosen = list.alerts.filter((alert) => selected.has(alert.id) && isUnacknowledged(alert));
  const acknowledgeChosen = () => {
    for (const alert of chosen) act.mutate({ id: alert.id, action: 'acknowledge' });
    setSelected(new Set());
  };
  useKeys({
    j: rows.next,
    k: rows.previous,
    ...rows.arrows,
    a: () => (chosen.length > 0 ? acknowledgeChosen() : acknowledge(focused())),
    c: () => setOpenId(focused()?.id),
    x: () => {
      const alert = focused();
      if (alert && isUnacknowledged(alert)) toggle(alert.id);
    },
  });
  const open = list.alerts.find((alert) => alert.id === openId);

  return (
    <ListPage title="Alerts" tools={<AlertFilters view={view} onChange={setView} />} onOlder={list.more}>
      {chosen.length > 0 && handleAlerts && (
        <div className={styles.selection}>
          <span>{chosen.length} selected</span>
          <Button onClick={acknowledgeChosen}>Acknowledge all of them</Button>
          <Button variant="subtle" color="gray" onClick={() => setSelected(new Set())}>
            Clear
          </Button>
        </div>
      )}
      {list.isPending ? (
        <PageLoading what="Reading alerts" />
      ) : list.error ? (
        <ReadFailure title="The alerts could not be read" error={list.error} onRetry={list.retry} />
      ) : list.alerts.length === 0 ? (
        <PageState
          icon={<IconBellCheck size={40} stroke={1.5} aria-hidden />}
          title={view.which === 'active' ? 'Nothing waits' : 'No alert fits'}
          detail={
            view.which === 'active'
              ? 'No alert is active with these filters. New ones appear here by themselves.'
              : 'Change the filters to see others.'
          }
        />
      ) : (
        <ul ref={rows.list} className={styles.list}>
          {list.alerts.map((alert) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              selected={selected.has(alert.id)}
              busy={act.isPending && act.variables.id === alert.id}
              mayAct={handleAlerts}
              onToggle={() => toggle(alert.id)}
              onOpen={() => {
                rows.focusedId();
                setOpenId(alert.id);
              }}
              onAcknowledge={() => acknowledge(alert)}
            />
          ))}
        </ul>
      )}
      {open && (
        <Suspense fallback={null}>
          <AlertDrawer
            alert={open}
            onClose={() => {
              setOpenId(undefined);
              rows.restore();
            }}
          />
        </Suspense>
      )}
    </ListPage>
  );
}
