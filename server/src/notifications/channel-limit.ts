import { Inject, Injectable } from '@nestjs/common';
import { KEYS } from '../realtime-bus/keys.js';
import { LuaScript } from '../realtime-bus/lua-script.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { Channel } from './channel.js';
import { NOTIFICATION_PACE, type NotificationPace } from './notification-pace.js';

/** Part of the limit that only priority 1 may use. */
const KEPT_FOR_FIRST = 1 / 4;

const TAKE = new LuaScript(`
local used = redis.call('SCARD', KEYS[1])
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return used end
if used >= tonumber(ARGV[2]) then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return used + 1
`);

export interface Allowance {
  isAllowed: boolean;
  /** no further message of this priority goes out in this window */
  isLast: boolean;
  /** number of the present window */
  window: number;
}

/** Counts messages of a channel in windows of fixed length, for all workers together. */
@Injectable()
export class ChannelLimit {
  constructor(
    private readonly redis: RedisService,
    @Inject(NOTIFICATION_PACE) private readonly pace: NotificationPace,
  ) {}

  /** A message that was allowed once stays allowed within its window, however often it is tried. */
  async take({ _id, limit }: Channel, deliveryId: string, priority: number, nowMs: number): Promise<Allowance> {
    const windowMs = limit.perMinutes * this.pace.minuteMs;
    const window = Math.floor(nowMs / windowMs);
    const most = priority === 1 ? limit.messages : limit.messages - Math.floor(limit.messages * KEPT_FOR_FIRST);
    const args = [deliveryId, most, Math.ceil((2 * windowMs) / 1000)];
    const used = Number(await TAKE.run(this.redis.client, [KEYS.notifySpent(_id, window)], args));
    return { isAllowed: used > 0, isLast: used >= most, window };
  }
}
