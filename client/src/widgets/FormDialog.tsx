import { Button, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { messageOf } from '../api/problem';
import { Fault } from './Fault';
import styles from './Form.module.css';

export interface FormDialogProps {
  title: string;
  /** what the sending button says: the act itself */
  act: string;
  /** whether what is entered can be sent */
  possible: boolean;
  busy: boolean;
  /** why the last attempt failed */
  error: unknown;
  /** the act stops a machine or takes something away */
  danger?: boolean;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}

/** A few fields, what went wrong with them, and the two ways out. Enter sends. */
export function FormDialog(props: FormDialogProps) {
  const { title, act, possible, busy, error, danger = false, children, onSubmit, onClose } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (possible) onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form className={styles.form} onSubmit={submit}>
        {children}
        <Fault>{error ? messageOf(error) : null}</Fault>
        <div className={styles.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!possible} {...(danger ? { color: 'red.8' } : {})}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
