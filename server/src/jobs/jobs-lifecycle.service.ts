import { Injectable } from '@nestjs/common';
import type { JobDto, JobResult } from '#domain/contract/job.js';
import type { FaultRecord } from '#domain/machining/fault-log.js';
import type { JobPlan } from '#domain/machining/plan.js';
import { NotFoundError } from '../common/errors.js';
import { JobAnnouncer } from './job-announcer.js';
import { JobDispatcher } from './job-dispatcher.js';
import { toJobDto } from './job-dto.js';
import { JobNotRunningError } from './jobs.errors.js';
import { JobsRepository } from './jobs.repository.js';

/** A job with what its worker needs. */
export interface StoredJob extends JobDto {
  plan: JobPlan;
  /** It has the lathe. A job without it must not run. */
  active: boolean;
}

export interface JobOutcome {
  status: 'Completed' | 'Failed' | 'Cancelled' | 'Alert Triggered';
  result: JobResult;
  endedAtMs: number;
  /** min of machine time that the job took */
  machineMinutes: number;
  /** faults that were injected into the job */
  faults?: FaultRecord[];
}

/** A job's life as its worker drives it. Every step may be repeated after a crash. */
@Injectable()
export class JobsLifecycle {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly announcer: JobAnnouncer,
    private readonly dispatcher: JobDispatcher,
  ) {}

  /** @throws NotFoundError `job_not_found` */
  async load(jobId: string): Promise<StoredJob> {
    const job = await this.jobs.find(jobId);
    if (!job) throw new NotFoundError('job', jobId);
    return { ...toJobDto(job), plan: job.plan, active: job.active };
  }

  /**
   * The first tick was at `atMs`. Without effect on a job that runs already (another worker has died of it).
   * @throws JobNotRunningError for a job that has been cancelled, has ended or has lost its lathe again: it must not run
   */
  async begin(jobId: string, atMs: number): Promise<void> {
    const StartTime = new Date(atMs);
    const begun = await this.jobs.change(jobId, ['Queued'], { Status: 'In Progress', StartTime }, { active: true });
    if (begun) return this.announcer.announce(begun);
    const job = await this.load(jobId);
    if (job.Status !== 'In Progress') throw new JobNotRunningError(jobId, job.Status);
  }

  /** @param progress01 - share of the estimated time, 0..1 */
  async progress(jobId: string, progress01: number): Promise<void> {
    await this.jobs.setProgress(jobId, Math.min(1, Math.max(0, progress01)));
  }

  /** Ends the job, frees its lathe and starts the next one that waits for it. The first outcome counts. */
  async end(jobId: string, outcome: JobOutcome): Promise<void> {
    const ended = await this.jobs.change(jobId, ['Queued', 'In Progress'], {
      Status: outcome.status,
      EndTime: new Date(outcome.endedAtMs),
      ActualDuration: outcome.machineMinutes,
      result: outcome.result,
      active: false,
      ...(outcome.faults?.length ? { faults: outcome.faults } : {}),
      ...(outcome.status === 'Completed' ? { progress: 1 } : {}),
    });
    const job = ended ?? (await this.jobs.find(jobId));
    if (!job) throw new NotFoundError('job', jobId);
    await this.announcer.announce(job);
    await this.dispatcher.startNext(job.latheId);
  }
}
