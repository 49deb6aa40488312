import type { ReactNode } from 'react';
import { AlarmBanner } from './AlarmBanner';
import { ConnectionBanner } from './ConnectionBanner';
import { KeysHelpOnDemand } from './KeysHelpOnDemand';
import { SceneSync } from './SceneSync';
import styles from './Shell.module.css';
import { TabBar } from './TabBar';
import { TopBar } from './TopBar';
import { TwinHost } from './TwinHost';

/** The frame around every page behind the login. The 3D canvas lives here, so that changing pages never remounts it. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <TopBar />
      <ConnectionBanner />
      <AlarmBanner />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <TabBar />
      <SceneSync />
      <TwinHost />
      <KeysHelpOnDemand />
    </div>
  );
}
