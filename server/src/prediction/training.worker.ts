import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Job, WaitingError, Worker } from 'bullmq';
import { EventBus } from '../realtime-bus/event-bus.js';
import { BULL_PREFIX, TRAINING_QUEUE, type TrainingJobData } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { ModelContent } from '../training/model-folder.js';
import { ModelsRepository } from './models.repository.js';
import { PlantHistory } from './plant-history.js';
import { entryOfContent } from './registered-model.js';
import type { TrainingDocument } from './training.schema.js';
import { TrainingProcess, TrainingRefusedError, TrainingStoppedError } from './training-process.js';
import type { TrainingNews } from './training-run.js';
import { type TrainingChange, TrainingsRepository, toTrainingDto } from './trainings.repository.js';

const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5000;
const TELL_EVERY_MS = 1000;
const PLANT_VERSION = /^plant-(\d+)$/;

/** Does trainings, one at a time, and registers what comes of them. Nothing is activated: that is for a person to decide. */
@Injectable()
export class TrainingWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(TrainingWorker.name);
  private readonly worker: Worker<TrainingJobData>;
  private stop = new AbortController();
  private isStopping = false;

  constructor(
    redis: RedisService,
    private readonly trainings: TrainingsRepository,
    private readonly models: ModelsRepository,
    private readonly history: PlantHistory,
    private readonly events: EventBus,
    private readonly process: TrainingProcess,
  ) {
    this.worker = new Worker<TrainingJobData>(TRAINING_QUEUE, (job, token = '') => this.take(job, token), {
      connection: redis.connect('training-worker', { maxRetriesPerRequest: null }),
      prefix: BULL_PREFIX,
      autorun: false,
      concurrency: 1,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: 5,
    });
    this.worker.on('error', (error) => this.logger.debug(`Queue: ${error.message}`));
  }

  onApplicationBootstrap(): void {
    this.worker.run().catch((error: unknown) => this.logger.error(error));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.stop.abort();
    await this.worker.close();
  }

  private async take(job: Job<TrainingJobData>, token: string): Promise<void> {
    const training = await this.trainings.find(job.data.trainingId);
    if (!training?.open) return;
    this.stop = new AbortController();
    try {
      await this.train(training);
    } catch (error) {
      if (error instanceof TrainingStoppedError && this.isStopping) {
        await job.moveToWait(token); // another worker begins it anew: the same seed leads to the same model
        throw new WaitingError();
      }
      await this.end(training.trainingId, error);
    }
  }

  private async train(training: TrainingDocument): Promise<void> {
    const { trainingId, source, tools, seed } = training;
    let change: TrainingChange = { state: 'running', stage: 'Reading the history of the plant', progress: 0 };
    await this.tell(trainingId, change);
    const records = source === 'generated' ? [] : await this.history.records();
    const task = { records, tools: source === 'plant' ? 0 : tools, seed };
    const note = (news: TrainingNews) => {
      if (news.kind === 'progress') change = { ...change, stage: news.stage, progress: news.done };
      if (news.kind === 'rows') change = { ...change, rows: news.rows, failures: news.failures };
    };
    const rounds = setInterval(() => void this.look(trainingId, change), TELL_EVERY_MS);
    try {
      const content = await this.process.train(task, note, this.stop.signal);
      const version = await this.register(training, content);
      clearInterval(rounds);
      const done = { state: 'done' as const, stage: 'Registered', progress: 1, version };
      await this.tell(trainingId, { ...change, ...done, open: false, endedAt: new Date() });
      this.logger.log(`Model ${training.name} ${version} was trained`);
    } finally {
      clearInterval(rounds);
    }
  }

  /** Tells how far it is, and notices where it has been called off. */
  private async look(trainingId: string, change: TrainingChange): Promise<void> {
    try {
      const training = await this.tell(trainingId, change);
      if (!training || training.isCalledOff) this.stop.abort();
    } catch (error) {
      this.logger.debug(`The progress of a training was not stored: ${(error as Error).message}`);
    }
  }

  private async register({ name, requestedBy }: TrainingDocument, content: ModelContent): Promise<string> {
    for (;;) {
      const numbers = (await this.models.list())
        .filter((model) => model.name === name)
        .map(({ version }) => Number(PLANT_VERSION.exec(version)?.[1] ?? 0));
      const version = `plant-${Math.max(0, ...numbers) + 1}`;
      const entry = entryOfContent(name, version, content);
      const model = { ...entry, source: 'plant' as const, registeredAt: new Date(), trainedBy: requestedBy };
      if (await this.models.add(model)) return version;
    }
  }

  private async end(trainingId: string, error: unknown): Promise<void> {
    const isCancelled = error instanceof TrainingStoppedError;
    if (!isCancelled && !(error instanceof TrainingRefusedError)) this.logger.error(error);
    const problem =
      error instanceof TrainingRefusedError ? error.message : 'It broke off; the log of the worker tells why.';
    await this.tell(trainingId, {
      ...(isCancelled ? { state: 'cancelled', stage: 'Called off' } : { state: 'failed', stage: 'Failed', problem }),
      endedAt: new Date(),
      open: false,
    });
  }

  private async tell(trainingId: string, change: TrainingChange): Promise<TrainingDocument | null> {
    const training = await this.trainings.change(trainingId, change);
    if (training) await this.events.publish('model', toTrainingDto(training));
    return training;
  }
}
