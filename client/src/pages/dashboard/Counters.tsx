import { Link } from 'wouter';
import type { AlertDto } from '#domain/contract/alert.js';
import type { LatheStatus } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { isUnacknowledged } from '../../api/useAlerts';
import styles from './Counters.module.css';

export interface CountersProps {
  /** undefined while they are not known: unknown is not zero */
  lathes: readonly LatheDto[] | undefined;
  alerts: readonly AlertDto[] | undefined;
  status: LatheStatus | undefined;
  onStatus: (status: LatheStatus | undefined) => void;
}

const COUNTED: [LatheStatus, string][] = [
  ['running', 'Running'],
  ['idle', 'Idle'],
  ['maintenance', 'Maint.'],
  ['alarm', 'Locked'],
];

/** How many lathes do what; a press filters the list. The last one leads to the alerts. */
export function Counters({ lathes, alerts, status, onStatus }: CountersProps) {
  const offline = lathes?.filter((lathe) => lathe.status === 'offline').length ?? 0;
  const counted = offline > 0 ? [...COUNTED, ['offline', 'Offline'] as const] : COUNTED;
  const waiting = alerts?.filter(isUnacknowledged);
  return (
    <div className={styles.row}>
      {counted.map(([kind, word]) => {
        const count = lathes?.filter((lathe) => lathe.status === kind).length;
        return (
          <button
            key={kind}
            type="button"
            className={styles.counter}
            data-wrong={(kind === 'alarm' || kind === 'offline') && (count ?? 0) > 0}
            aria-pressed={status === kind}
            onClick={() => onStatus(status === kind ? undefined : kind)}
          >
            <span className={styles.count}>{count ?? '–'}</span>
            <span>{word}</span>
          </button>
        );
      })}
      <Link href="/alerts" className={styles.counter} data-priority={waiting?.[0]?.priority}>
        <span className={styles.count}>{waiting?.length ?? '–'}</span>
        <span>Alarms</span>
      </Link>
    </div>
  );
}
