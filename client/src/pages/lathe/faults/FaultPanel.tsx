import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { FaultDto } from '#domain/contract/fault.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { fetchJob } from '../../../api/jobs';
import { keys } from '../../../api/keys';
import { messageOf } from '../../../api/problem';
import { Panel } from '../../../widgets/Panel';
import { TimeStamp } from '../../../widgets/TimeStamp';
import { ageWords } from '../../../widgets/words';
import { FaultCard } from './FaultCard';
import styles from './Faults.module.css';
import { FAULT_WORDS } from './fault-words';
import { useFaultEnd, useFaults } from './useFaults';

const InjectFaultDialog = lazy(() => import('./InjectFaultDialog'));
/** More of the past is in the history of the job. */
const PAST_SHOWN = 5;

/** Exercises on the running job: what acts now, what did, and the way to begin another. */
export default function FaultPanel({ lathe }: { lathe: LatheDto }) {
  const { currentJob } = lathe;
  const [injecting, setInjecting] = useState(false);
  const job = useQuery({
    queryKey: keys.job(currentJob ?? ''),
    queryFn: () => fetchJob(currentJob ?? ''),
    enabled: currentJob !== undefined,
  }).data;
  const faults = useFaults(lathe);
  const end = useFaultEnd(currentJob ?? '');
  if (!currentJob) {
    return (
      <Panel title="Fault exercise">
        <p className="dim">Faults are injected into a running job. None runs on this lathe now.</p>
      </Panel>
    );
  }
  const known = faults.data?.filter(({ jobId }) => jobId === currentJob) ?? [];
  const open = known.filter(({ state }) => state !== 'ended');
  const past = known.filter(({ state }) => state === 'ended').slice(0, PAST_SHOWN);
  const timeScale = job?.timeScale ?? 1;
  return (
    <Panel title="Fault exercise" aside={<span className="dim">simulation only</span>}>
      {faults.isError ? (
        <p role="alert">{messageOf(faults.error)}</p>
      ) : (
        open.length === 0 && <p className="dim">No fault acts on this job. Inject one to see its signature arrive.</p>
      )}
      {open.length > 0 && (
        <ul className={styles.list} aria-label="Faults of this job">
          {open.map((fault) => (
            <FaultCard
              key={fault.id}
              fault={fault}
              timeScale={timeScale}
              ending={end.isPending && end.variables === fault.id}
              onEnd={() => end.mutate(fault.id)}
            />
          ))}
        </ul>
      )}
      <Button
        variant="default"
        leftSection={<IconFlask size={18} aria-hidden />}
        className={styles.inject}
        data-action="inject-fault"
        onClick={() => setInjecting(true)}
      >
        Inject a fault
      </Button>
      {past.length > 0 && <Past faults={past} />}
      {injecting && (
        <Suspense fallback={null}>
          <InjectFaultDialog
            latheName={lathe.name}
            jobId={currentJob}
            timeScale={timeScale}
            onClose={() => setInjecting(false)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

function Past({ faults }: { faults: readonly FaultDto[] }) {
  return (
    <details className={styles.past}>
      <summary>Over: {faults.length}</summary>
      <ul>
        {faults.map((fault) => (
          <li key={fault.id}>
            {FAULT_WORDS[fault.type].name},{' '}
            {fault.startedAt && fault.endedAt ? (
              <>
                <TimeStamp iso={fault.startedAt} /> for{' '}
                {ageWords(Date.parse(fault.endedAt) - Date.parse(fault.startedAt))}
              </>
            ) : (
              'never began'
            )}
            , {endWords(fault)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function endWords({ endedBy }: FaultDto): string {
  if (endedBy === 'time') return 'ended by itself';
  return endedBy === 'job' ? 'ended with the job' : `ended by ${endedBy}`;
}
