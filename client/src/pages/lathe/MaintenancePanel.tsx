import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { LatheDto, MaintenanceWindowDto } from '#domain/contract/lathe.js';
import { keys } from '../../api/keys';
import { endMaintenance } from '../../api/lathes';
import { messageOf } from '../../api/problem';
import { useRights } from '../../api/useSession';
import { Facts } from '../../widgets/Facts';
import { notify } from '../../widgets/notice-store';
import { Panel } from '../../widgets/Panel';
import { TimeStamp } from '../../widgets/TimeStamp';
import styles from './panels.module.css';

const MaintenanceDialog = lazy(() => import('./MaintenanceDialog'));

/** Maintenance that runs or is planned; managers begin and end it. */
export function MaintenancePanel({ lathe }: { lathe: LatheDto }) {
  const { maintain } = useRights();
  const cache = useQueryClient();
  const [planning, setPlanning] = useState(false);
  const end = useMutation({
    mutationFn: (windowId: string) => endMaintenance(lathe.id, windowId),
    onSuccess: () => notify({ tone: 'done', text: `${lathe.name} is back in service.` }),
    onError: (error) => notify({ tone: 'problem', text: messageOf(error) }),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.lathes }),
  });
  const { maintenance, plannedMaintenance = [] } = lathe;
  return (
    <Panel title="Maintenance">
      {maintenance ? <Window window={maintenance} /> : <p className="dim">None at present.</p>}
      {plannedMaintenance.map((window) => (
        <Window key={window.id} window={window} />
      ))}
      {maintain && (
        <div className={styles.acts}>
          {maintenance ? (
            <Button data-action="end-maintenance" loading={end.isPending} onClick={() => end.mutate(maintenance.id)}>
              End maintenance
            </Button>
          ) : (
            <Button variant="default" data-action="start-maintenance" onClick={() => setPlanning(true)}>
              Start maintenance
            </Button>
          )}
        </div>
      )}
      {planning && (
        <Suspense fallback={null}>
          <MaintenanceDialog lathe={lathe} onClose={() => setPlanning(false)} />
        </Suspense>
      )}
    </Panel>
  );
}

function Window({ window }: { window: MaintenanceWindowDto }) {
  return (
    <Facts
      facts={[
        ['Reason', window.reason],
        ['From', <TimeStamp key="from" iso={window.start} />],
        ['Until', <TimeStamp key="until" iso={window.end} />],
        ...(window.replaceTool ? ([['New tool', `T${window.replaceTool}`]] as [string, string][]) : []),
      ]}
    />
  );
}
