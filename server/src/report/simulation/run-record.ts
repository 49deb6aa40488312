import type { JobStatus, JobType } from '#domain/contract/enums.js';
import type { JobResult } from '#domain/contract/job.js';
import type { CuttingParameters } from '#domain/contract/machining.js';
import type { ChannelName } from '#domain/telemetry/channels.js';

/** One job of a test run with its samples, column by column; NaN = unknown. */
export interface RunRecord {
  jobId: string;
  latheId: string;
  jobType: JobType;
  material: string;
  toolNo: number;
  status: JobStatus;
  parameters: CuttingParameters;
  result: JobResult;
  /** machine minutes since the start of the job, one for each sample */
  minute: number[];
  channels: Record<ChannelName, number[]>;
}

/** What a test run has left behind. */
export interface RunData {
  records: RunRecord[];
  /** samples that are stored */
  samples: number;
  /** every how many-th sample was read: 1 unless there are very many */
  stride: number;
  firstMs: number;
  lastMs: number;
}

/** Whether the tool was in the cut at each sample: then, and only then, there is feed. */
export const isCutting = (record: RunRecord, sample: number): boolean => (record.channels.feedRate[sample] ?? 0) > 0;

/** The samples of a channel, of all records one after another; with `cutting` only those in the cut, or only those in air. */
export function samplesOf(records: readonly RunRecord[], channel: ChannelName, cutting?: boolean): number[] {
  return records.flatMap((record) =>
    cutting === undefined
      ? record.channels[channel]
      : record.channels[channel].filter((_, i) => isCutting(record, i) === cutting),
  );
}
