import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import { messageOf } from '../../api/problem';
import { useLathes } from '../../api/useLathes';
import { useRights } from '../../api/useSession';
import { PageLoading, PageState } from '../../widgets/PageState';
import { TwinStage } from '../../widgets/TwinStage';
import { JobPanel } from './JobPanel';
import { LatheAlerts } from './LatheAlerts';
import { LatheHeader } from './LatheHeader';
import styles from './LathePage.module.css';
import { MaintenancePanel } from './MaintenancePanel';
import { ToolPanel } from './ToolPanel';
import { ValuesPanel } from './ValuesPanel';

const Traces = lazy(() => import('./Traces').then((m) => ({ default: m.Traces })));
const FaultPanel = lazy(() => import('./faults/FaultPanel'));
const PredictionPanel = lazy(() => import('./prediction/PredictionPanel'));
const WhatIf = lazy(() => import('./what-if/WhatIf'));

/** One lathe: its twin, what it does, how it is, and everything that may be done to it. */
export function LathePage({ latheId }: { latheId: string }) {
  const lathes = useLathes();
  const { maintain, stopJobs } = useRights();
  const [, navigate] = useLocation();
  const openOther = useCallback((id: string) => navigate(`/lathes/${id}`), [navigate]);
  const lathe = lathes.data?.find(({ id }) => id === latheId);
  if (lathes.isPending) return <PageLoading what="Reading the lathe" />;
  if (!lathe) {
    return (
      <PageState
        title={lathes.isError ? 'The lathe could not be read' : `There is no ${latheId}`}
        detail={lathes.isError ? messageOf(lathes.error) : 'It may have been removed, or the address is mistyped.'}
      >
        <Button component={Link} href="/dashboard">
          To the floor
        </Button>
      </PageState>
    );
  }
  return (
    <div className={styles.page}>
      <LatheHeader lathe={lathe} />
      <div className={styles.columns}>
        <div className={styles.wide}>
          <div className={styles.stage}>
            <TwinStage view="lathe" latheId={latheId} onSelect={openOther} />
          </div>
          <Suspense fallback={<PageLoading />}>
            <Traces lathe={lathe} />
          </Suspense>
          <Suspense fallback={<PageLoading />}>
            <WhatIf lathe={lathe} />
          </Suspense>
        </div>
        <div className={styles.narrow}>
          <JobPanel lathe={lathe} />
          <LatheAlerts lathe={lathe} />
          <Suspense fallback={null}>
            <PredictionPanel lathe={lathe} />
          </Suspense>
          <ToolPanel lathe={lathe} />
          {stopJobs && (
            <Suspense fallback={null}>
              <FaultPanel lathe={lathe} />
            </Suspense>
          )}
          <ValuesPanel lathe={lathe} />
          {(maintain || lathe.maintenance) && <MaintenancePanel lathe={lathe} />}
        </div>
      </div>
    </div>
  );
}
