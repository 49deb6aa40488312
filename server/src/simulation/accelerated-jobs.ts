import { Injectable } from '@nestjs/common';
import { createMachineState } from '#domain/machining/machine-state.js';
import type { RandomJob } from '#domain/machining/random-jobs.js';
import { beginJob } from '#domain/machining/step.js';
import { MINUTE_MS } from '#domain/telemetry/resolution.js';
import { AlarmEvaluator } from '../alerts/alarm-evaluator.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { AppConfig } from '../config/config.js';
import { JobNumbers } from '../jobs/job-numbers.js';
import { type Job, JobsRepository } from '../jobs/jobs.repository.js';
import type { JobOutcome } from '../jobs/jobs-lifecycle.service.js';
import { TelemetryArchive } from '../telemetry/telemetry-archive.js';
import { LatheRun } from './lathe-run.js';
import { RunInterlock } from './run-interlock.js';

/** Samples that are stored by one write. */
const SAMPLES_AT_ONCE = 1000;

export interface AcceleratedJob {
  JobID: string;
  outcome: JobOutcome;
}

/**
 * Runs whole jobs one after another as fast as this machine computes: the worker's ticks, its alarm rules and the
 * recorder's buckets, on a clock that jumps from tick to tick. Each lathe has a clock of its own that begins now, so that
 * its jobs follow one another while those of other lathes run at the same time.
 */
@Injectable()
export class AcceleratedJobs {
  private readonly freeAtMs = new Map<string, number>();
  private readonly beganAtMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

  constructor(
    private readonly config: AppConfig,
    private readonly jobs: JobsRepository,
    private readonly numbers: JobNumbers,
    private readonly archive: TelemetryArchive,
    private readonly alarms: AlarmEvaluator,
    private readonly alerts: AlertsService,
    private readonly interlock: RunInterlock,
  ) {}

  /** Runs a job on a new machine and stores all of it. @param minutes - machine minutes */
  async run(random: RandomJob, minutes: number): Promise<AcceleratedJob> {
    const { latheId } = random;
    const t0Ms = this.freeAtMs.get(latheId) ?? this.beganAtMs;
    const job = await this.begin(random, minutes, t0Ms);
    const run = await this.prepare(random, job, t0Ms);
    const outcome = await this.drive(run, t0Ms);
    await this.conclude(job, outcome, run.progress);
    this.freeAtMs.set(latheId, (Math.floor(outcome.endedAtMs / MINUTE_MS) + 1) * MINUTE_MS);
    return { JobID: job.JobID, outcome };
  }

  private async begin({ latheId, seed, plan, ...random }: RandomJob, minutes: number, t0Ms: number): Promise<Job> {
    const at = new Date(t0Ms);
    const job: Job = {
      JobID: await this.numbers.next(at),
      latheId,
      JobType: random.jobType,
      Material: random.material,
      ToolNo: random.toolNo,
      Description: 'Random job in accelerated time',
      StartTime: at,
      EstimatedTime: minutes,
      Status: 'In Progress',
      operator: 'simulate-test',
      progress: 0,
      timeScale: 1,
      seed,
      parameters: plan.parameters,
      warnings: plan.warnings,
      plan,
      createdAt: at,
      active: true,
    };
    await this.jobs.ready();
    if (!(await this.jobs.insert(job))) throw new Error(`${latheId} has a job already: another test run is under way`);
    return job;
  }

  private async prepare({ latheId, seed, plan }: RandomJob, { JobID, EstimatedTime }: Job, t0Ms: number) {
    const machine = createMachineState(seed, { machine: plan.machine });
    beginJob(machine, plan, { seed, estimatedMinutes: EstimatedTime });
    await this.alarms.open(latheId, JobID, null);
    const sampleNumber = await this.archive.lastNumber(latheId);
    const start = {
      periodMs: 1000 / this.config.tickHz,
      sensorIntervalMs: this.config.sensorIntervalS * 1000,
      latheId,
      latheIndex: 0,
      jobId: JobID,
      epoch: 1,
      timeScale: 1,
      machine,
      t0Ms,
      tick: 0,
      sampleNumber,
      samplesBefore: sampleNumber,
      commandId: '0-0',
      proposals: [],
    };
    const run = new LatheRun(start, this.alarms, () => {});
    this.interlock.guard(run);
    return run;
  }

  /** Ticks until the job is over; alarms are handled between two ticks, so that a critical one stops at once. */
  private async drive(run: LatheRun, t0Ms: number): Promise<JobOutcome> {
    const periodMs = 1000 / this.config.tickHz;
    for (let tick = 1; !run.outcome; tick++) {
      run.advance(t0Ms + tick * periodMs, 1);
      for (const proposal of run.proposals.splice(0)) await this.alarms.propose(proposal);
      if (run.samples.length >= SAMPLES_AT_ONCE) await this.store(run);
    }
    await this.store(run);
    return run.outcome;
  }

  private async store({ latheId, jobId, samples }: LatheRun): Promise<void> {
    await this.archive.append([{ id: '0-0', latheId, jobId, samples: samples.splice(0) }]);
  }

  private async conclude({ JobID, latheId }: Job, outcome: JobOutcome, progress: number): Promise<void> {
    const { status: Status, endedAtMs, machineMinutes, result } = outcome;
    await this.alarms.close(latheId, endedAtMs);
    await this.alerts.toolReplaced(latheId, endedAtMs);
    await this.jobs.change(JobID, ['In Progress'], {
      Status,
      EndTime: new Date(endedAtMs),
      ActualDuration: machineMinutes,
      result,
      active: false,
      progress: Status === 'Completed' ? 1 : progress,
    });
    await this.jobs.markAnnounced(JobID, Status);
  }
}
