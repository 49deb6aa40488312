import { randomUUID } from 'node:crypto';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { AuditAction } from '#domain/audit/chain.js';
import type { AuditOutcome } from '#domain/contract/audit.js';
import { DomainError } from '#domain/contract/errors.js';
import { UnavailableError } from '../common/errors.js';
import { KEYS } from '../realtime-bus/keys.js';
import { LuaScript } from '../realtime-bus/lua-script.js';
import { RedisService } from '../realtime-bus/redis.service.js';

/** An act that is about to begin. */
export type Intent = Omit<AuditAction, 'id' | 'at' | 'outcome'>;

/** What is known of an act only after it. */
export interface Afterthought {
  subject?: string;
  /** Id of its entry, where a repetition must not leave a second one. */
  id?: string;
}

const CLOSE = new LuaScript(`
local id = ARGV[2]
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then id = id .. '.late' end
return redis.call('XADD', KEYS[2], '*', 'i', id, 'a', ARGV[3])
`);

const ABANDON = new LuaScript(`
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return false end
return redis.call('XADD', KEYS[2], '*', 'i', ARGV[1], 'a', ARGV[2])
`);

/**
 * Notes acts where they happen. An act is noted durably before it begins and closed before it is answered, both in Redis, so
 * that neither waits for the store; the chain takes it from there. An act whose server dies before it is closed is entered
 * with outcome `unknown`: there can be an entry of an act that never took effect, never an act without an entry.
 */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger(AuditTrail.name);

  constructor(private readonly redis: RedisService) {}

  /**
   * Does `work` on record. A refusal (status below 500) leaves no entry: nothing was done.
   * @throws UnavailableError when the act cannot be noted; it is not begun then
   */
  async around<Answer>(
    intent: Intent,
    work: () => Promise<Answer>,
    afterwards: (answer: Answer) => Afterthought = () => ({}),
  ): Promise<Answer> {
    const key = randomUUID();
    const act = { ...intent, at: new Date().toISOString() };
    await this.open(key, act);
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      await this.settle(() =>
        isRefusal(error) ? this.redis.client.hdel(KEYS.auditOpen, key) : this.close(key, act, 'failed'),
      );
      throw error;
    }
    await this.settle(() => this.close(key, act, 'done', afterwards(answer)));
    return answer;
  }

  /** Notes what has happened already, such as a failed sign-in. */
  async record(act: Intent): Promise<void> {
    const text = JSON.stringify({ ...act, at: new Date().toISOString(), outcome: 'done' });
    await this.redis.client.xadd(KEYS.audit, '*', 'i', randomUUID(), 'a', text);
  }

  /** Acts that wait for their place in the chain, oldest first. */
  async queued(count: number): Promise<{ entryId: string; action: AuditAction }[]> {
    const entries = await this.redis.client.xrange(KEYS.audit, '-', '+', 'COUNT', count);
    return entries.map(([entryId, [, id = '', , text = '{}']]) => ({ entryId, action: { id, ...JSON.parse(text) } }));
  }

  async forget(entryIds: readonly string[]): Promise<void> {
    if (entryIds.length > 0) await this.redis.client.xdel(KEYS.audit, ...entryIds);
  }

  /** Enters acts that began before `before` and were never closed. */
  async abandon(before: Date): Promise<void> {
    for (const [key, text] of Object.entries(await this.redis.client.hgetall(KEYS.auditOpen))) {
      const act = JSON.parse(text) as { at: string };
      if (Date.parse(act.at) >= before.getTime()) continue;
      const entry = JSON.stringify({ ...act, outcome: 'unknown' });
      await ABANDON.run(this.redis.client, [KEYS.auditOpen, KEYS.audit], [key, entry]);
    }
  }

  private async open(key: string, act: object): Promise<void> {
    try {
      await this.redis.client.hset(KEYS.auditOpen, key, JSON.stringify(act));
    } catch (cause) {
      throw new UnavailableError('What you do cannot be put on record now, so it was not done. Try again.', { cause });
    }
  }

  private close(key: string, act: object, outcome: AuditOutcome, { id = key, subject }: Afterthought = {}) {
    const text = JSON.stringify({ ...act, ...(subject === undefined ? {} : { subject }), outcome });
    return CLOSE.run(this.redis.client, [KEYS.auditOpen, KEYS.audit], [key, id, text]);
  }

  /** The act is done and noted as begun: that its end cannot be noted must not make it look refused. */
  private async settle(note: () => Promise<unknown>): Promise<void> {
    try {
      await note();
    } catch (error) {
      this.logger.warn(`An act stays open on record: ${(error as Error).message}`);
    }
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind !== 'unavailable';
  return error instanceof HttpException && error.getStatus() < 500;
}
