import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { SessionUser } from './session-user.js';
import type { User } from './users.repository.js';

/** A session ends 12 h after its last use. */
export const SESSION_TTL_S = 12 * 3600;
/** Its end is pushed out at most this often, so that a page's many requests cost one write. */
const RENEW_EVERY_MS = 60_000;

const keyOf = (sessionId: string) => `ba:session:${sessionId}`;
/** Sorted by the end of each session, so that those that are over can be dropped. */
const userKeyOf = (userID: string) => `ba:user-sessions:${userID}`;
const endOf = (nowMs: number) => nowMs + SESSION_TTL_S * 1000;

/** Sessions live in Redis, so that every api copy sees a revocation at once; the cookie carries a signed id and nothing else. */
@Injectable()
export class SessionService {
  private readonly renewedAtMs = new Map<string, number>();

  constructor(
    private readonly redis: RedisService,
    private readonly config: AppConfig,
  ) {}

  /** Opens a session. @returns the cookie's value */
  async open(user: User): Promise<string> {
    const sessionId = randomBytes(32).toString('base64url');
    const session: SessionUser = {
      userID: user.userID,
      employeeId: user.employeeId,
      userType: user.userType,
      sessionId,
      ...(user.mustChangePassword ? { mustChangePassword: true } : {}),
    };
    const now = Date.now();
    await this.redis.client
      .multi()
      .set(keyOf(sessionId), JSON.stringify(session), 'EX', SESSION_TTL_S)
      .zremrangebyscore(userKeyOf(user.userID), 0, now)
      .zadd(userKeyOf(user.userID), endOf(now), sessionId)
      .expire(userKeyOf(user.userID), SESSION_TTL_S)
      .exec();
    return `${sessionId}.${this.sign(sessionId)}`;
  }

  /** The user behind a cookie; null where the signature is not ours or the session is over or revoked. */
  async resolve(cookie: string | undefined): Promise<SessionUser | null> {
    const sessionId = this.verified(cookie);
    if (!sessionId) return null;
    const stored = await this.redis.client.get(keyOf(sessionId));
    if (!stored) return null;
    const session = JSON.parse(stored) as SessionUser;
    await this.renew(session);
    return session;
  }

  async exists(sessionId: string): Promise<boolean> {
    return (await this.redis.client.exists(keyOf(sessionId))) === 1;
  }

  async revoke(sessionId: string, userID: string): Promise<void> {
    this.renewedAtMs.delete(sessionId);
    await this.redis.client
      .multi()
      .del(keyOf(sessionId))
      .zrem(userKeyOf(userID), sessionId)
      .publish(KEYS.dismissed, sessionId)
      .exec();
  }

  /** Ends every session of a user, for a changed password or a disabled account. */
  async revokeAllOf(userID: string): Promise<void> {
    const ids = await this.redis.client.zrange(userKeyOf(userID), '0', '-1');
    const ending = this.redis.client.multi().del(...ids.map(keyOf), userKeyOf(userID));
    for (const id of ids) ending.publish(KEYS.dismissed, id);
    await ending.exec();
  }

  private async renew(session: SessionUser): Promise<void> {
    const now = Date.now();
    if (now - (this.renewedAtMs.get(session.sessionId) ?? 0) < RENEW_EVERY_MS) return;
    if (this.renewedAtMs.size > 10_000) this.renewedAtMs.clear();
    this.renewedAtMs.set(session.sessionId, now);
    await this.redis.client
      .multi()
      .expire(keyOf(session.sessionId), SESSION_TTL_S)
      .zadd(userKeyOf(session.userID), 'XX', String(endOf(now)), session.sessionId)
      .expire(userKeyOf(session.userID), SESSION_TTL_S)
      .exec();
  }

  private sign(sessionId: string): string {
    return createHmac('sha256', this.config.secretKey).update(sessionId).digest('base64url');
  }

  private verified(cookie: string | undefined): string | null {
    const [sessionId, signature, ...rest] = (cookie ?? '').split('.');
    if (!sessionId || !signature || rest.length > 0) return null;
    const expected = Buffer.from(this.sign(sessionId));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? sessionId : null;
  }
}
