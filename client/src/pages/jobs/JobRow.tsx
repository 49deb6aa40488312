import type { JobDto } from '#domain/contract/job.js';
import { useRights } from '../../api/useSession';
import { LatheLink } from '../../widgets/LatheLink';
import { LiveBar } from '../../widgets/LiveBar';
import { LiveValue } from '../../widgets/LiveValue';
import { StopJobButton } from '../../widgets/StopJobButton';
import { TimeStamp } from '../../widgets/TimeStamp';
import { JOB_TYPE_WORDS, minutesWords } from '../../widgets/words';
import { StartJobButton } from '../start-job/StartJobButton';
import styles from './JobRow.module.css';

export function JobRow({ job }: { job: JobDto }) {
  const { startJobs, stopJobs } = useRights();
  const running = job.Status === 'In Progress';
  const open = running || job.Status === 'Queued';
  return (
    <tr data-job={job.JobID} data-status={job.Status}>
      <td className={styles.id}>
        <strong>{job.JobID}</strong>
        {job.Description && <span className="dim">{job.Description}</span>}
      </td>
      <td data-label="Lathe" className={styles.lathe}>
        <LatheLink latheId={job.latheId} />
      </td>
      <td data-label="Work">
        {JOB_TYPE_WORDS[job.JobType]}, {job.Material}
      </td>
      <td data-label="Tool">T{job.ToolNo}</td>
      <td data-label="Operator">{job.operator}</td>
      <td data-label="Started">
        <TimeStamp iso={job.StartTime} />
      </td>
      <td data-label="Time" className="figure">
        {job.ActualDuration === undefined ? '' : `${minutesWords(job.ActualDuration)} of `}
        {minutesWords(job.EstimatedTime)}
      </td>
      <td data-label="Status">
        {running ? (
          <div className={styles.progress}>
            <LiveBar latheId={job.latheId} channel="progress" full={1} label="Progress of the job" />
            <LiveValue latheId={job.latheId} channel="progress" />
          </div>
        ) : (
          <span className={styles.status} data-wrong={job.Status === 'Failed' || job.Status === 'Alert Triggered'}>
            {job.Status}
          </span>
        )}
        {job.result?.reason && <span className="dim">{job.result.reason}</span>}
      </td>
      <td className={styles.acts}>
        {open && stopJobs && <StopJobButton job={job} size="compact-md" />}
        {!open && startJobs && (
          <StartJobButton latheId={job.latheId} repeat={job} size="compact-md" variant="default" />
        )}
      </td>
    </tr>
  );
}
