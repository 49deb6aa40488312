import type { ReactNode } from 'react';
import styles from './EntryCard.module.css';

/** The only thing on a page that stands before the product: signing in, choosing a password. */
export function EntryCard({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <header className={styles.head}>
          <h1>{title}</h1>
          <p className="dim">{about}</p>
        </header>
        {children}
      </div>
    </main>
  );
}
