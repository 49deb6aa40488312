import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import { BULL_PREFIX } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { BlackBoxCutter } from './black-box-cutter.js';
import { BLACK_BOX_QUEUE, type BlackBoxJobData } from './black-box-queue.js';

/** Short, since what a dead worker was to cut leaves the stream soon. */
const LOCK_MS = 5000;

/** Keeps the time around alarms as soon as it is over; what a dead worker had begun another one does. */
@Injectable()
export class BlackBoxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(BlackBoxWorker.name);
  private readonly worker: Worker<BlackBoxJobData>;

  constructor(redis: RedisService, cutter: BlackBoxCutter) {
    this.worker = new Worker<BlackBoxJobData>(BLACK_BOX_QUEUE, ({ data }) => cutter.cut(data.raisedAtMs), {
      connection: redis.connect('black-box-worker', { maxRetriesPerRequest: null }),
      prefix: BULL_PREFIX,
      autorun: false,
      concurrency: 1,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: Number.MAX_SAFE_INTEGER, // a lost worker is no fault of the alarm
    });
    this.worker.on('error', (error) => this.logger.debug(`Queue: ${error.message}`));
    this.worker.on('failed', (job, error) => {
      if (job && job.attemptsMade >= (job.opts.attempts ?? 1)) this.logger.warn(`given up: ${error.message}`);
    });
  }

  onApplicationBootstrap(): void {
    this.worker.run().catch((error: unknown) => this.logger.error(error));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }
}
