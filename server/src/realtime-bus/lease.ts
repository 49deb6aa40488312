import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KEYS } from './keys.js';
import { LuaScript } from './lua-script.js';
import { RedisService } from './redis.service.js';

const HOLD = new LuaScript(`
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

const RELEASE = new LuaScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);

/** Chooses one process among many copies for work that only one of them may do. */
@Injectable()
export class Lease {
  private readonly owner = randomUUID();

  constructor(private readonly redis: RedisService) {}

  /** Takes or renews the lease on `name` for `ttlMs`. @returns whether this process holds it now */
  async hold(name: string, ttlMs: number): Promise<boolean> {
    return (await HOLD.run(this.redis.client, [KEYS.lease(name)], [this.owner, ttlMs])) === 1;
  }

  /** Lets another process take over at once. */
  async release(name: string): Promise<void> {
    await RELEASE.run(this.redis.client, [KEYS.lease(name)], [this.owner]);
  }
}
