import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { AlertDto } from '#domain/contract/alert.js';
import { isUnacknowledged } from '../../api/useAlerts';
import { LatheLink } from '../../widgets/LatheLink';
import { PriorityMark } from '../../widgets/PriorityMark';
import { Since, TimeStamp } from '../../widgets/TimeStamp';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS } from '../../widgets/words';
import styles from './AlertRow.module.css';

export interface AlertRowProps {
  alert: AlertDto;
  selected: boolean;
  busy: boolean;
  mayAct: boolean;
  onToggle: () => void;
  onOpen: () => void;
  onAcknowledge: () => void;
}

export function AlertRow({ alert, selected, busy, mayAct, onToggle, onOpen, onAcknowledge }: AlertRowProps) {
  const waiting = isUnacknowledged(alert);
  return (
    <li
      className={styles.row}
      data-alert-id={alert.id}
      data-state={alert.state}
      data-priority={alert.priority}
      data-waiting={waiting}
    >
      <input
        type="checkbox"
        className={styles.select}
        aria-label={`Select: ${alert.message}`}
        disabled={!waiting || !mayAct}
        checked={selected}
        onChange={onToggle}
      />
      <PriorityMark priority={alert.priority} flash={waiting} />
      <button type="button" className={styles.message} data-row-focus onClick={onOpen}>
        <span>{alert.message}</span>
        <span className="dim">{ALERT_TYPE_WORDS[alert.alert_type]}</span>
      </button>
      <LatheLink latheId={alert.lathe_id} className={styles.lathe} />
      <span className={styles.time}>
        <TimeStamp iso={alert.timestamp} />
        <span className="dim">
          <Since iso={alert.timestamp} />
        </span>
      </span>
      <span className={styles.state}>
        {ALARM_STATE_WORDS[alert.state]}
        {alert.acknowledgedBy && <span className="dim"> by {alert.acknowledgedBy}</span>}
      </span>
      <span className={styles.act}>
        {waiting && mayAct && (
          <Button
            size="compact-md"
            data-action="acknowledge"
            leftSection={<IconCheck size={18} aria-hidden />}
            loading={busy}
            onClick={onAcknowledge}
          >
            Acknowledge
          </Button>
        )}
      </span>
    </li>
  );
}
