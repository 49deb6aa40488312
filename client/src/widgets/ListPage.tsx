import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './ListPage.module.css';

export interface ListPageProps {
  title: string;
  /** the way to pages that belong to this one, beside the title */
  sections?: ReactNode;
  /** filters and what else acts upon the whole list */
  tools: ReactNode;
  children: ReactNode;
  /** reads the next page of older entries, where there is one */
  onOlder?: (() => void) | undefined;
  readsOlder?: boolean;
}

/** A page that is one long list: its name and tools above, the way to older entries below. */
export function ListPage({ title, sections, tools, children, onOlder, readsOlder = false }: ListPageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.title}>
          <h1>{title}</h1>
          {sections}
        </div>
        <div className={styles.tools}>{tools}</div>
      </header>
      {children}
      {onOlder && (
        <Button variant="default" className={styles.older} loading={readsOlder} onClick={onOlder}>
          Show older
        </Button>
      )}
    </div>
  );
}
