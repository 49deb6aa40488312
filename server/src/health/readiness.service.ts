import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';

export interface Readiness {
  ready: boolean;
  /** one word each: up or down */
  parts: Record<'store' | 'redis' | 'worker' | 'recorder', 'up' | 'down'>;
}

const PATIENCE_MS = 1_500;

/** Whether the whole plant can do its work: both engines answer, and a worker and a recorder are alive. */
@Injectable()
export class ReadinessService {
  constructor(
    @InjectConnection() private readonly store: Connection,
    private readonly redis: RedisService,
  ) {}

  async check(): Promise<Readiness> {
    const [store, redis, worker, recorder] = await Promise.all([
      answers(this.store.db?.admin().ping() ?? Promise.reject(new Error('not connected'))),
      answers(this.redis.client.ping()),
      answers(this.hasRole('worker')),
      answers(this.hasRole('recorder')),
    ]);
    const word = (up: boolean) => (up ? 'up' : 'down');
    return {
      ready: store && redis && worker && recorder,
      parts: { store: word(store), redis: word(redis), worker: word(worker), recorder: word(recorder) },
    };
  }

  private async hasRole(role: string): Promise<void> {
    const pages = this.redis.client.scanStream({ match: KEYS.role(role, '*'), count: 10_000 });
    for await (const keys of pages) if (keys.length > 0) return;
    throw new Error(`no ${role}`);
  }
}

/** True where the question is answered in time. */
async function answers(question: Promise<unknown>): Promise<boolean> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const tired = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', () => reject(patience.reason), { once: true });
  });
  return Promise.race([question, tired]).then(
    () => true,
    () => false,
  );
}
