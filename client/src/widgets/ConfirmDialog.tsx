import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ConfirmDialogProps {
  title: string;
  /** what the confirming button says: the act itself, never just OK */
  act: string;
  children: ReactNode;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before an act that cannot be taken back. The way out has the focus. */
export default function ConfirmDialog({ title, act, children, busy, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <div style={{ display: 'grid', gap: 'var(--space-4)' }}>
        <div>{children}</div>
        <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 'var(--space-2)' }}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep as it is
          </Button>
          <Button onClick={onConfirm} loading={busy ?? false} data-action="confirm">
            {act}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
