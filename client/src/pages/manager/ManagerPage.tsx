import { Link } from 'wouter';
import { isUnacknowledged, useActiveAlerts } from '../../api/useAlerts';
import { useLathes } from '../../api/useLathes';
import { ForManagers } from '../../widgets/ForManagers';
import { HealthBadge } from '../../widgets/HealthBadge';
import { LatheLink } from '../../widgets/LatheLink';
import { LiveValue } from '../../widgets/LiveValue';
import { PageLoading } from '../../widgets/PageState';
import { Panel } from '../../widgets/Panel';
import { PriorityMark } from '../../widgets/PriorityMark';
import { ReadFailure } from '../../widgets/ReadFailure';
import { StatusBadge } from '../../widgets/StatusBadge';
import { Since, TimeStamp } from '../../widgets/TimeStamp';
import { ordered, urgencyOf } from '../dashboard/lathe-order';
import { attentionOf } from './attention';
import styles from './ManagerPage.module.css';
import { PlantNow } from './PlantNow';

/** What a manager should look at now, from live data alone, and the ways onward. */
export function ManagerPage() {
  return (
    <ForManagers>
      <Today />
    </ForManagers>
  );
}

function Today() {
  const lathes = useLathes();
  const active = useActiveAlerts();
  const { alerts } = active;
  if (lathes.isPending) return <PageLoading what="Reading the plant" />;
  if (!lathes.data)
    return <ReadFailure title="The plant could not be read" error={lathes.error} onRetry={lathes.refetch} />;

  const urgency = urgencyOf(alerts);
  const needy = ordered(lathes.data, 'worst', urgency)
    .map((lathe) => ({ lathe, reasons: attentionOf(lathe, urgency.get(lathe.id)?.alert) }))
    .filter(({ reasons }) => reasons.length > 0);
  const waiting = alerts.filter(isUnacknowledged);
  const inService = lathes.data.filter((lathe) => lathe.maintenance);

  return (
    <div className={styles.page}>
      <h1>Today</h1>
      <PlantNow lathes={lathes.data} />
      <div className={styles.columns}>
        <Panel title={`Lathes that need attention (${needy.length})`}>
          {needy.length === 0 && <p className="dim">All lathes are in order.</p>}
          <ul className={styles.list}>
            {needy.map(({ lathe, reasons }) => (
              <li key={lathe.id} data-lathe={lathe.id} data-status={lathe.status} data-health={lathe.healthBand}>
                <div className={styles.line}>
                  <Link href={`/lathes/${lathe.id}`} className={styles.name}>
                    {lathe.name}
                  </Link>
                  <StatusBadge status={lathe.status} />
                  <HealthBadge band={lathe.healthBand} latheId={lathe.id} />
                  <span className={styles.risk}>
                    <span className="dim">risk </span>
                    <LiveValue latheId={lathe.id} channel="failureProbability" />
                  </span>
                </div>
                <p className="dim">{reasons.join(' ')}</p>
              </li>
            ))}
          </ul>
        </Panel>
        <div className={styles.side}>
          <Panel
            title={active.data ? `Not acknowledged (${waiting.length})` : 'Not acknowledged'}
            aside={<Link href="/alerts">All alerts</Link>}
          >
            {active.isPending && <p className="dim">Reading alerts…</p>}
            {active.isError && !active.data && (
              <ReadFailure title="The alerts could not be read" error={active.error} onRetry={active.refetch} />
            )}
            {active.data && waiting.length === 0 && <p className="dim">Nothing waits.</p>}
            <ul className={styles.list}>
              {waiting.slice(0, 6).map((alert) => (
                <li key={alert.id} className={styles.alert}>
                  <PriorityMark priority={alert.priority} flash />
                  <div>
                    <LatheLink latheId={alert.lathe_id} /> {alert.message}
                    <div className="dim">
                      <Since iso={alert.timestamp} />
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={`In maintenance (${inService.length})`}>
            {inService.length === 0 && <p className="dim">No lathe is in maintenance.</p>}
            <ul className={styles.list}>
              {inService.map(({ id, name, maintenance }) => (
                <li key={id}>
                  <Link href={`/lathes/${id}`}>{name}</Link>: {maintenance?.reason}
                  {maintenance && (
                    <div className="dim">
                      until <TimeStamp iso={maintenance.end} />
                    </div>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </div>
  );
}
