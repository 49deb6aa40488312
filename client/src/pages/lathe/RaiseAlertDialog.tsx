import { Button, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Severity } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { raiseAlert } from '../../api/alerts';
import { messageOf } from '../../api/problem';
import { notify } from '../../widgets/notice-store';
import styles from './panels.module.css';

/** Raises an alert by hand. A critical one may stop the machine; that takes a second press which says so. */
export default function RaiseAlertDialog({ lathe, onClose }: { lathe: LatheDto; onClose: () => void }) {
  const [message, setMessage] = useState('');
  const [severity, setSeverity] = useState<Severity>('warning');
  const [stop, setStop] = useState(false);
  const [asking, setAsking] = useState(false);
  const stops = stop && severity === 'critical';
  const raise = useMutation({
    mutationFn: () => raiseAlert({ latheId: lathe.id, message: message.trim(), severity, stop: stops }),
    onSuccess: () => {
      notify({ tone: 'done', text: stops ? `${lathe.name} is stopped and locked.` : 'The alert is raised.' });
      onClose();
    },
    onError: () => setAsking(false),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!message.trim()) return;
    if (stops && !asking) setAsking(true);
    else raise.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Raise an alert on ${lathe.name}`}>
      <form className={styles.form} onSubmit={submit}>
        <Textarea
          label="Message"
          name="message"
          required
          maxLength={500}
          minRows={2}
          data-autofocus
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <NativeSelect
          label="Severity"
          name="severity"
          value={severity}
          onChange={(event) => {
            setSeverity(event.currentTarget.value as Severity);
            setAsking(false);
          }}
          data={[
            { value: 'info', label: 'Info (priority 4)' },
            { value: 'warning', label: 'Warning' },
            { value: 'critical', label: 'Critical (priority 1)' },
          ]}
        />
        {severity === 'critical' && (
          <label className={styles.check}>
            <input
              type="checkbox"
              name="stop"
              checked={stop}
              onChange={(event) => {
                setStop(event.currentTarget.checked);
                setAsking(false);
              }}
            />
            <span>Stop the lathe and lock it until maintenance</span>
          </label>
        )}
        {asking && (
          <p className={styles.fault} role="alert">
            The running job ends as “Alert Triggered” and nobody can start another until a manager has recorded
            maintenance. Press again to stop {lathe.name}.
          </p>
        )}
        {raise.isError && (
          <p className={styles.fault} role="alert">
            {messageOf(raise.error)}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={raise.isPending}
            disabled={!message.trim()}
            {...(stops ? { color: 'red.8' } : {})}
          >
            {stops ? (asking ? `Stop ${lathe.name} now` : 'Stop the lathe…') : 'Raise'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
