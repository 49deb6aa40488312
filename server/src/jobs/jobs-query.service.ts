import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { JobDto, JobsQuerySchema } from '#domain/contract/job.js';
import type { Page } from '#domain/contract/page.js';
import { NotFoundError } from '../common/errors.js';
import { toJobDto } from './job-dto.js';
import { JobsRepository, placeOf } from './jobs.repository.js';
import { decodeCursor, encodeCursor } from './jobs-cursor.js';

@Injectable()
export class JobsQuery {
  constructor(private readonly jobs: JobsRepository) {}

  /** @throws NotFoundError `job_not_found` */
  async get(jobId: string): Promise<JobDto> {
    const job = await this.jobs.find(jobId);
    if (!job) throw new NotFoundError('job', jobId);
    return toJobDto(job);
  }

  /** A page of jobs, newest first. */
  async list(query: z.output<typeof JobsQuerySchema>): Promise<Page<JobDto>> {
    const { limit, latheId, status, from, to } = query;
    const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const asOf = cursor?.asOf ?? new Date();
    const filter = {
      ...(latheId ? { latheId } : {}),
      ...(status ? { status } : {}),
      ...(from ? { from: new Date(from) } : {}),
      ...(to ? { to: new Date(to) } : {}),
    };
    const found = await this.jobs.page(filter, limit + 1, cursor);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      items: shown.map(toJobDto),
      ...(more ? { nextCursor: encodeCursor({ asOf, at: placeOf(last, asOf), id: last._id.toHexString() }) } : {}),
    };
  }

  /** The newest jobs of a lathe. */
  async newestOf(latheId: string, limit: number): Promise<JobDto[]> {
    return (await this.jobs.page({ latheId }, limit)).map(toJobDto);
  }

  /** Active jobs by lathe: running, or next to run. */
  async activeByLathe(latheIds?: readonly string[]): Promise<Map<string, JobDto>> {
    return new Map((await this.jobs.listActive(latheIds)).map((job) => [job.latheId, toJobDto(job)]));
  }
}
