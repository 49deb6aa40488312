import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { plannedPart } from '#domain/analytics/planned-part.js';
import type { CreateJobCommand, JobDto } from '#domain/contract/job.js';
import type { Lathe } from '../lathes/lathes.repository.js';
import { LathesService } from '../lathes/lathes.service.js';
import { PlanningService } from '../machining/planning.service.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { JobAnnouncer } from './job-announcer.js';
import { JobDispatcher } from './job-dispatcher.js';
import { toJobDto } from './job-dto.js';
import { JobNumbers } from './job-numbers.js';
import { LatheBusyError } from './jobs.errors.js';
import { type Job, JobsRepository } from './jobs.repository.js';

@Injectable()
export class JobsService {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly lathes: LathesService,
    private readonly planning: PlanningService,
    private readonly machines: MachineStateService,
    private readonly numbers: JobNumbers,
    private readonly dispatcher: JobDispatcher,
    private readonly announcer: JobAnnouncer,
  ) {}

  /**
   * Plans a job, gives it the lathe and starts it; with `queue` on a busy lathe it waits.
   * @param operator - userID of who asks
   * @throws NotFoundError, MachiningInputError, LatheBusyError, LatheLockedError, LatheInMaintenanceError
   */
  async create(command: CreateJobCommand, operator: string): Promise<JobDto> {
    const lathe = await this.lathes.get(command.latheId);
    const plan = await this.planOn(lathe, command);
    await this.dispatcher.assertMayStart(lathe.id);
    const busy = (await this.jobs.findActive(lathe.id)) !== null;
    if (busy && !command.queue) throw new LatheBusyError(lathe.id);

    const now = new Date();
    const job: Job = {
      JobID: await this.numbers.next(now),
      latheId: lathe.id,
      JobType: command.jobType,
      Material: command.material,
      ToolNo: command.toolNo,
      Description: command.description ?? '',
      StartTime: now,
      EstimatedTime: command.estimatedTime,
      Status: 'Queued',
      operator,
      progress: 0,
      timeScale: command.timeScale,
      seed: command.seed ?? randomInt(2 ** 32),
      parameters: plan.parameters,
      warnings: plan.warnings,
      plan,
      planned: plannedPart(plan),
      createdAt: now,
      active: !busy,
      unannounced: true,
    };
    await this.store(job, command.queue);
    await this.announcer.announce(job);
    if (job.active) await this.dispatcher.dispatch(job.JobID, lathe.id);
    else await this.dispatcher.startNext(lathe.id); // its predecessor may have ended meanwhile
    return toJobDto(job);
  }

  private async planOn(lathe: Lathe, command: CreateJobCommand) {
    const { jobType, material, customMaterial, toolNo, parameters } = command;
    const request = {
      jobType,
      material,
      toolNo,
      toolBroken: (await this.machines.toolOf(lathe.id, toolNo))?.broken ?? false,
      ...(customMaterial ? { customMaterial } : {}),
      ...(parameters ? { parameters } : {}),
    };
    return this.planning.plan(request, lathe.limits);
  }

  /** Stores the job; where another one was quicker it waits or is refused. */
  private async store(job: Job, mayWait: boolean): Promise<void> {
    await this.jobs.ready();
    if (!(await this.jobs.insert(job))) {
      if (!mayWait) throw new LatheBusyError(job.latheId);
      job.active = false;
      await this.jobs.insert(job);
    }
    try {
      // Maintenance or a lock that came in between has seen no job: it goes first.
      await this.dispatcher.assertMayStart(job.latheId);
    } catch (error) {
      await this.jobs.withdraw(job.JobID);
      throw error;
    }
  }
}
