import { NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Severity } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { raiseAlert } from '../../api/alerts';
import { CheckField } from '../../widgets/CheckField';
import { Fault } from '../../widgets/Fault';
import { FormDialog } from '../../widgets/FormDialog';
import { notify } from '../../widgets/notice-store';

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
  const change = (apply: () => void) => {
    apply();
    setAsking(false);
  };
  return (
    <FormDialog
      title={`Raise an alert on ${lathe.name}`}
      act={stops ? (asking ? `Stop ${lathe.name} now` : 'Stop the lathe…') : 'Raise'}
      possible={message.trim() !== ''}
      danger={stops}
      busy={raise.isPending}
      error={raise.error}
      onSubmit={() => (stops && !asking ? setAsking(true) : raise.mutate())}
      onClose={onClose}
    >
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
        onChange={({ currentTarget }) => change(() => setSeverity(currentTarget.value as Severity))}
        data={[
          { value: 'info', label: 'Info (priority 4)' },
          { value: 'warning', label: 'Warning' },
          { value: 'critical', label: 'Critical (priority 1)' },
        ]}
      />
      {severity === 'critical' && (
        <CheckField name="stop" checked={stop} onChange={(checked) => change(() => setStop(checked))}>
          Stop the lathe and lock it until maintenance
        </CheckField>
      )}
      <Fault>
        {asking &&
          `The running job ends as “Alert Triggered” and nobody can start another until a manager has recorded maintenance. Press again to stop ${lathe.name}.`}
      </Fault>
    </FormDialog>
  );
}
