import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import type { LatheDto } from '#domain/contract/lathe.js';
import { isUnacknowledged, useOpenAlerts } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { AcknowledgeButton } from '../../widgets/AcknowledgeButton';
import { Panel } from '../../widgets/Panel';
import { PriorityMark } from '../../widgets/PriorityMark';
import { ReleaseLathe } from '../../widgets/ReleaseLathe';
import { Since } from '../../widgets/TimeStamp';
import { ALARM_STATE_WORDS } from '../../widgets/words';
import styles from './panels.module.css';

const RaiseAlertDialog = lazy(() => import('./RaiseAlertDialog'));

/** Active alerts of this lathe, and the way to raise one by hand. */
export function LatheAlerts({ lathe }: { lathe: LatheDto }) {
  const { alerts, isPending } = useOpenAlerts();
  const { handleAlerts } = useRights();
  const [raising, setRaising] = useState(false);
  const mine = alerts.filter((alert) => alert.lathe_id === lathe.id);
  return (
    <Panel title="Alerts" aside={<Link href={`/alerts?latheId=${lathe.id}`}>All of this lathe</Link>}>
      <ReleaseLathe lathe={lathe} />
      {mine.length === 0 && <p className="dim">{isPending ? 'Reading alerts…' : 'No active alerts.'}</p>}
      {mine.length > 0 && (
        <ul className={styles.alerts}>
          {mine.map((alert) => (
            <li key={alert.id} className={styles.alert} data-alert-id={alert.id} data-state={alert.state}>
              <PriorityMark priority={alert.priority} flash={isUnacknowledged(alert)} />
              <div>
                <Link href={`/alerts?alert=${alert.id}`} className={styles.alertLink}>
                  {alert.message}
                </Link>
                <div className="dim">
                  {ALARM_STATE_WORDS[alert.state]}, <Since iso={alert.timestamp} />
                </div>
              </div>
              <AcknowledgeButton alert={alert} />
            </li>
          ))}
        </ul>
      )}
      {handleAlerts && (
        <div className={styles.acts}>
          <Button variant="default" data-action="raise-alert" onClick={() => setRaising(true)}>
            Raise an alert
          </Button>
        </div>
      )}
      {raising && (
        <Suspense fallback={null}>
          <RaiseAlertDialog lathe={lathe} onClose={() => setRaising(false)} />
        </Suspense>
      )}
    </Panel>
  );
}
