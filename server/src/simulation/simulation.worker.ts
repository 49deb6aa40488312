import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DelayedError, type Job, WaitingError, Worker } from 'bullmq';
import { BULL_PREFIX, SIMULATION_QUEUE, type SimulationJobData } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { RoleHeartbeat } from '../realtime-bus/role-heartbeat.js';
import { RunStarter } from './run-starter.js';
import { type RunEnd, SimulationEngine } from './simulation-engine.js';

/** A dead worker's jobs are noticed within about 4 s; the loop of a living one must not stand still for longer than 3 s. */
const LOCK_MS = 3000;
const STALLED_CHECK_MS = 1000;
/** Jobs that one process may hold; the larger the plant, the more workers share it. */
const CONCURRENCY = 5000;
const RETRY_MS = 1000;
const CLOSE_TIMEOUT_MS = 3000;

type SimulationJob = Job<SimulationJobData>;

/** A job that this process holds, and under which lock. */
interface Hold {
  job: SimulationJob;
  token: string;
  over: Promise<RunEnd>;
}

/** Takes machining jobs from the queue, each for as long as it lasts, and hands them on when this process stops. */
@Injectable()
export class SimulationWorker implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(SimulationWorker.name);
  private readonly holds = new Map<string, Hold>();
  private readonly worker: Worker<SimulationJobData>;
  private isStopping = false;

  constructor(
    redis: RedisService,
    private readonly engine: SimulationEngine,
    private readonly starter: RunStarter,
    private readonly heartbeat: RoleHeartbeat,
  ) {
    this.worker = new Worker<SimulationJobData>(SIMULATION_QUEUE, (job, token = '') => this.process(job, token), {
      connection: redis.connect('simulation-worker', { maxRetriesPerRequest: null }),
      prefix: BULL_PREFIX,
      autorun: false,
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER, // a lost worker is no fault of the job; starts without progress are counted apart
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.worker.on('error', (error) => this.logger.debug(`Queue: ${error.message}`));
  }

  onApplicationBootstrap(): void {
    this.worker.run().catch((error: unknown) => this.logger.error(error));
    void this.heartbeat.announce('worker');
  }

  async onModuleDestroy(): Promise<void> {
    await this.heartbeat.withdraw('worker');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.worker.pause(true);
    const closed = this.worker.close(); // first lets go of the queue, so that this worker is not given what it hands on
    const handedOver = this.engine.handOver();
    await Promise.race([Promise.all([handedOver, closed]), wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** @throws WaitingError, DelayedError where the queue must leave the job as it is: it is somebody else's or comes again */
  private async process(job: SimulationJob, token: string): Promise<void> {
    const { jobId } = job.data;
    if (this.isStopping) return this.giveBack({ job, token });
    const hold = this.holds.get(jobId) ?? { job, token, over: this.start(job) };
    this.holds.set(jobId, hold);
    hold.job = job; // after an outage of Redis the queue gives a job again that still runs here: only its lock is new
    hold.token = token;
    const end = await hold.over;
    this.holds.delete(jobId);
    if (hold.token !== token || end.kind === 'fenced') throw new WaitingError();
    if (end.kind === 'handedOver') return this.giveBack(hold);
    if (end.kind === 'crashed') return this.retryLater(hold, end.error);
  }

  private async start({ data: { jobId, latheId } }: SimulationJob): Promise<RunEnd> {
    try {
      return await this.starter.run(jobId, latheId);
    } catch (error) {
      return { kind: 'crashed', error };
    }
  }

  private async giveBack({ job, token }: Pick<Hold, 'job' | 'token'>): Promise<never> {
    await job.moveToWait(token);
    throw new WaitingError();
  }

  private async retryLater({ job, token }: Hold, error: unknown): Promise<never> {
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    await job.moveToDelayed(Date.now() + RETRY_MS, token);
    throw new DelayedError();
  }
}
