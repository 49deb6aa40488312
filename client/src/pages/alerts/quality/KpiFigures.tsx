import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react';
import type { AlarmKpiDto, KpiFigureDto } from '#domain/contract/alarm-kpi.js';
import { Figures } from '../../../widgets/Figures';
import styles from './QualityPage.module.css';
import { FIGURE_WORDS, spanWords, targetWords, valueWords } from './quality-words';

/** The figures with a target each, then those that say how fast people and machines are. */
export function KpiFigures({ kpi }: { kpi: AlarmKpiDto }) {
  const figures = kpi.figures.filter(({ name }) => !name.startsWith('priority'));
  return (
    <Figures wide>
      <div>
        <dt>Alarms</dt>
        <dd className="figure">{kpi.total.toLocaleString()}</dd>
        <dd className="dim">in this window</dd>
      </div>
      {figures.map((figure) => (
        <div key={figure.name} data-figure={figure.name} data-met={figure.met}>
          <dt>{FIGURE_WORDS[figure.name][0]}</dt>
          <dd className="figure">{valueWords(figure.value, figure.unit)}</dd>
          <dd className="dim">{FIGURE_WORDS[figure.name][1]}</dd>
          <dd>
            <Verdict figure={figure} />
          </dd>
        </div>
      ))}
      <Times name="Time to acknowledge" times={kpi.timeToAcknowledgeS} />
      <Times name="Time to return to normal" times={kpi.timeToReturnS} />
    </Figures>
  );
}

/** Whether a figure keeps its target, by shape and word; the target alone while there is too little data. */
export function Verdict({ figure }: { figure: KpiFigureDto }) {
  return (
    <span className={styles.verdict} data-met={figure.met}>
      {figure.met === true && <IconCheck size={18} aria-hidden />}
      {figure.met === false && <IconAlertTriangleFilled size={18} aria-hidden />}
      {figure.met !== undefined && <strong>{figure.met ? 'Met' : 'Missed'}</strong>} {targetWords(figure)}
    </span>
  );
}

function Times({ name, times: { count, p50, p95 } }: { name: string; times: AlarmKpiDto['timeToAcknowledgeS'] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{spanWords(p50)}</dd>
      <dd className="dim">for half of {count.toLocaleString()}</dd>
      <dd>
        {spanWords(p95)} <span className="dim">for 95 %</span>
      </dd>
    </div>
  );
}
