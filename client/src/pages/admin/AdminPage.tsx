import type { ReactNode } from 'react';
import { ForManagers } from '../../widgets/ForManagers';
import { SectionTabs } from '../../widgets/SectionTabs';
import styles from './AdminPage.module.css';
import { ADMIN_SECTIONS } from './admin-sections';

/** What managers set up: the sections as tabs, one of them below. */
export function AdminPage({ children }: { children: ReactNode }) {
  return (
    <ForManagers>
      <div className={styles.page}>
        <div className={styles.tabs}>
          <SectionTabs label="Administration" sections={ADMIN_SECTIONS} />
        </div>
        {children}
      </div>
    </ForManagers>
  );
}
