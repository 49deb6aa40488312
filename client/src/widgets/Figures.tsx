import type { ReactNode } from 'react';
import styles from './Figures.module.css';

/**
 * Figures side by side. Each child is a `div` with the name as `dt`, the figure as the first `dd`, and what explains it as
 * further ones.
 */
export function Figures({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <dl className={styles.figures} data-wide={wide}>
      {children}
    </dl>
  );
}
