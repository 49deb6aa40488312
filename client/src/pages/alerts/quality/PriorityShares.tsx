import type { AlarmKpiDto } from '#domain/contract/alarm-kpi.js';
import { Panel } from '../../../widgets/Panel';
import { PriorityMark } from '../../../widgets/PriorityMark';
import { Verdict } from './KpiFigures';
import styles from './QualityPage.module.css';
import { valueWords } from './quality-words';

/** How the alarms are spread over the priorities: if everything is urgent, nothing is. */
export function PriorityShares({ kpi }: { kpi: AlarmKpiDto }) {
  const shares = kpi.figures.filter(({ name }) => name.startsWith('priority'));
  return (
    <Panel title="Priorities">
      <ul className={styles.shares}>
        {shares.map((figure, i) => (
          <li key={figure.name} data-figure={figure.name} data-met={figure.met}>
            <PriorityMark priority={i + 1} />
            <span>
              <strong className="figure">{valueWords(figure.value, 'share')}</strong>{' '}
              <span className="dim">of all, {(kpi.byPriority[i + 1] ?? 0).toLocaleString()} alarms</span>
            </span>
            <div className={styles.track}>
              <div style={{ width: `${100 * (figure.value ?? 0)}%` }} />
              <span style={{ left: `${100 * (figure.target.most ?? figure.target.least ?? 0)}%` }} />
            </div>
            <Verdict figure={figure} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
