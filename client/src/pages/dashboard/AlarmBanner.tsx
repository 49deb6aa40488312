import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { isUnacknowledged, useActiveAlerts, useAlertAction } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { LatheLink } from '../../widgets/LatheLink';
import { PriorityMark } from '../../widgets/PriorityMark';
import { Since } from '../../widgets/TimeStamp';
import { useKeys } from '../../widgets/useKeys';
import styles from './AlarmBanner.module.css';

/** The most urgent alert that nobody has acknowledged, with the act in place. */
export function AlarmBanner() {
  const { alerts, data, isError, refetch } = useActiveAlerts();
  const { handleAlerts } = useRights();
  const act = useAlertAction();
  const waiting = alerts.filter(isUnacknowledged);
  const first = waiting[0];
  const acknowledge = () => first && !act.isPending && act.mutate({ id: first.id, action: 'acknowledge' });
  useKeys({ a: acknowledge }, handleAlerts && first !== undefined);
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
  if (!first) return null;
  return (
    <section
      className={styles.banner}
      data-priority={first.priority}
      data-alert-id={first.id}
      data-state={first.state}
      aria-label="Most urgent alert"
    >
      <PriorityMark priority={first.priority} flash />
      <p className={styles.text}>
        <LatheLink latheId={first.lathe_id} />
        <span>{first.message}</span>
        <span className="dim">
          <Since iso={first.timestamp} />
        </span>
      </p>
      {waiting.length > 1 && (
        <Link href="/alerts" className={styles.more}>
          {waiting.length - 1} more
        </Link>
      )}
      {handleAlerts && (
        <Button data-action="acknowledge" loading={act.isPending} onClick={acknowledge}>
          Acknowledge
        </Button>
      )}
    </section>
  );
}
