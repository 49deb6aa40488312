import { Injectable } from '@nestjs/common';
import { EventBus } from '../realtime-bus/event-bus.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import { toJobDto } from './job-dto.js';
import { type Job, JobsRepository } from './jobs.repository.js';

/** Tells the browsers of a job's new status: once for each status, and again after a crash between saving and telling. */
@Injectable()
export class JobAnnouncer {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly events: EventBus,
    private readonly touched: LatheTouch,
  ) {}

  async announce(job: Omit<Job, 'plan'>): Promise<void> {
    this.touched.touch(job.latheId);
    await this.events.publish('job', toJobDto(job), `job:${job.JobID}:${job.Status}`);
    await this.jobs.markAnnounced(job.JobID, job.Status);
  }

  /** Announces what a crash has left unsaid. */
  async catchUp(): Promise<void> {
    for (const job of await this.jobs.listUnannounced()) await this.announce(job);
  }
}
