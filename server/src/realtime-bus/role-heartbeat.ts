import { hostname } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
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

/** Keeps a key alive for each role that serves in this process, so that any process can tell which ones do. */
@Injectable()
export class RoleHeartbeat implements OnApplicationShutdown {
  private readonly roles = new Map<ServingRole, { value: string; timer: NodeJS.Timeout }>();

  constructor(private readonly redis: RedisService) {}

  /** Says from now on that `role` serves here; its part calls this once it really does. */
  announce(role: ServingRole): Promise<void> {
    const life: LivingRole = { role, pid: process.pid, host: hostname(), startedAtMs: Date.now() };
    const timer = setInterval(() => void this.beat(role), PERIOD_MS);
    this.roles.set(role, { value: JSON.stringify(life), timer });
    return this.beat(role);
  }

  /** Takes the announcement back. */
  async withdraw(role: ServingRole): Promise<void> {
    clearInterval(this.roles.get(role)?.timer);
    this.roles.delete(role);
    if (this.redis.client.status === 'ready') await this.redis.client.del(keyOf(role)).catch(() => undefined);
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
    await Promise.all([...this.roles.keys()].map((role) => this.withdraw(role)));
  }

  private async beat(role: ServingRole): Promise<void> {
    const value = this.roles.get(role)?.value;
    if (!value || this.redis.client.status !== 'ready') return; // an old sign of life must not be sent late
    await this.redis.client.set(keyOf(role), value, 'EX', TTL_S).catch(() => undefined);
  }
}

function keyOf(role: ServingRole): string {
  return KEYS.role(role, `${hostname()}.${process.pid}`);
}
