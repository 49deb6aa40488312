import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { BULL_PREFIX, TRAINING_QUEUE, type TrainingJobData } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';

/** The producing side of the training queue. Its job ids are those of the trainings. */
@Injectable()
export class TrainingQueue implements BeforeApplicationShutdown {
  private readonly queue: Queue<TrainingJobData>;

  constructor(redis: RedisService) {
    this.queue = new Queue(TRAINING_QUEUE, {
      connection: redis.connect('training-queue', { commandTimeout: 5000 }),
      prefix: BULL_PREFIX,
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    });
    this.queue.on('error', () => undefined); // the connection reports its outages itself, once each
  }

  async add(trainingId: string): Promise<void> {
    await this.queue.add('train', { trainingId }, { jobId: trainingId });
  }

  async knows(trainingId: string): Promise<boolean> {
    return (await this.queue.getJob(trainingId)) !== undefined;
  }

  /** Takes out a training that no worker has taken yet. @returns false where one has */
  async remove(trainingId: string): Promise<boolean> {
    const job = await this.queue.getJob(trainingId);
    if (!job) return true;
    if (await job.isActive()) return false;
    return job.remove().then(
      () => true,
      () => false, // a worker was quicker
    );
  }

  /** Before connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
