import { Link } from 'wouter';
import type { AlarmKpiDto } from '#domain/contract/alarm-kpi.js';
import type { AlertDto } from '#domain/contract/alert.js';
import { alertTitle } from '../../../widgets/alert-title';
import { LatheLink } from '../../../widgets/LatheLink';
import { Panel } from '../../../widgets/Panel';
import { TimeLeft } from '../../../widgets/TimeLeft';
import styles from './QualityPage.module.css';

const LISTED = 5;
const KINDS = [
  ['shelved', 'Shelved'],
  ['suppressed', 'Suppressed'],
  ['outOfService', 'Out of service'],
] as const;

/** What people are not told of at the moment, by whom and why. */
export function KeptFromPeople({ silenced }: { silenced: AlarmKpiDto['silenced'] }) {
  return (
    <Panel title="Kept from people" aside={<span className="dim">{silenced.raised} raised so</span>}>
      {KINDS.map(([kind, words]) => (
        <section key={kind} className={styles.kept} aria-label={words}>
          <h3>
            <Link href={`/alerts?view=${kind}`}>
              {words} {silenced[kind].length}
            </Link>
          </h3>
          <ul className={styles.plain}>
            {silenced[kind].slice(0, LISTED).map((alert) => (
              <li key={alert.id}>
                <Kept alert={alert} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}

function Kept({ alert }: { alert: AlertDto }) {
  const until = alert.shelvedUntil ?? alert.suppressedUntil;
  return (
    <>
      <Link href={`/alerts?view=${alert.state}&alert=${alert.id}`}>{alertTitle(alert)}</Link>{' '}
      <LatheLink latheId={alert.lathe_id} />
      <div className="dim">
        {until && (
          <>
            <TimeLeft iso={until} />,{' '}
          </>
        )}
        by {alert.silenced?.by}
        {alert.silenced?.reason && `: ${alert.silenced.reason}`}
      </div>
    </>
  );
}
