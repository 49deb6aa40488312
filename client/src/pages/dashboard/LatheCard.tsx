import { memo } from 'react';
import { Link } from 'wouter';
import type { LatheDto } from '#domain/contract/lathe.js';
import { useRights } from '../../api/useSession';
import { sceneStore } from '../../live/scene-store';
import { AcknowledgeButton } from '../../widgets/AcknowledgeButton';
import { HealthBadge } from '../../widgets/HealthBadge';
import { LiveBar } from '../../widgets/LiveBar';
import { LiveValue } from '../../widgets/LiveValue';
import { PriorityMark } from '../../widgets/PriorityMark';
import { StatusBadge } from '../../widgets/StatusBadge';
import { StartJobButton } from '../start-job/StartJobButton';
import styles from './LatheCard.module.css';
import type { Urgency } from './lathe-order';

export interface LatheCardProps {
  lathe: LatheDto;
  urgency: Urgency | undefined;
  selected: boolean;
}

/** One lathe of the list. The whole card leads to the lathe; renders on events only, its figures are written live. */
export const LatheCard = memo(function LatheCard({ lathe, urgency, selected }: LatheCardProps) {
  const { id, name, status, healthBand } = lathe;
  const { startJobs } = useRights();
  const busy = status === 'running';
  return (
    <li className={styles.card} data-lathe={id} data-status={status} data-health={healthBand} data-selected={selected}>
      <div className={styles.head}>
        <Link href={`/lathes/${id}`} className={styles.name} data-card onFocus={() => sceneStore.getState().select(id)}>
          {name}
        </Link>
        {urgency && (
          <span className={styles.alert} title={urgency.alert.message}>
            <PriorityMark priority={urgency.alert.priority} flash={urgency.unacknowledged > 0} size={22} />
          </span>
        )}
        <StatusBadge status={status} />
      </div>
      <div className={styles.line}>
        <HealthBadge band={healthBand} latheId={id} />
        {busy ? (
          <span className={styles.figures}>
            <LiveValue latheId={id} channel="rpm" />
            <LiveValue latheId={id} channel="power" />
          </span>
        ) : (
          startJobs && status === 'idle' && <StartJobButton latheId={id} size="compact-md" variant="default" />
        )}
      </div>
      {urgency && urgency.unacknowledged > 0 && (
        <div className={styles.waiting}>
          <span>{urgency.alert.message}</span>
          <AcknowledgeButton alert={urgency.alert} />
        </div>
      )}
      {busy && (
        <div className={styles.progress}>
          <LiveBar latheId={id} channel="progress" full={1} label="Progress of the job" />
          <LiveValue latheId={id} channel="progress" />
        </div>
      )}
    </li>
  );
});
