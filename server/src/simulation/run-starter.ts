import { Injectable, Logger } from '@nestjs/common';
import { MachiningInputError } from '#domain/machining/errors.js';
import type { MachineEvent } from '#domain/machining/events.js';
import { closeRecord } from '#domain/machining/fault-log.js';
import { relaxIdle } from '#domain/machining/machine-state.js';
import { beginJob, endJob } from '#domain/machining/step.js';
import { AlarmEvaluator } from '../alerts/alarm-evaluator.js';
import { NotFoundError } from '../common/errors.js';
import { JobNotRunningError } from '../jobs/jobs.errors.js';
import { type JobOutcome, JobsLifecycle, type StoredJob } from '../jobs/jobs-lifecycle.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { TelemetryArchive } from '../telemetry/telemetry-archive.js';
import { CheckpointStore, type Grip } from './checkpoint-store.js';
import { LatheRun, type RunStart } from './lathe-run.js';
import { MachineStateService } from './machine-state.service.js';
import { persist } from './persist.js';
import { type RunEnd, SimulationEngine } from './simulation-engine.js';

/** A job that has been started so often without getting anywhere kills its workers and is given up. */
export const MAX_STARTS = 5;
const PROGRESS_MS = 5000;

/** One job from its start, or from the checkpoint where another worker left it, to its stored end. */
@Injectable()
export class RunStarter {
  private readonly logger = new Logger(RunStarter.name);

  constructor(
    private readonly lifecycle: JobsLifecycle,
    private readonly lathes: LathesService,
    private readonly machines: MachineStateService,
    private readonly checkpoints: CheckpointStore,
    private readonly archive: TelemetryArchive,
    private readonly engine: SimulationEngine,
    private readonly alarms: AlarmEvaluator,
  ) {}

  /** @returns how the run left this process; every refusal that a retry cannot cure has ended the job */
  async run(jobId: string, latheId: string): Promise<RunEnd> {
    try {
      const job = await persist(jobId, () => this.lifecycle.load(jobId));
      if (!job.active) return { kind: 'ended' };
      return await this.hold(job, await this.checkpoints.acquire(latheId, jobId));
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof JobNotRunningError) {
        this.logger.warn(error.message);
        return { kind: 'ended' };
      }
      throw error;
    }
  }

  private async hold(job: StoredJob, grip: Grip): Promise<RunEnd> {
    const ended = grip.checkpoint?.ended;
    if (ended?.jobId === job.JobID) return this.settle(job, grip, ended.outcome);
    if (grip.starts > MAX_STARTS) {
      return this.settle(job, grip, this.failure(`given up after ${MAX_STARTS} starts without progress`));
    }
    let run: LatheRun;
    try {
      run = await this.prepare(job, grip);
    } catch (error) {
      if (!(error instanceof MachiningInputError)) throw error;
      return this.settle(job, grip, this.failure(error.message));
    }
    await persist(job.JobID, () => this.lifecycle.begin(job.JobID, run.timeMs));
    const end = await this.keepRunning(run);
    return end.kind === 'ended' && run.outcome ? this.conclude(job, run.outcome, run) : end;
  }

  private async keepRunning(run: LatheRun): Promise<RunEnd> {
    const report = setInterval(() => void this.reportProgress(run), PROGRESS_MS);
    try {
      return await this.engine.run(run, (proposal) => this.alarms.propose(proposal));
    } finally {
      clearInterval(report);
    }
  }

  /** Ends a job that no worker runs: what its last one left unsaid is said, and its machine comes to rest. */
  private async settle(job: StoredJob, { checkpoint }: Grip, outcome: JobOutcome): Promise<RunEnd> {
    const { JobID, latheId } = job;
    if (checkpoint) {
      for (const proposal of checkpoint.proposals) await persist(JobID, () => this.alarms.propose(proposal));
      const ended = { jobId: JobID, outcome };
      const faults = checkpoint.jobId === JobID ? (checkpoint.faults ?? []) : [];
      for (const fault of faults) closeRecord(fault, outcome.endedAtMs, 'job');
      outcome.faults ??= faults;
      const rest = await this.machines.atRest(latheId, checkpoint, this.engine.nowMs()).catch((error: Error) => {
        this.logger.error(error.stack); // a state that nobody can read must not keep the job from its end
        return checkpoint;
      });
      await this.checkpoints.replaceIdle(latheId, checkpoint, { ...rest, jobId: null, ended, proposals: [] });
    }
    return this.conclude(job, outcome);
  }

  /** Stores the end; repeated by the next worker where this one dies in between. */
  private async conclude(job: StoredJob, outcome: JobOutcome, run?: LatheRun): Promise<RunEnd> {
    const { JobID, latheId } = job;
    if (run) {
      await persist(JobID, () => this.lifecycle.progress(JobID, run.progress));
      await persist(JobID, () => this.lathes.saveMachine(latheId, run.checkpoint().machine));
    }
    await persist(JobID, () => this.alarms.close(latheId, outcome.endedAtMs));
    await persist(JobID, () => this.lifecycle.end(JobID, outcome));
    this.logger.log(
      `${JobID} on ${latheId}: ${outcome.status}${outcome.result.reason ? `, ${outcome.result.reason}` : ''}`,
    );
    return { kind: 'ended' };
  }

  private failure(reason: string): JobOutcome {
    return { status: 'Failed', result: { reason }, endedAtMs: this.engine.nowMs(), machineMinutes: 0 };
  }

  private async prepare(job: StoredJob, grip: Grip): Promise<LatheRun> {
    const { latheId, JobID: jobId } = job;
    const { checkpoint } = grip;
    const isResumed = checkpoint?.jobId === jobId;
    const lathe = await persist(jobId, () => this.lathes.get(latheId));
    await persist(jobId, () => this.alarms.open(latheId, jobId, isResumed ? checkpoint.alarms : null));
    const start: RunStart = {
      ...this.engine.settings,
      latheId,
      latheIndex: lathe.index,
      jobId,
      epoch: grip.epoch,
      timeScale: job.timeScale,
      ...(isResumed ? await this.resumed(job, grip) : await this.fresh(job, grip)),
    };
    this.logger.log(`${jobId} on ${latheId} ${isResumed ? `goes on at tick ${start.tick}` : 'starts'}`);
    return new LatheRun(start, this.alarms, (run, event) => this.logEvent(run, event));
  }

  private async resumed({ latheId }: StoredJob, { checkpoint }: Grip): Promise<OfCheckpoint> {
    const {
      t0Ms,
      periodMs,
      tick,
      sampleNumber,
      samplesBefore,
      commandId,
      proposals,
      faults = [],
      prediction = null,
    } = checkpoint!;
    const machine = await this.machines.machineOf(latheId, checkpoint);
    // the tick rate may have been changed in between: go on from the same moment in the new beat
    const t0 =
      periodMs === this.engine.settings.periodMs ? t0Ms : checkpoint!.atMs - tick * this.engine.settings.periodMs;
    return {
      machine,
      t0Ms: t0,
      tick,
      sampleNumber,
      samplesBefore,
      commandId,
      proposals: [...proposals],
      faults,
      prediction,
    };
  }

  private async fresh(job: StoredJob, { checkpoint }: Grip): Promise<OfCheckpoint> {
    const nowMs = this.engine.nowMs();
    const { latheId, seed, EstimatedTime, plan } = job;
    const machine = await persist(job.JobID, () => this.machines.machineOf(latheId, checkpoint));
    if (machine.job) endJob(machine); // a job that was given up without an end of its own
    if (checkpoint) relaxIdle(machine, Math.max(0, nowMs - checkpoint.atMs) / 1000);
    beginJob(machine, plan, { seed, estimatedMinutes: EstimatedTime });
    const sampleNumber = checkpoint?.sampleNumber || (await persist(job.JobID, () => this.archive.lastNumber(latheId)));
    const { periodMs } = this.engine.settings;
    return {
      machine,
      t0Ms: Math.floor(nowMs / periodMs) * periodMs,
      tick: 0,
      sampleNumber,
      samplesBefore: sampleNumber,
      commandId: checkpoint?.commandId ?? '0-0',
      proposals: [...(checkpoint?.proposals ?? [])],
    };
  }

  private async reportProgress(run: LatheRun): Promise<void> {
    try {
      await this.lifecycle.progress(run.jobId, run.progress);
    } catch (error) {
      this.logger.debug(`Progress of ${run.jobId} was not stored: ${(error as Error).message}`);
    }
  }

  private logEvent(run: LatheRun, event: MachineEvent): void {
    const { type, message, atMinute } = event;
    const entry = { msg: message, event: type, latheId: run.latheId, jobId: run.jobId, minute: atMinute };
    if (type === 'partDone')
      this.logger.debug(entry); // every few seconds where time runs fast
    else this.logger.log(entry);
  }
}

type OfCheckpoint = Pick<
  RunStart,
  'machine' | 't0Ms' | 'tick' | 'sampleNumber' | 'samplesBefore' | 'commandId' | 'proposals' | 'faults' | 'prediction'
>;
