import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type AuditAction, ChainCheck, type ChainHead, link } from '#domain/audit/chain.js';
import type { AuditVerdict } from '#domain/contract/audit.js';
import { Repeat } from '../common/repeat.js';
import { KEYS } from '../realtime-bus/keys.js';
import { LuaScript } from '../realtime-bus/lua-script.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditTrail } from './audit-trail.js';

const PAUSE_MS = 1000;
const BATCH = 200;
/** No act takes that long: who has not closed it by then is dead. */
const ABANDONED_AFTER_MS = 120_000;

const ADVANCE = new LuaScript(`
if tonumber(redis.call('HGET', KEYS[1], 'n') or '0') < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'n', ARGV[1], 'hash', ARGV[2])
end
return 1
`);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Takes noted acts into the chain. Any number of processes may do so at once: the unique number compares before it sets, the
 * unique act id keeps one that was entered before a crash from being entered again. The head is noted in Redis too, apart
 * from the entries, so that entries cut off at the end are missed.
 */
@Injectable()
export class AuditChain implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeat = new Repeat(AuditChain.name, PAUSE_MS, async () => {
    await this.trail.abandon(new Date(Date.now() - ABANDONED_AFTER_MS));
    await this.catchUp();
  });
  private running: Promise<void> | undefined;

  constructor(
    private readonly trail: AuditTrail,
    private readonly entries: AuditRepository,
    private readonly redis: RedisService,
  ) {}

  onApplicationBootstrap(): void {
    this.repeat.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.repeat.stop();
  }

  /** Enters all that was noted before this call. */
  async catchUp(): Promise<void> {
    await this.running?.catch(() => undefined); // what was noted meanwhile may not be part of that run
    this.running ??= this.enterQueued().finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  /** Checks the whole chain as it is now, against the head that was noted apart. */
  async verify(): Promise<AuditVerdict> {
    const noted = await this.notedHead();
    const { n } = await this.entries.head();
    const check = new ChainCheck(sha256, noted);
    for await (const entry of this.entries.walk(n)) if (!check.take(entry)) break;
    return check.verdict();
  }

  private async enterQueued(): Promise<void> {
    for (;;) {
      const queued = await this.trail.queued(BATCH);
      if (queued.length === 0) return;
      let head: ChainHead | undefined;
      for (const { action } of queued) head = await this.enter(action, head);
      if (head) await ADVANCE.run(this.redis.client, [KEYS.auditHead], [head.n, head.hash]);
      await this.trail.forget(queued.map(({ entryId }) => entryId));
    }
  }

  private async enter(action: AuditAction, known?: ChainHead): Promise<ChainHead> {
    let head = known ?? (await this.entries.head());
    for (;;) {
      const entry = link(head, action, sha256);
      if (await this.entries.append(entry)) return entry;
      head = await this.entries.head();
      if (await this.entries.has(action.id)) return head;
    }
  }

  private async notedHead(): Promise<ChainHead | undefined> {
    const { n, hash } = await this.redis.client.hgetall(KEYS.auditHead);
    return n && hash ? { n: Number(n), hash } : undefined;
  }
}
