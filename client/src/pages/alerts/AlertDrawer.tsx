import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link } from 'wouter';
import type { AlertDto } from '#domain/contract/alert.js';
import { fetchAlert } from '../../api/alerts';
import { keys } from '../../api/keys';
import { isUnacknowledged, useOpenAlerts } from '../../api/useAlerts';
import { useLathe } from '../../api/useLathes';
import { useRights } from '../../api/useSession';
import { alertTitle } from '../../widgets/alert-title';
import { Facts } from '../../widgets/Facts';
import { LatheLink } from '../../widgets/LatheLink';
import { PageLoading } from '../../widgets/PageState';
import { PriorityMark } from '../../widgets/PriorityMark';
import { ReadFailure } from '../../widgets/ReadFailure';
import { ReleaseLathe } from '../../widgets/ReleaseLathe';
import { TimeLeft } from '../../widgets/TimeLeft';
import { TimeStamp } from '../../widgets/TimeStamp';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS } from '../../widgets/words';
import styles from './AlertDrawer.module.css';
import { DrawerActs } from './DrawerActs';
import { readingWords } from './reading-words';
import { Timeline } from './Timeline';

const BlackBox = lazy(() => import('./BlackBox'));

/** Everything about one alert: what it says, what can be done now, the minute around it, and what was done about it. */
export default function AlertDrawer({ alertId, onClose }: { alertId: string; onClose: () => void }) {
  const open = useOpenAlerts().alerts.find(({ id }) => id === alertId);
  const read = useQuery({ queryKey: keys.alert(alertId), queryFn: () => fetchAlert(alertId), enabled: !open });
  // The one that has gone on further counts: a closed alert is no longer among the open ones.
  const alert = open ?? read.data;
  return (
    <Drawer opened onClose={onClose} position="right" size="32rem" title="Alert">
      {alert ? (
        <Body alert={alert} />
      ) : read.isError ? (
        <ReadFailure title="The alert could not be read" error={read.error} onRetry={read.refetch} />
      ) : (
        <PageLoading what="Reading the alert" />
      )}
    </Drawer>
  );
}

function Body({ alert }: { alert: AlertDto }) {
  const lathe = useLathe(alert.lathe_id);
  const { handleAlerts } = useRights();
  return (
    <div className={styles.body} data-alert={alert.id} data-alert-state={alert.state}>
      <div className={styles.head}>
        <PriorityMark priority={alert.priority} flash={isUnacknowledged(alert)} size={32} />
        <h2>{alertTitle(alert)}</h2>
      </div>
      <Facts facts={factsOf(alert)} />
      {lathe?.lockedBy === alert.id && <ReleaseLathe lathe={lathe} />}
      <DrawerActs alert={alert} />
      {handleAlerts && (
        <>
          <h2>The minute around it</h2>
          <Suspense fallback={<p className="dim">Reading the trace…</p>}>
            <BlackBox alert={alert} />
          </Suspense>
          <h2>What happened</h2>
          <Timeline alert={alert} />
        </>
      )}
    </div>
  );
}

function factsOf(alert: AlertDto): [string, ReactNode][] {
  const { value, threshold, job_id, silenced, shelvedUntil, suppressedUntil, acknowledgedBy, acknowledgedAt } = alert;
  const until = shelvedUntil ?? suppressedUntil;
  const facts: [string, ReactNode][] = [
    ['State', ALARM_STATE_WORDS[alert.state]],
    ['Lathe', <LatheLink key="lathe" latheId={alert.lathe_id} />],
    ['Type', ALERT_TYPE_WORDS[alert.alert_type]],
  ];
  if (job_id) {
    facts.push([
      'Job',
      <Link key="job" href={`/jobs/${alert.lathe_id}`}>
        {job_id}
      </Link>,
    ]);
  }
  if (value !== undefined) facts.push(['Value when raised', readingWords(alert, value)]);
  if (threshold !== undefined) facts.push(['Limit', readingWords(alert, threshold)]);
  facts.push(['Raised', <TimeStamp key="raised" iso={alert.timestamp} />]);
  if (acknowledgedBy && acknowledgedAt) {
    facts.push([
      'Acknowledged',
      <span key="acknowledged">
        <TimeStamp iso={acknowledgedAt} /> by {acknowledgedBy}
      </span>,
    ]);
  }
  if (silenced) {
    facts.push([ALARM_STATE_WORDS[alert.state], `by ${silenced.by}${silenced.reason ? `: ${silenced.reason}` : ''}`]);
  }
  if (until) facts.push(['Time left', <TimeLeft key="until" iso={until} />]);
  if (silenced?.oneShot) facts.push(['Ends', 'also when it returns to normal']);
  return facts;
}
