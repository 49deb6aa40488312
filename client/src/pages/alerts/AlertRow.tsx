import { ActionIcon, Button } from '@mantine/core';
import { IconClockPause, IconCloudOff } from '@tabler/icons-react';
import { memo } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { isAnnounced, isUnacknowledged, useAckProgress } from '../../api/useAlerts';
import { alertTitle } from '../../widgets/alert-title';
import { LatheLink } from '../../widgets/LatheLink';
import { PriorityMark } from '../../widgets/PriorityMark';
import { TimeLeft } from '../../widgets/TimeLeft';
import { Since, TimeStamp } from '../../widgets/TimeStamp';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS } from '../../widgets/words';
import styles from './AlertRow.module.css';
import { nextAct, type PlainAct } from './alert-acts';

/** What the rows of a list ask for; the same object for its whole life, so that a row renders for its own alert alone. */
export interface RowActs {
  toggle: (alertId: string) => void;
  open: (alertId: string) => void;
  act: (alert: AlertDto, verb: PlainAct['verb']) => void;
  shelve: (alert: AlertDto) => void;
}

export interface AlertRowProps {
  alert: AlertDto;
  /** it was the first on its lathe */
  firstOut: boolean;
  selected: boolean;
  selectable: boolean;
  rights: 'none' | 'operator' | 'manager';
  on: RowActs;
}

export const AlertRow = memo(function AlertRow({ alert, firstOut, selected, selectable, rights, on }: AlertRowProps) {
  const waiting = isUnacknowledged(alert);
  const progress = useAckProgress(alert.id);
  const act = rights === 'none' ? undefined : nextAct(alert, rights === 'manager');
  return (
    <div
      className={styles.row}
      data-alert-id={alert.id}
      data-state={alert.state}
      data-priority={alert.priority}
      data-waiting={waiting}
      data-pending={progress === 'none' ? undefined : progress}
    >
      <label className={styles.select} data-off={!selectable || undefined}>
        <input
          type="checkbox"
          aria-label={`Select: ${alertTitle(alert)}`}
          disabled={!selectable}
          checked={selected}
          onChange={() => on.toggle(alert.id)}
        />
      </label>
      <PriorityMark priority={alert.priority} flash={waiting && progress === 'none'} />
      <button type="button" className={styles.message} data-row-focus onClick={() => on.open(alert.id)}>
        <span>{alertTitle(alert)}</span>
        <span className="dim">
          {firstOut && <strong className={styles.firstOut}>First out</strong>}
          {alert.silenced?.reason ?? ALERT_TYPE_WORDS[alert.alert_type]}
        </span>
      </button>
      <LatheLink latheId={alert.lathe_id} className={styles.lathe} />
      <span className={styles.time}>
        <TimeStamp iso={alert.timestamp} />
        <span className="dim">
          <Since iso={alert.timestamp} />
        </span>
      </span>
      <State alert={alert} pending={progress === 'waiting'} />
      <span className={styles.act}>
        {rights !== 'none' && isAnnounced(alert) && (
          <ActionIcon
            className={styles.shelve}
            variant="default"
            size="input-sm"
            data-action="shelve"
            aria-label={`Shelve: ${alertTitle(alert)}`}
            title="Shelve (s)"
            onClick={() => on.shelve(alert)}
          >
            <IconClockPause size={20} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        {act && (
          <Button
            className={styles.main}
            size="compact-md"
            data-action={act.verb}
            variant={act.verb === 'acknowledge' ? 'filled' : 'default'}
            loading={act.verb === 'acknowledge' && progress === 'sending'}
            disabled={act.verb === 'acknowledge' && progress === 'waiting'}
            onClick={() => on.act(alert, act.verb)}
          >
            {act.words}
          </Button>
        )}
      </span>
    </div>
  );
});

function State({ alert, pending }: { alert: AlertDto; pending: boolean }) {
  if (pending) {
    return (
      <span className={styles.state}>
        <IconCloudOff size={18} stroke={1.75} aria-hidden /> Acknowledged here
        <span className="dim">waits for the connection</span>
      </span>
    );
  }
  const until = alert.shelvedUntil ?? alert.suppressedUntil;
  const who = alert.silenced?.by ?? alert.acknowledgedBy;
  return (
    <span className={styles.state}>
      {until ? <TimeLeft iso={until} /> : ALARM_STATE_WORDS[alert.state]}
      {who && <span className="dim">by {who}</span>}
    </span>
  );
}
