import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { BULL_PREFIX, SIMULATION_JOB, SIMULATION_QUEUE, type SimulationJobData } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';

/** A worker that loses an engine tries again; a job that kills its workers is given up by their own count. */
const RETRY = { attempts: 1000, backoff: { type: 'fixed', delay: 1000 } };

/** The producing side of the simulation queue. Its job ids are JobIDs, so adding a job twice adds it once. */
@Injectable()
export class SimulationQueue implements BeforeApplicationShutdown {
  private readonly queue: Queue<SimulationJobData>;

  constructor(private readonly redis: RedisService) {
    this.queue = new Queue(SIMULATION_QUEUE, {
      connection: this.redis.connect('simulation-queue', { commandTimeout: 5000 }),
      prefix: BULL_PREFIX,
      defaultJobOptions: { ...RETRY, removeOnComplete: true, removeOnFail: true },
    });
    this.queue.on('error', () => undefined); // the connection reports its outages itself, once each
  }

  async add(jobId: string, latheId: string): Promise<void> {
    await this.queue.add(SIMULATION_JOB, { jobId, latheId }, { jobId });
  }

  /** Takes out a job that no worker has taken yet; one that a worker holds is left to it. */
  async remove(jobId: string): Promise<void> {
    await this.queue.remove(jobId);
  }

  /** Those of `jobIds` that the queue does not know. */
  async missing(jobIds: readonly string[]): Promise<string[]> {
    if (jobIds.length === 0) return [];
    const pipeline = this.redis.client.pipeline();
    for (const id of jobIds) pipeline.exists(this.queue.toKey(id));
    const replies = (await pipeline.exec()) ?? [];
    return jobIds.filter((_, i) => {
      const [error, known] = replies[i] ?? [null, 1];
      if (error) throw error;
      return known === 0;
    });
  }

  /** Before connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
