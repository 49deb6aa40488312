import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FormDialog } from './FormDialog';

export interface ReasonDialogProps {
  title: string;
  act: string;
  busy: boolean;
  error: unknown;
  danger?: boolean;
  /** what the act means */
  children: ReactNode;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** An act that must be given a reason. */
export default function ReasonDialog({ children, onSubmit, ...rest }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog {...rest} possible={reason.trim() !== ''} onSubmit={() => onSubmit(reason.trim())}>
      {children}
      <TextInput
        label="Reason"
        name="reason"
        required
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
