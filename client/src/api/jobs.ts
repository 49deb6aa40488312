import { z } from 'zod';
import { type CreateJobDto, type JobDto, JobSchema } from '#domain/contract/job.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { getJson, sendJson, withQuery } from './http';

export interface JobsFilter {
  latheId?: string;
  status?: string;
  from?: string;
  to?: string;
}

export const fetchJobs = (filter: JobsFilter, limit: number, cursor?: string): Promise<Page<JobDto>> =>
  getJson(withQuery('/api/jobs', { ...filter, limit, cursor }), pageOf(JobSchema)) as Promise<Page<JobDto>>;

export const fetchJob = (jobId: string): Promise<JobDto> => getJson(`/api/jobs/${jobId}`, JobSchema);

export const startJob = (job: CreateJobDto): Promise<JobDto> => sendJson('POST', '/api/jobs', job, JobSchema);

export const stopJob = (jobId: string): Promise<unknown> =>
  sendJson('POST', `/api/jobs/${jobId}/stop`, undefined, z.unknown());
