import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { useAcknowledge } from '../api/useAlerts';
import { FormDialog } from './FormDialog';

/** Acknowledges one or several alerts with what there is to say about it. */
export default function AcknowledgeDialog({ alerts, onClose }: { alerts: readonly AlertDto[]; onClose: () => void }) {
  const acknowledge = useAcknowledge();
  const [comment, setComment] = useState('');
  const send = () => {
    acknowledge(alerts, comment);
    onClose();
  };
  return (
    <FormDialog
      title={alerts.length === 1 ? 'Acknowledge the alert' : `Acknowledge ${alerts.length} alerts`}
      act="Acknowledge"
      possible
      busy={false}
      error={undefined}
      onSubmit={send}
      onClose={onClose}
    >
      {alerts.length === 1 && <p>{alerts[0]?.message}</p>}
      <Textarea
        label="Comment"
        description="Optional, kept with the act. Enter sends, Shift+Enter begins a new line."
        name="comment"
        maxLength={500}
        minRows={2}
        data-autofocus
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
    </FormDialog>
  );
}
