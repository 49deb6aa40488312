import type { JobDto } from '#domain/contract/job.js';
import type { Job } from './jobs.repository.js';

/** A job as the API and the stream tell it. */
export function toJobDto(job: Omit<Job, 'plan'>): JobDto {
  return {
    JobID: job.JobID,
    latheId: job.latheId,
    JobType: job.JobType,
    Material: job.Material,
    ToolNo: job.ToolNo,
    Description: job.Description,
    StartTime: job.StartTime.toISOString(),
    ...(job.EndTime ? { EndTime: job.EndTime.toISOString() } : {}),
    EstimatedTime: job.EstimatedTime,
    ...(job.ActualDuration === undefined ? {} : { ActualDuration: job.ActualDuration }),
    Status: job.Status,
    operator: job.operator,
    progress: job.progress,
    timeScale: job.timeScale,
    seed: job.seed,
    parameters: job.parameters,
    warnings: job.warnings,
    ...(job.result ? { result: job.result } : {}),
  };
}
