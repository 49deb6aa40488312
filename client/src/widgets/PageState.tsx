import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './PageState.module.css';

export interface PageStateProps {
  icon?: ReactNode;
  title: string;
  detail?: string;
  children?: ReactNode;
}

/** A place with nothing to show yet says why, and what can be done. */
export function PageState({ icon, title, detail, children }: PageStateProps) {
  return (
    <section className={styles.state}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <h2>{title}</h2>
      {detail && <p className="dim">{detail}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </section>
  );
}

export function PageLoading({ what = 'Loading' }: { what?: string }) {
  return (
    <section className={styles.state} role="status">
      <Loader color="gray" size="sm" />
      <p className="dim">{what}…</p>
    </section>
  );
}
