import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { ForManagers } from '../../widgets/ForManagers';
import styles from './AdminPage.module.css';
import { ADMIN_SECTIONS } from './admin-sections';

/** What managers set up: the sections as tabs, one of them below. */
export function AdminPage({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  return (
    <ForManagers>
      <div className={styles.page}>
        <nav className={styles.tabs} aria-label="Administration">
          {ADMIN_SECTIONS.map(({ href, label }) => (
            <Link key={href} href={href} className={styles.tab} aria-current={path === href ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        {children}
      </div>
    </ForManagers>
  );
}
