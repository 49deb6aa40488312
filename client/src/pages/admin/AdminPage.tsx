import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useUser } from '../../api/useSession';
import { PageState } from '../../widgets/PageState';
import styles from './AdminPage.module.css';
import { ADMIN_SECTIONS } from './admin-sections';

/** What managers set up: the sections as tabs, one of them below. */
export function AdminPage({ children }: { children: ReactNode }) {
  const user = useUser();
  const [path] = useLocation();
  if (user.userType !== 'manager') {
    return (
      <PageState
        icon={<IconLock size={40} stroke={1.5} aria-hidden />}
        title="For managers"
        detail={`${user.userID} is signed in as ${user.userType}.`}
      >
        <Button component={Link} href="/dashboard">
          To the floor
        </Button>
      </PageState>
    );
  }
  return (
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
  );
}
