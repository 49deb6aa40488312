import { ActionIcon, Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AlertDto } from '#domain/contract/alert.js';
import { useAcknowledge, useOpenAlerts, useWaitingAlerts, useWaitingCounts } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { LatheLink } from '../../widgets/LatheLink';
import { PriorityMark } from '../../widgets/PriorityMark';
import { Since } from '../../widgets/TimeStamp';
import { useKeys } from '../../widgets/useKeys';
import styles from './AlarmBanner.module.css';
import { acknowledgeTarget } from './acknowledge-target';

const AcknowledgeDialog = lazy(() => import('../../widgets/AcknowledgeDialog'));

/** On every page: the most urgent alert that nobody has acknowledged, with the act in place, and how many more there are. */
export function AlarmBanner() {
  const { data, isError, refetch } = useOpenAlerts();
  const { handleAlerts } = useRights();
  const [path] = useLocation();
  const waiting = useWaitingAlerts();
  const acknowledge = useAcknowledge();
  const [commenting, setCommenting] = useState<AlertDto>();
  const first = waiting[0];
  const ifAny = (act: (alert: AlertDto) => void) => () => {
    const alert = acknowledgeTarget(waiting, document.activeElement);
    if (alert) act(alert);
  };
  // The console has keys of its own, for its rows.
  useKeys({ a: ifAny((alert) => acknowledge([alert])), c: ifAny(setCommenting) }, handleAlerts && path !== '/alerts');
  const dialog = commenting && (
    <Suspense fallback={null}>
      <AcknowledgeDialog alerts={[commenting]} onClose={() => setCommenting(undefined)} />
    </Suspense>
  );
  if (isError && !data) {
    return (
      <section className={styles.banner} role="alert">
        <p className={styles.text}>The alerts could not be read. There may be some that nobody sees.</p>
        <Button variant="default" onClick={() => refetch()}>
          Try again
        </Button>
      </section>
    );
  }
  if (!first) return dialog || null;
  // Where the page lists the alert itself, that row alone goes by its id.
  const listed = path === '/alerts' || path.startsWith('/lathes/');
  return (
    <section
      className={styles.banner}
      data-banner={first.id}
      data-alert-id={listed ? undefined : first.id}
      data-state={first.state}
      data-priority={first.priority}
      aria-label="Most urgent alert"
    >
      <PriorityMark priority={first.priority} flash size={30} />
      <p className={styles.text}>
        <LatheLink latheId={first.lathe_id} />
        <Link href={`/alerts?alert=${first.id}`} className={styles.message}>
          {first.message}
        </Link>
        <span className="dim">
          <Since iso={first.timestamp} />
        </span>
      </p>
      <Others />
      {handleAlerts && (
        <span className={styles.acts}>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label="Acknowledge with a comment"
            title="Acknowledge with a comment (c)"
            onClick={() => setCommenting(first)}
          >
            <IconMessagePlus size={20} aria-hidden />
          </ActionIcon>
          <Button data-action="acknowledge" title="Acknowledge (a)" onClick={() => acknowledge([first])}>
            Acknowledge
          </Button>
        </span>
      )}
      {dialog}
    </section>
  );
}

/** How many wait of each priority, leading to the console. */
function Others() {
  const { total, byPriority } = useWaitingCounts();
  if (total < 2) return null;
  return (
    <Link href="/alerts" className={styles.others} title={`All ${total} that wait`}>
      <span className="visually-hidden">All that wait: </span>
      {byPriority.map((count, i) =>
        count === 0 ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the priority
          <span key={i} className={styles.count}>
            <PriorityMark priority={i + 1} size={20} />
            {count}
          </span>
        ),
      )}
    </Link>
  );
}
