import { IconRipple } from '@tabler/icons-react';
import type { FloodNowDto } from '#domain/contract/alarm-kpi.js';
import { Since } from '../../widgets/TimeStamp';
import styles from './FloodNotice.module.css';

/** Says that more alarms come than people can take in, and what the console does about it: order them, and hide none. */
export function FloodNotice({ flood, grouped }: { flood: FloodNowDto; grouped: boolean }) {
  return (
    <section className={styles.notice} data-flood aria-label="Alarm flood">
      <IconRipple size={24} aria-hidden />
      <p>
        <strong>Alarm flood</strong>
        {flood.since && (
          <>
            , began <Since iso={flood.since} />
          </>
        )}
        : {flood.last10Min} alarms in the last 10 minutes on {flood.lathes.length}{' '}
        {flood.lathes.length === 1 ? 'lathe' : 'lathes'}.
        {grouped && ' Grouped by lathe, the first alarm of each on top; none is hidden.'}
      </p>
    </section>
  );
}
