import { Injectable } from '@nestjs/common';
import type { JobDto } from '#domain/contract/job.js';
import { NotFoundError } from '../common/errors.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import { JobAnnouncer } from './job-announcer.js';
import { JobDispatcher } from './job-dispatcher.js';
import { toJobDto } from './job-dto.js';
import { JobNotRunningError } from './jobs.errors.js';
import { type Job, JobsRepository } from './jobs.repository.js';
import { SimulationQueue } from './simulation-queue.js';

/** A worker applies a stop within a tick; one that has died takes longer than anybody wants to wait. */
const STOP_WAIT_MS = 2000;
const LOOK_EVERY_MS = 25;

export interface Stopping {
  job: JobDto;
  /** whether the job has ended; else its worker will end it as soon as it can */
  ended: boolean;
}

/** What people do to jobs that exist. */
@Injectable()
export class JobControl {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly commands: CommandBus,
    private readonly queue: SimulationQueue,
    private readonly dispatcher: JobDispatcher,
    private readonly announcer: JobAnnouncer,
  ) {}

  /**
   * Stops a job gracefully; one that has not begun is cancelled at once. A second stop changes nothing.
   * @throws JobNotRunningError for a job that has ended otherwise
   */
  async stop(jobId: string, by: string): Promise<Stopping> {
    const job = await this.find(jobId);
    if (job.Status === 'Cancelled') return { job: toJobDto(job), ended: true };
    const cancelled = await this.cancelUnbegun(jobId, by);
    if (cancelled) return { job: toJobDto(cancelled), ended: true };
    const present = await this.find(jobId);
    if (present.Status === 'Cancelled') return { job: toJobDto(present), ended: true }; // it stopped meanwhile
    if (present.Status !== 'In Progress') throw new JobNotRunningError(jobId, present.Status);
    await this.commands.send(job.latheId, { type: 'stop', jobId, reason: 'operator', by });
    return this.awaitEnd(jobId);
  }

  private async find(jobId: string): Promise<Job> {
    const job = await this.jobs.find(jobId);
    if (!job) throw new NotFoundError('job', jobId);
    return job;
  }

  private async cancelUnbegun(jobId: string, by: string): Promise<Job | null> {
    const cancelled = await this.jobs.change(jobId, ['Queued'], {
      Status: 'Cancelled',
      EndTime: new Date(),
      ActualDuration: 0,
      active: false,
      result: { reason: `Cancelled by ${by} before it began.` },
    });
    if (!cancelled) return null;
    await this.queue.remove(jobId);
    await this.announcer.announce(cancelled);
    await this.dispatcher.startNext(cancelled.latheId);
    return cancelled;
  }

  private async awaitEnd(jobId: string): Promise<Stopping> {
    const deadline = Date.now() + STOP_WAIT_MS;
    for (;;) {
      const job = await this.find(jobId);
      const ended = job.Status !== 'In Progress';
      if (ended || Date.now() > deadline) return { job: toJobDto(job), ended };
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
