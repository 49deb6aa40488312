import type { JobDto } from '#domain/contract/job.js';

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

/** The jobs as CSV (RFC 4180): a header line, CRLF, a dot in numbers. */
export function csvOf(jobs: readonly JobDto[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...jobs.map((job) => COLUMNS.map(([, value]) => value(job)))];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

export function downloadCsv(jobs: readonly JobDto[]): void {
  const url = URL.createObjectURL(new Blob([csvOf(jobs)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'jobs.csv';
  link.click();
  URL.revokeObjectURL(url);
}

function cellText(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  // A leading = + - @ would be read as a formula by spreadsheets.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
