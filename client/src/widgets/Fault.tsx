import type { ReactNode } from 'react';
import styles from './Form.module.css';

/** What went wrong, read out as it appears. Shows nothing without a text. */
export function Fault({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p className={styles.fault} role="alert">
      {children}
    </p>
  );
}
