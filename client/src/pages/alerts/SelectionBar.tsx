import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './SelectionBar.module.css';

export interface SelectionBarProps {
  count: number;
  /** what can be done to all of them */
  children: ReactNode;
  onClear: () => void;
}

/** Stays in view while something is selected: what can be done to all of it at once. */
export function SelectionBar({ count, children, onClear }: SelectionBarProps) {
  return (
    <section className={styles.bar} aria-label="Selected alerts">
      <strong>{count} selected</strong>
      {children}
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </section>
  );
}
