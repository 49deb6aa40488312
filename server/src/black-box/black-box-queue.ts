import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { BULL_PREFIX } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { spanAround } from './black-box-span.js';

export const BLACK_BOX_QUEUE = 'black-boxes';

export interface BlackBoxJobData {
  /** any time within the span in which the alarms were raised, epoch ms */
  raisedAtMs: number;
}

/** An order this close to the cut comes as one of its own: the shared one may be at work already. */
const TOO_CLOSE_MS = 5000;
/** Ticks of alarms from further away are not in the stream: history that is played in, or a wrong clock. */
const FARTHEST_MS = 600_000;
const REMEMBERED = 64;

/** Orders that the time around an alarm be kept. An order that is given twice is one. */
@Injectable()
export class BlackBoxQueue implements BeforeApplicationShutdown {
  private readonly queue: Queue<BlackBoxJobData>;
  /** spans that this process has ordered, so that a flood does not order each a hundred times */
  private readonly ordered = new Set<number>();

  constructor(redis: RedisService) {
    this.queue = new Queue(BLACK_BOX_QUEUE, {
      connection: redis.connect('black-box-queue', { commandTimeout: 5000 }),
      prefix: BULL_PREFIX,
      defaultJobOptions: {
        attempts: 10,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    this.queue.on('error', () => undefined); // the connection reports its outages itself, once each
  }

  /** @param alertId - which alarm was raised */
  async add(alertId: string, raisedAtMs: number, nowMs: number): Promise<void> {
    if (Math.abs(nowMs - raisedAtMs) > FARTHEST_MS) return;
    const { raisedFromMs, readyMs } = spanAround(raisedAtMs);
    const delay = Math.max(0, readyMs - nowMs);
    if (delay < TOO_CLOSE_MS) {
      await this.queue.add('cut', { raisedAtMs }, { jobId: `${raisedFromMs}-${alertId}`, delay });
      return;
    }
    if (this.ordered.has(raisedFromMs)) return;
    await this.queue.add('cut', { raisedAtMs }, { jobId: `${raisedFromMs}-all`, delay });
    this.ordered.add(raisedFromMs);
    if (this.ordered.size > REMEMBERED) this.ordered.delete(this.ordered.values().next().value!);
  }

  /** Before connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
