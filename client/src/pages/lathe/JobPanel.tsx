import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { LatheDto } from '#domain/contract/lathe.js';
import { fetchJob } from '../../api/jobs';
import { keys } from '../../api/keys';
import { useRights } from '../../api/useSession';
import { Facts } from '../../widgets/Facts';
import { LiveBar } from '../../widgets/LiveBar';
import { LiveValue } from '../../widgets/LiveValue';
import { Panel } from '../../widgets/Panel';
import { StopJobButton } from '../../widgets/StopJobButton';
import { TimeStamp } from '../../widgets/TimeStamp';
import { JOB_TYPE_WORDS, minutesWords } from '../../widgets/words';
import { StartJobButton } from '../start-job/StartJobButton';
import styles from './panels.module.css';

/** What the lathe works on, with the ways to stop it or to start something. */
export function JobPanel({ lathe }: { lathe: LatheDto }) {
  const { startJobs, stopJobs } = useRights();
  const { currentJob } = lathe;
  const job = useQuery({
    queryKey: keys.job(currentJob ?? ''),
    queryFn: () => fetchJob(currentJob ?? ''),
    enabled: currentJob !== undefined && stopJobs,
  }).data;
  const history = stopJobs && <Link href={`/jobs/${lathe.id}`}>History</Link>;

  if (!currentJob) {
    return (
      <Panel title="Job" aside={history}>
        <p className="dim">{emptyWords(lathe, startJobs)}</p>
        {startJobs && lathe.status === 'idle' && <StartJobButton latheId={lathe.id} />}
      </Panel>
    );
  }
  return (
    <Panel title="Job" aside={history}>
      <div className={styles.progress}>
        <strong>{currentJob}</strong>
        <LiveValue latheId={lathe.id} channel="progress" />
      </div>
      <LiveBar latheId={lathe.id} channel="progress" full={1} label="Progress of the job" />
      {job && (
        <Facts
          facts={[
            ['Work', `${JOB_TYPE_WORDS[job.JobType]}, ${job.Material}`],
            ['Tool', `T${job.ToolNo}`],
            ['Operator', job.operator],
            ['Started', <TimeStamp key="start" iso={job.StartTime} />],
            ['Planned', `${minutesWords(job.EstimatedTime)}${job.timeScale > 1 ? `, at ${job.timeScale}× speed` : ''}`],
            ...(job.Description ? ([['Note', job.Description]] as [string, string][]) : []),
          ]}
        />
      )}
      {job?.warnings.map(({ code, message }) => (
        <p key={code + message} className={styles.warning}>
          {message}
        </p>
      ))}
      <div className={styles.acts}>
        {job && stopJobs && <StopJobButton job={job} />}
        {startJobs && <StartJobButton latheId={lathe.id} variant="default" queue />}
      </div>
    </Panel>
  );
}

function emptyWords(lathe: LatheDto, startJobs: boolean): string {
  if (lathe.locked) return 'Locked by a critical stop. Maintenance opens it, or a manager.';
  if (lathe.status === 'maintenance') return 'In maintenance. Jobs start again when it ends.';
  if (lathe.status === 'offline') return 'Nothing is heard of this lathe.';
  return startJobs ? 'The lathe is free.' : 'The lathe is free. Operators start jobs.';
}
