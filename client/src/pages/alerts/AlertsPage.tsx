import { Button } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { AlertDto } from '#domain/contract/alert.js';
import { isAnnounced, isUnacknowledged, useFlood } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { ListPage } from '../../widgets/ListPage';
import { PageLoading, PageState } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { type KeyTable, useKeys } from '../../widgets/useKeys';
import { AlertFilters } from './AlertFilters';
import { AlertList, type ListFocus } from './AlertList';
import type { RowActs } from './AlertRow';
import { AlertSections } from './AlertSections';
import { type AlertsView, viewOf, withView } from './alerts-view';
import { FloodNotice } from './FloodNotice';
import { ListHead } from './ListHead';
import { groupedItems, plainItems } from './list-items';
import { SelectionActs } from './SelectionActs';
import { useAlertList } from './useAlertList';
import { useExport } from './useExport';
import { usePlainActs } from './usePlainActs';
import { useSelection } from './useSelection';
import { EMPTY_WORDS, ViewChoice } from './ViewChoice';

const AlertDrawer = lazy(() => import('./AlertDrawer'));
const AcknowledgeDialog = lazy(() => import('../../widgets/AcknowledgeDialog'));
const ShelveDialog = lazy(() => import('./ShelveDialog'));

/** Which dialog stands open over the console, and for which alerts. */
type Asking = { what: 'comment' | 'shelve'; alerts: readonly AlertDto[] };

/** The alert console: most urgent first, worked through with one hand, on the keyboard or on a phone. */
export function AlertsPage() {
  const [search, setSearch] = useSearchParams();
  const view = useMemo(() => viewOf(search), [search]);
  const { handleAlerts, maintain } = useRights();
  const list = useAlertList(view);
  const { alerts } = list;
  const selection = useSelection(alerts);
  const flood = useFlood().data;
  const [wish, setWish] = useState<{ flood: string | undefined; grouped: boolean }>();
  const [asking, setAsking] = useState<Asking>();
  const focus = useRef<ListFocus>(null);
  const exporting = useExport(view, alerts, list.more !== undefined);
  const act = usePlainActs();

  // What somebody wished for one flood is no wish for the next.
  const grouped =
    view.which === 'active' && (wish && wish.flood === flood?.since ? wish.grouped : (flood?.active ?? false));
  const items = useMemo(() => (grouped ? groupedItems(alerts, flood) : plainItems(alerts)), [grouped, alerts, flood]);

  const openId = search.get('alert') ?? undefined;
  const open = (id: string | undefined) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (id) next.set('alert', id);
        else next.delete('alert');
        return next;
      },
      { replace: true },
    );

  const filter = (next: AlertsView) => setSearch(withView(search, next), { replace: true });
  const latest = useRef({ act, open, filter, toggle: selection.toggle });
  latest.current = { act, open, filter, toggle: selection.toggle };
  const [onFilter] = useState(() => (next: AlertsView) => latest.current.filter(next));
  const [on] = useState<RowActs>(() => ({
    toggle: (id) => latest.current.toggle(id),
    open: (id) => latest.current.open(id),
    act: (alert, verb) => latest.current.act([alert], verb),
    shelve: (alert) => setAsking({ what: 'shelve', alerts: [alert] }),
  }));

  /** What the keys mean: all that is selected, else the row with the focus. */
  const meant = (): readonly AlertDto[] => {
    if (selection.chosen.length > 0) return selection.chosen;
    const id = focus.current?.focusedId();
    return alerts.filter((alert) => alert.id === id);
  };
  const ask = (what: Asking['what'], alike: (alert: AlertDto) => boolean) => {
    const fitting = meant().filter(alike);
    if (fitting.length > 0 && handleAlerts) setAsking({ what, alerts: fitting });
  };
  useKeys({
    j: () => focus.current?.move(1),
    k: () => focus.current?.move(-1),
    ...walkKeys(focus),
    a: () => {
      act(meant(), 'acknowledge');
      if (selection.chosen.length === 0) focus.current?.move(1);
      selection.clear();
    },
    c: () => ask('comment', isUnacknowledged),
    s: () => ask('shelve', isAnnounced),
    x: () => {
      const id = focus.current?.focusedId();
      if (id && handleAlerts) selection.toggle(id);
    },
  });
  const closeDialog = () => {
    setAsking(undefined);
    selection.clear();
    focus.current?.restore();
  };

  const selectable = handleAlerts && view.which !== 'history' && view.which !== 'suppressed';
  return (
    <ListPage
      title="Alerts"
      sections={<AlertSections />}
      tools={
        <>
          <ViewChoice
            which={view.which}
            counts={list.counts}
            onChange={(which) => {
              selection.clear();
              filter({ ...view, which });
            }}
          />
          <AlertFilters view={view} onChange={onFilter} />
        </>
      }
      onOlder={list.more}
      readsOlder={list.readsMore}
    >
      {flood?.active && view.which === 'active' && <FloodNotice flood={flood} grouped={grouped && alerts.length > 0} />}
      {selection.chosen.length > 0 && (
        <SelectionActs
          chosen={selection.chosen}
          isManager={maintain}
          onAct={(fitting, verb) => {
            act(fitting, verb);
            selection.clear();
          }}
          onComment={(fitting) => setAsking({ what: 'comment', alerts: fitting })}
          onShelve={(fitting) => setAsking({ what: 'shelve', alerts: fitting })}
          onClear={selection.clear}
        />
      )}
      {alerts.length > 0 && (
        <ListHead
          shown={alerts.length}
          more={list.more !== undefined}
          selected={selection.chosen.length}
          selectable={selectable}
          grouped={grouped}
          groupable={view.which === 'active'}
          exporting={exporting.busy}
          onSelectAll={selection.toggleAll}
          onGroup={() => setWish({ flood: flood?.since, grouped: !grouped })}
          onExport={exporting.run}
        />
      )}
      {list.isPending ? (
        <PageLoading what="Reading alerts" />
      ) : list.error ? (
        <ReadFailure title="The alerts could not be read" error={list.error} onRetry={list.retry} />
      ) : alerts.length === 0 ? (
        <PageState icon={<IconBellCheck size={40} stroke={1.5} aria-hidden />} {...EMPTY_WORDS[view.which]}>
          {(view.latheId || view.priority || view.type || view.state) && (
            <Button variant="default" onClick={() => filter({ ...viewOf(new URLSearchParams()), which: view.which })}>
              Clear the filters
            </Button>
          )}
        </PageState>
      ) : (
        <AlertList
          ref={focus}
          items={items}
          selected={selection.ids}
          selectable={selectable}
          rights={handleAlerts ? (maintain ? 'manager' : 'operator') : 'none'}
          on={on}
        />
      )}
      <Suspense fallback={null}>
        {openId && (
          <AlertDrawer
            key={openId}
            alertId={openId}
            onClose={() => {
              open(undefined);
              focus.current?.restore();
            }}
          />
        )}
        {asking?.what === 'comment' && <AcknowledgeDialog alerts={asking.alerts} onClose={closeDialog} />}
        {asking?.what === 'shelve' && <ShelveDialog alerts={asking.alerts} onClose={closeDialog} />}
      </Suspense>
    </ListPage>
  );
}

/** Keys that walk along the rows. */
function walkKeys(focus: RefObject<ListFocus | null>): KeyTable {
  return Object.fromEntries([
    ['ArrowDown', () => focus.current?.move(1)],
    ['ArrowUp', () => focus.current?.move(-1)],
    ['Home', () => focus.current?.edge('first')],
    ['End', () => focus.current?.edge('last')],
  ]);
}
