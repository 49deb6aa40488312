import { Injectable, Logger } from '@nestjs/common';
import { LathesService } from '../lathes/lathes.service.js';
import { MaintenanceCalendar } from '../maintenance/maintenance-calendar.js';
import { JobAnnouncer } from './job-announcer.js';
import { LatheInMaintenanceError, LatheLockedError } from './jobs.errors.js';
import { JobsRepository } from './jobs.repository.js';
import { SimulationQueue } from './simulation-queue.js';

/** Brings stored jobs to the workers. Whatever it misses through a crash, `reconcile` does later. */
@Injectable()
export class JobDispatcher {
  private readonly log = new Logger(JobDispatcher.name);

  constructor(
    private readonly jobs: JobsRepository,
    private readonly queue: SimulationQueue,
    private readonly lathes: LathesService,
    private readonly calendar: MaintenanceCalendar,
    private readonly announcer: JobAnnouncer,
  ) {}

  /** @throws LatheLockedError, LatheInMaintenanceError */
  async assertMayStart(latheId: string, at = new Date()): Promise<void> {
    const { locked } = await this.lathes.get(latheId);
    const window = await this.calendar.blocking(latheId, at);
    if (window) throw new LatheInMaintenanceError(latheId, window.end);
    if (locked) throw new LatheLockedError(latheId);
  }

  /** Hands an active job to the queue. A queue that is away delays the job and loses nothing. */
  async dispatch(jobId: string, latheId: string): Promise<void> {
    try {
      await this.queue.add(jobId, latheId);
    } catch (error) {
      this.log.warn(`${jobId} waits for the queue: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Starts the job that has waited longest for a lathe which is free now. */
  async startNext(latheId: string): Promise<void> {
    const [next] = await this.jobs.listWaiting(latheId);
    if (!next || (await this.mayNotStart(latheId))) return;
    if (!(await this.jobs.activate(next.JobID))) return;
    // A window or a lock that came in between has seen no job: it goes first.
    if (await this.mayNotStart(latheId)) await this.jobs.deactivate(next.JobID);
    else await this.dispatch(next.JobID, latheId);
  }

  /** Puts right what crashes have left: active jobs unknown to the queue, waiting jobs of free lathes, unsaid events. */
  async reconcile(): Promise<void> {
    await this.announcer.catchUp();
    const active = await this.jobs.listActive();
    const missing = new Set(await this.queue.missing(active.map((job) => job.JobID)));
    for (const { JobID, latheId } of active) {
      if (missing.has(JobID) && (await this.jobs.find(JobID))?.active) await this.dispatch(JobID, latheId);
    }
    const busy = new Set(active.map((job) => job.latheId));
    const waitingFor = new Set((await this.jobs.listWaiting()).map((job) => job.latheId));
    for (const latheId of waitingFor) if (!busy.has(latheId)) await this.startNext(latheId);
  }

  private async mayNotStart(latheId: string): Promise<boolean> {
    try {
      await this.assertMayStart(latheId);
      return false;
    } catch (error) {
      if (error instanceof LatheLockedError || error instanceof LatheInMaintenanceError) return true;
      throw error;
    }
  }
}
