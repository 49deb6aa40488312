import type { JobDto } from '#domain/contract/job.js';
import { csvText, downloadText } from '../../widgets/csv';

const COLUMNS: [string, (job: JobDto) => string | number | undefined][] = [
  ['JobID', (job) => job.JobID],
  ['latheId', (job) => job.latheId],
  ['JobType', (job) => job.JobType],
  ['Material', (job) => job.Material],
  ['ToolNo', (job) => job.ToolNo],
  ['operator', (job) => job.operator],
  ['Status', (job) => job.Status],
  ['StartTime', (job) => job.StartTime],
  ['EndTime', (job) => job.EndTime],
  ['EstimatedTime_min', (job) => job.EstimatedTime],
  ['ActualDuration_min', (job) => job.ActualDuration],
  ['progress', (job) => job.progress],
  ['timeScale', (job) => job.timeScale],
  ['partsDone', (job) => job.result?.partsDone],
  ['energy_Wh', (job) => job.result?.energyWh],
  ['flankWear_mm', (job) => job.result?.flankWear],
  ['Description', (job) => job.Description],
];

/** The jobs as CSV: a header line, then one line each. */
export function csvOf(jobs: readonly JobDto[]): string {
  return csvText([COLUMNS.map(([name]) => name), ...jobs.map((job) => COLUMNS.map(([, value]) => value(job)))]);
}

export const downloadCsv = (jobs: readonly JobDto[]): void => downloadText('jobs.csv', csvOf(jobs));
