import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisService } from '../realtime-bus/redis.service.js';
import { TooManyRequestsError } from './auth.errors.js';

const MINUTE_S = 60;

/** Counts wrong passwords, shared by all api copies: 10 a minute for one address and user, 30 for one address. */
@Injectable()
export class LoginThrottle {
  private readonly perUser: RateLimiterRedis;
  private readonly perAddress: RateLimiterRedis;

  constructor(redis: RedisService) {
    const shared = { storeClient: redis.client, duration: MINUTE_S };
    this.perUser = new RateLimiterRedis({ ...shared, keyPrefix: 'ba:login-user', points: 10 });
    this.perAddress = new RateLimiterRedis({ ...shared, keyPrefix: 'ba:login-address', points: 30 });
  }

  /** Takes one try before the password is looked at, so that parallel guesses cannot outrun the count. */
  async take(address: string, userID: string): Promise<void> {
    await consume(this.perAddress, address, 'Too many wrong passwords from this address.');
    await consume(this.perUser, `${address} ${userID}`, 'Too many wrong passwords for this user.');
  }

  /** Gives the try back after a right password: only wrong ones count. */
  async giveBack(address: string, userID: string): Promise<void> {
    await Promise.all([this.perAddress.reward(address, 1), this.perUser.reward(`${address} ${userID}`, 1)]);
  }
}

/** 600 requests a minute for one session, counted by each api copy for itself. */
@Injectable()
export class RequestThrottle {
  private readonly perSession = new RateLimiterMemory({ points: 600, duration: MINUTE_S });

  async take(sessionId: string): Promise<void> {
    await consume(this.perSession, sessionId, 'More than 600 requests in a minute.');
  }
}

async function consume(limiter: RateLimiterRedis | RateLimiterMemory, key: string, message: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterS = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new TooManyRequestsError(`${message} Try again in ${retryAfterS} s.`, retryAfterS);
  }
}
