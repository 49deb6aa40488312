import { useQuery } from '@tanstack/react-query';
import type { AlarmEventType } from '#domain/alarms/alarm-state.js';
import type { AlertDto, AlertTransitionDto } from '#domain/contract/alert.js';
import { fetchTransitions } from '../../api/alerts';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { useLathe } from '../../api/useLathes';
import { PriorityMark } from '../../widgets/PriorityMark';
import { TimeStamp } from '../../widgets/TimeStamp';
import { ALARM_EVENT_WORDS, ALARM_STATE_WORDS } from '../../widgets/words';
import { readingWords } from './reading-words';
import styles from './Timeline.module.css';

/** All that happened to an alert, the latest first: what, when, by whom, with which values and words. */
export function Timeline({ alert }: { alert: AlertDto }) {
  const lathe = useLathe(alert.lathe_id);
  const transitions = useQuery({ queryKey: keys.transitions(alert.id), queryFn: () => fetchTransitions(alert.id) });
  if (transitions.isPending) return <p className="dim">Reading what happened…</p>;
  if (!transitions.data) return <p className="dim">{messageOf(transitions.error)}</p>;
  const { released } = lathe ?? {};
  return (
    <ol className={styles.timeline} reversed>
      {released && released.alertId === alert.id && (
        <li data-event="released">
          <span className={styles.what}>Lathe released</span>
          <span className="dim">
            <TimeStamp iso={released.at} /> by {released.by}, without maintenance
          </span>
          <q>{released.reason}</q>
        </li>
      )}
      {transitions.data.toReversed().map((step) => (
        <li key={step.n} data-event={step.event}>
          <Step step={step} alert={alert} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step, alert }: { step: AlertTransitionDto; alert: AlertDto }) {
  const { event, from, to, actor, at, comment, priority, value, threshold, until, oneShot } = step;
  return (
    <>
      <span className={styles.what}>
        {priority !== undefined && <PriorityMark priority={priority} size={20} />}
        {ALARM_EVENT_WORDS[event as AlarmEventType] ?? event}
      </span>
      <span className="dim">
        <TimeStamp iso={at} /> by {actor}
        {from !== to && `, now ${ALARM_STATE_WORDS[to].toLowerCase()}`}
      </span>
      {value !== undefined && (
        <span className="figure">
          {readingWords(alert, value)}
          {threshold !== undefined && `, limit ${readingWords(alert, threshold)}`}
        </span>
      )}
      {until && (
        <span>
          until <TimeStamp iso={until} />
          {oneShot && ', or until it returns to normal'}
        </span>
      )}
      {comment && <q>{comment}</q>}
    </>
  );
}
