import { LatheLink } from '../../widgets/LatheLink';
import { TimeStamp } from '../../widgets/TimeStamp';
import styles from './GroupHead.module.css';
import type { GroupItem } from './list-items';

/** Over the alerts of one lathe: how many there are, and when its trouble began. */
export function GroupHead({ group, onOpen }: { group: GroupItem; onOpen: (alertId: string) => void }) {
  const { latheId, alerts, waiting, firstOut, firstOutAt } = group;
  return (
    <div className={styles.head} data-group={latheId}>
      <h2>
        <LatheLink latheId={latheId} />
      </h2>
      <span>
        {alerts} {alerts === 1 ? 'alert' : 'alerts'}
        {waiting > 0 && `, ${waiting} not acknowledged`}
      </span>
      <button type="button" className={styles.first} onClick={() => onOpen(firstOut)}>
        First out at <TimeStamp iso={firstOutAt} />
      </button>
    </div>
  );
}
