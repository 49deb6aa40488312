import { useCallback, useMemo, useRef, useState } from 'react';
import type { LatheStatus } from '#domain/contract/enums.js';
import { useActiveAlerts } from '../../api/useAlerts';
import { useLathes } from '../../api/useLathes';
import { sceneStore } from '../../live/scene-store';
import { Choice } from '../../widgets/Choice';
import { PageLoading, PageState } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { TwinStage } from '../../widgets/TwinStage';
import { Counters } from './Counters';
import styles from './DashboardPage.module.css';
import { LatheList } from './LatheList';
import { ListTools } from './ListTools';
import { type LatheOrder, matches, ordered, urgencyOf } from './lathe-order';
import { SelectedLathe } from './SelectedLathe';

/** The floor: in 3D beside a list that has the worst lathe first. */
export function DashboardPage() {
  const lathes = useLathes();
  const { alerts, data: known } = useActiveAlerts();
  const [order, setOrder] = useState<LatheOrder>('worst');
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<LatheStatus>();
  const [tab, setTab] = useState<'list' | 'floor'>('list');
  const list = useRef<HTMLDivElement>(null);

  const urgency = useMemo(() => urgencyOf(alerts), [alerts]);
  const shown = useMemo(
    () =>
      ordered(lathes.data ?? [], order, urgency).filter(
        (lathe) => (!status || lathe.status === status) && matches(lathe, search),
      ),
    [lathes.data, order, urgency, status, search],
  );
  const pick = useCallback((latheId: string) => {
    sceneStore.getState().select(latheId);
    list.current?.querySelector(`[data-lathe="${latheId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <div className={styles.page}>
      <Choice
        className={styles.tabs}
        label="View"
        value={tab}
        onChange={setTab}
        options={[
          { value: 'list', label: 'Lathes' },
          { value: 'floor', label: 'Floor' },
        ]}
      />
      <div className={styles.columns} data-tab={tab}>
        <section className={styles.floor} aria-label="Floor">
          <TwinStage view="floor" onSelect={pick}>
            <SelectedLathe />
          </TwinStage>
        </section>
        <section className={styles.side} aria-label="Lathes">
          <Counters lathes={lathes.data} alerts={known && alerts} status={status} onStatus={setStatus} />
          <ListTools search={search} onSearch={setSearch} order={order} onOrder={setOrder} />
          <div ref={list} className={styles.scroll}>
            {lathes.isPending ? (
              <PageLoading what="Reading the lathes" />
            ) : !lathes.data ? (
              <ReadFailure title="The list of lathes could not be read" error={lathes.error} onRetry={lathes.refetch} />
            ) : shown.length === 0 ? (
              <PageState
                title={lathes.data.length === 0 ? 'No lathes yet' : 'No lathe fits'}
                detail={
                  lathes.data.length === 0
                    ? 'The plant has no lathes. A manager adds them.'
                    : 'Change the search or the counter that filters.'
                }
              />
            ) : (
              <LatheList lathes={shown} urgency={urgency} />
            )}
          </div>
        </section>
      </div>
    </div>
  );
}
