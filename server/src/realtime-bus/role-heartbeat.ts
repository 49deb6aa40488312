import { hostname } from 'node:os';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { KEYS } from './keys.js';
import { RedisService } from './redis.service.js';

export type ServingRole = 'api' | 'worker' | 'recorder';

export interface LivingRole {
  role: ServingRole;
  pid: number;
  host: string;
  startedAtMs: number;
}

const TTL_S = 5;
const PERIOD_MS = 2000;

/** Keeps a key alive for each role of this process, so that any process can tell which roles serve. */
@Injectable()
export class RoleHeartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly startedAtMs = Date.now();
  private readonly roles: ServingRole[];

  constructor(
    private readonly redis: RedisService,
    config: AppConfig,
  ) {
    this.roles = config.role === 'all' ? ['api', 'worker', 'recorder'] : [config.role];
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.beat(), PERIOD_MS);
    void this.beat();
  }

  /** Roles that gave a sign of life within the last seconds, in any process. */
  async list(): Promise<LivingRole[]> {
    const keys: string[] = [];
    for await (const page of this.redis.client.scanStream({ match: KEYS.role('*', '*'), count: 1000 })) {
      keys.push(...(page as string[]));
    }
    if (keys.length === 0) return [];
    const values = await this.redis.client.mget(keys);
    return values.filter((value) => value !== null).map((value) => JSON.parse(value) as LivingRole);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    if (this.redis.client.status === 'ready') await this.redis.client.del(this.roles.map(keyOf)).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    if (this.redis.client.status !== 'ready') return; // an old sign of life must not be sent late
    const life = { pid: process.pid, host: hostname(), startedAtMs: this.startedAtMs };
    const writes = this.roles.map((role) =>
      this.redis.client.set(keyOf(role), JSON.stringify({ role, ...life } satisfies LivingRole), 'EX', TTL_S),
    );
    await Promise.all(writes).catch(() => undefined);
  }
}

function keyOf(role: ServingRole): string {
  return KEYS.role(role, `${hostname()}.${process.pid}`);
}
