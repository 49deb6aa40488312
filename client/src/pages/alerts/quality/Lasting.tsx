import { Link } from 'wouter';
import type { AlarmKpiDto } from '#domain/contract/alarm-kpi.js';
import { pointTitle } from '../../../widgets/alert-title';
import { LatheLink } from '../../../widgets/LatheLink';
import { Panel } from '../../../widgets/Panel';
import { Since, TimeStamp } from '../../../widgets/TimeStamp';
import styles from './QualityPage.module.css';

const LISTED = 8;

/** When more alarms came than people can take in. */
export function Floods({ kpi: { floods, floodCount } }: { kpi: AlarmKpiDto }) {
  return (
    <Panel title={`Floods (${floodCount})`}>
      {floods.length === 0 && <p className="dim">None in this window.</p>}
      <ul className={styles.plain}>
        {floods.slice(0, LISTED).map(({ from, to, alarms, peak }) => (
          <li key={from}>
            <TimeStamp iso={from} /> to {to ? <TimeStamp iso={to} /> : 'now'}
            <div className="dim">
              {alarms.toLocaleString()} alarms, at most {peak.toLocaleString()} in 10 min
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Alarms that have stood for a day or more: nobody reads them any longer. */
export function Stale({ kpi: { stale } }: { kpi: AlarmKpiDto }) {
  return (
    <Panel title={`Stale (${stale.length})`}>
      {stale.length === 0 && <p className="dim">No alarm has been active for a day.</p>}
      <ul className={styles.plain}>
        {stale.slice(0, LISTED).map(({ id, latheId, type, channel, since }) => (
          <li key={id}>
            <Link href={`/alerts?alert=${id}`}>{pointTitle(type, channel)}</Link> <LatheLink latheId={latheId} />
            <div className="dim">
              raised <Since iso={since} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
