import { Injectable } from '@nestjs/common';
import type { FaultDto } from '#domain/contract/fault.js';
import type { JobDto } from '#domain/contract/job.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { type FaultRecord, faultDto, recordOf } from '#domain/machining/fault-log.js';
import { injectFault } from '#domain/machining/faults.js';
import { createMachineState } from '#domain/machining/machine-state.js';
import { NotFoundError } from '../common/errors.js';
import { CommandBus, type LatheCommand, type ReceivedCommand } from '../realtime-bus/command-bus.js';
import type { Checkpoint } from '../simulation/checkpoint.js';
import { CheckpointStore } from '../simulation/checkpoint-store.js';
import { assertInjectable, toFaultInjection } from '../simulation/fault-command.js';
import { toJobDto } from './job-dto.js';
import { JobNotRunningError, TooManyFaultsError } from './jobs.errors.js';
import { type Job, JobsRepository } from './jobs.repository.js';

/** Faults of one job that may wait or act at the same time. */
export const MOST_OPEN_FAULTS = 20;
/** A worker ends a fault within a tick; one that has died takes longer than anybody wants to wait. */
const END_WAIT_MS = 2000;
const LOOK_EVERY_MS = 25;

export interface EndingFault {
  fault: FaultDto;
  /** whether it has ended; else its worker will end it as soon as it can */
  ended: boolean;
}

/** Injected faults of jobs: asked for here, applied by the job's worker at a tick, kept with the job. */
@Injectable()
export class JobFaults {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly commands: CommandBus,
    private readonly checkpoints: CheckpointStore,
  ) {}

  /**
   * Injects a fault into a job that has its lathe; its worker applies it at its next tick.
   * @param by - userID of who asks
   * @throws NotFoundError, MachiningInputError, JobNotRunningError, TooManyFaultsError
   */
  async inject(jobId: string, fault: InjectFaultDto, by: string): Promise<{ job: JobDto; fault: FaultDto }> {
    const job = await this.find(jobId);
    assertInjectable(fault);
    if (!job.active) throw new JobNotRunningError(jobId, job.Status);
    const open = (await this.listOf(job)).filter(({ state }) => state !== 'ended');
    if (open.length >= MOST_OPEN_FAULTS) throw new TooManyFaultsError(jobId, MOST_OPEN_FAULTS);
    const command = { type: 'fault', jobId, fault, by } as const;
    const id = await this.commands.send(job.latheId, command);
    return { job: toJobDto(job), fault: faultDto(requested(id, command), jobId) };
  }

  /** Faults of a job, the newest first. @throws NotFoundError */
  async list(jobId: string): Promise<FaultDto[]> {
    return this.listOf(await this.find(jobId));
  }

  /**
   * Ends a fault at once; one that has ended already stays as it is.
   * @throws NotFoundError `job_not_found`, `fault_not_found`; JobNotRunningError
   */
  async end(jobId: string, faultId: string, by: string): Promise<EndingFault> {
    const job = await this.find(jobId);
    const fault = await this.findFault(job, faultId);
    if (fault.state === 'ended') return { fault, ended: true };
    if (!job.active) throw new JobNotRunningError(jobId, job.Status);
    await this.commands.send(job.latheId, { type: 'endFault', jobId, faultId, by });
    return this.awaitEnd(jobId, faultId);
  }

  private async awaitEnd(jobId: string, faultId: string): Promise<EndingFault> {
    const deadline = Date.now() + END_WAIT_MS;
    for (;;) {
      const fault = await this.findFault(await this.find(jobId), faultId);
      const ended = fault.state === 'ended';
      if (ended || Date.now() > deadline) return { fault, ended };
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  private async find(jobId: string): Promise<Job> {
    const job = await this.jobs.find(jobId);
    if (!job) throw new NotFoundError('job', jobId);
    return job;
  }

  private async findFault(job: Job, faultId: string): Promise<FaultDto> {
    const fault = (await this.listOf(job)).find(({ id }) => id === faultId);
    if (!fault) throw new NotFoundError('fault', faultId);
    return fault;
  }

  private async listOf(job: Job): Promise<FaultDto[]> {
    const faults = job.active
      ? await this.listPresent(job)
      : (job.faults ?? []).map((each) => faultDto(each, job.JobID));
    return faults.reverse();
  }

  /** Faults that the worker has taken up, as of its last checkpoint, and those that still wait for it. */
  private async listPresent({ JobID, latheId }: Job): Promise<FaultDto[]> {
    const checkpoint = await this.checkpoints.read(latheId);
    const sent = await this.commands.read(latheId, checkpoint?.commandId ?? '0-0');
    return [...takenUp(checkpoint, JobID), ...sent.flatMap((each) => requestedFor(JobID, each))];
  }
}

function takenUp(checkpoint: Checkpoint | null, jobId: string): FaultDto[] {
  if (checkpoint?.jobId === jobId) {
    const { machine, atMs, faults = [] } = checkpoint;
    return faults.map((record) => faultDto(record, jobId, { machine, atMs }));
  }
  if (checkpoint?.ended?.jobId !== jobId) return [];
  return (checkpoint.ended.outcome.faults ?? []).map((record) => faultDto(record, jobId));
}

function requestedFor(jobId: string, { id, command }: ReceivedCommand): FaultDto[] {
  if (command.type !== 'fault' || command.jobId !== jobId) return [];
  return [faultDto(requested(id, command), jobId)];
}

/** The record of a fault that no worker has taken up yet, with the machine's own defaults. */
function requested(id: string, { fault, by }: Extract<LatheCommand, { type: 'fault' }>): FaultRecord {
  const machine = createMachineState(0);
  const machineFaultId = injectFault(machine, toFaultInjection(fault));
  const active = machine.faults.find((each) => each.id === machineFaultId)!;
  const request = { id, by: by ?? 'unknown', requestedAtMs: Number(id.split('-')[0]) };
  return { ...recordOf(active, machine.clockS, request), machineFaultId: null };
}
