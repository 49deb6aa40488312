import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { BULL_PREFIX } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { Delivery } from './delivery.js';
import { NOTIFICATION_PACE, type NotificationPace } from './notification-pace.js';

export const NOTIFICATION_QUEUE = 'notifications';
/** What a queue job carries; its BullMQ id is the delivery's id. */
export interface NotificationJobData {
  deliveryId: string;
}

const LEAST_URGENT = 4;

/** The producing side: a delivery that is added twice is queued once. */
@Injectable()
export class NotificationQueue implements BeforeApplicationShutdown {
  private readonly queue: Queue<NotificationJobData>;

  constructor(redis: RedisService, @Inject(NOTIFICATION_PACE) pace: NotificationPace) {
    this.queue = new Queue(NOTIFICATION_QUEUE, {
      connection: redis.connect('notification-queue', { commandTimeout: 5000 }),
      prefix: BULL_PREFIX,
      defaultJobOptions: {
        attempts: pace.attempts,
        backoff: { type: 'exponential', delay: pace.firstRetryMs, jitter: 0.2 },
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    this.queue.on('error', () => undefined); // the connection reports its outages itself, once each
  }

  async add({ _id, dueAt, priority }: Delivery): Promise<void> {
    const delay = Math.max(0, dueAt.getTime() - Date.now());
    await this.queue.add('deliver', { deliveryId: _id }, { jobId: _id, delay, priority: priority ?? LEAST_URGENT });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
