import { Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { KEYS } from './keys.js';
import { RedisService } from './redis.service.js';
import { type Follower, followStream, nothingTrimmed } from './stream-follower.js';

/** How much of the past the stream of ticks keeps. */
const KEEP_MS = 120_000;
const BATCHES_AT_ONCE = 50;

/** Live ticks from workers to gateways: one entry for all lathes of a worker and tick (see tick-batch.ts). */
@Injectable()
export class TickBus {
  private readonly logger = new Logger(TickBus.name);
  private publisher: Redis | undefined;

  constructor(private readonly redis: RedisService) {}

  /** Sends a batch; while Redis is away it is dropped, since the newest tick is the only one that matters. */
  publish(batch: Buffer, timeMs: number): void {
    this.publisher ??= this.redis.connect('ticks', { enableOfflineQueue: false, autoResendUnfulfilledCommands: false });
    if (this.publisher.status !== 'ready') return;
    const oldest = Math.max(0, Math.floor(timeMs - KEEP_MS));
    this.publisher.xadd(KEYS.ticks, 'MINID', '~', oldest, '*', 'b', batch).catch(() => undefined);
  }

  /** The newest batch, null where none is kept. */
  async readLatest(): Promise<Buffer | null> {
    const [newest] = (await this.redis.client.xrevrangeBuffer(KEYS.ticks, '+', '-', 'COUNT', 1)) as [
      Buffer,
      Buffer[],
    ][];
    return newest?.[1][1] ?? null;
  }

  /** Batches that reached the stream between two times, oldest first; reads no further than the caller goes. */
  async *between(fromMs: number, toMs: number): AsyncGenerator<Buffer> {
    let from = `${Math.floor(fromMs)}`;
    for (;;) {
      const entries = (await this.redis.client.xrangeBuffer(
        KEYS.ticks,
        from,
        Math.floor(toMs),
        'COUNT',
        BATCHES_AT_ONCE,
      )) as [Buffer, Buffer[]][];
      for (const [, fields] of entries) if (fields[1]) yield fields[1];
      const last = entries.at(-1);
      if (!last || entries.length < BATCHES_AT_ONCE) return;
      from = `(${last[0].toString()}`;
    }
  }

  /** Since when every batch is held, epoch ms; `-Infinity` where none was ever dropped. */
  async heldFromMs(): Promise<number> {
    const [oldest] = await this.redis.client.xrange(KEYS.ticks, '-', '+', 'COUNT', 1);
    if (!oldest || (await nothingTrimmed(this.redis.client, KEYS.ticks))) return Number.NEGATIVE_INFINITY;
    return Number(oldest[0].split('-')[0]);
  }

  /** Hands over each batch that comes from now on, over outages, until stopped. */
  follow(onBatch: (batch: Buffer, id: string) => void): Follower {
    return followStream(
      this.redis.connect('ticks-reader'),
      KEYS.ticks,
      '$',
      ({ id, fields }) => fields[1] && onBatch(fields[1], id),
      (error) => this.logger.error(error),
    );
  }
}
