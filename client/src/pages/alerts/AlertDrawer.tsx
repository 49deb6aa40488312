import { Button, Drawer, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { fetchTransitions } from '../../api/alerts';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { isUnacknowledged, useAlertAction } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { Facts } from '../../widgets/Facts';
import { digitsOf, FIGURES } from '../../widgets/figures';
import { LatheLink } from '../../widgets/LatheLink';
import { PriorityMark } from '../../widgets/PriorityMark';
import { TimeStamp } from '../../widgets/TimeStamp';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS } from '../../widgets/words';
import styles from './AlertDrawer.module.css';

/** Everything about one alert: what it says, what was done about it, and what can be done now. */
export default function AlertDrawer({ alert, onClose }: { alert: AlertDto; onClose: () => void }) {
  const { handleAlerts } = useRights();
  const [comment, setComment] = useState('');
  const act = useAlertAction();
  const transitions = useQuery({ queryKey: keys.transitions(alert.id), queryFn: () => fetchTransitions(alert.id) });
  const run = (action: 'acknowledge' | 'resolve') =>
    act.mutate({ id: alert.id, action, comment: comment.trim() }, { onSuccess: () => setComment('') });
  const { value, threshold } = alert;
  return (
    <Drawer opened onClose={onClose} position="right" size="30rem" title="Alert">
      <div className={styles.body}>
        <div className={styles.head}>
          <PriorityMark priority={alert.priority} flash={isUnacknowledged(alert)} size={32} />
          <h2>{alert.message}</h2>
        </div>
        <Facts
          facts={[
            ['State', ALARM_STATE_WORDS[alert.state]],
            ['Type', ALERT_TYPE_WORDS[alert.alert_type]],
            ['Lathe', <LatheLink key="lathe" latheId={alert.lathe_id} />],
            ...(alert.job_id ? ([['Job', alert.job_id]] as [string, string][]) : []),
            ...(value === undefined ? [] : ([['Value when raised', withUnit(alert, value)]] as [string, string][])),
            ...(threshold === undefined ? [] : ([['Limit', withUnit(alert, threshold)]] as [string, string][])),
            ['Raised', <TimeStamp key="raised" iso={alert.timestamp} />],
          ]}
        />
        {handleAlerts && !alert.resolved && (
          <div className={styles.acts}>
            <Textarea
              label="Comment"
              description="Optional, kept with the act"
              maxLength={500}
              minRows={2}
              data-autofocus
              value={comment}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
            <div className={styles.buttons}>
              {isUnacknowledged(alert) && (
                <Button loading={act.isPending} onClick={() => run('acknowledge')}>
                  Acknowledge
                </Button>
              )}
              <Button
                variant="default"
                data-action="resolve"
                loading={act.isPending}
                onClick={() => run('resolve')}
                title="Acknowledges and closes; refused while the condition still holds"
              >
                Resolve
              </Button>
            </div>
          </div>
        )}
        <h2>What happened</h2>
        {transitions.isError && <p className="dim">{messageOf(transitions.error)}</p>}
        <ol className={styles.timeline}>
          {transitions.data?.map((step) => (
            <li key={step.n}>
              <span>{ALARM_STATE_WORDS[step.to]}</span>
              <span className="dim">
                <TimeStamp iso={step.at} />, {step.actor}
              </span>
              {step.comment && <q>{step.comment}</q>}
            </li>
          ))}
        </ol>
      </div>
    </Drawer>
  );
}

function withUnit({ channel }: AlertDto, value: number): string {
  if (!channel) return String(Number(value.toPrecision(5)));
  return `${digitsOf(channel, value)} ${FIGURES[channel].unit}`;
}
