import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisService } from '../realtime-bus/redis.service.js';
import { RoleHeartbeat } from '../realtime-bus/role-heartbeat.js';
import { TelemetryBus, type TelemetryEntry } from '../realtime-bus/telemetry-bus.js';
import { TelemetryArchive } from '../telemetry/telemetry-archive.js';

const ENTRIES_AT_ONCE = 1000;
const BLOCK_MS = 1000;
/** Entries of all lathes that come within this time are stored by one write. */
const GATHER_MS = 500;
const RETRY_MS = 250;
/** Entries that a recorder has held for so long are taken from it: it is dead, or the store is away and storing twice does no harm. */
const CLAIM_IDLE_MS = 5000;
const CLAIM_EVERY_MS = 2000;
const TRIM_EVERY_MS = 10_000;
const FORGET_CONSUMER_MS = 600_000;
const STOP_TIMEOUT_MS = 3000;

/** Carries samples from the stream to the store: an entry is acknowledged after it is stored, and storing it again changes nothing. */
@Injectable()
export class RecorderService implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(RecorderService.name);
  private readonly consumer = `${hostname()}.${process.pid}.${Date.now()}`;
  private readonly stopping = new AbortController();
  private readonly connection: Redis;
  private running: Promise<void> = Promise.resolve();
  private isFailing = false;
  private claimedAtMs = 0;
  private trimmedAtMs = 0;

  constructor(
    redis: RedisService,
    private readonly bus: TelemetryBus,
    private readonly archive: TelemetryArchive,
    private readonly heartbeat: RoleHeartbeat,
  ) {
    this.connection = redis.connect('recorder');
  }

  onApplicationBootstrap(): void {
    this.running = this.record();
    void this.heartbeat.announce('recorder');
  }

  async onModuleDestroy(): Promise<void> {
    await this.heartbeat.withdraw('recorder');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, wait(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async record(): Promise<void> {
    let hasGroup = false;
    while (!this.isStopping) {
      try {
        if (!hasGroup) await this.bus.ensureGroup();
        hasGroup = true;
        await this.takeOver();
        await this.store(await this.gather());
        await this.tidy();
        this.isFailing = false;
      } catch (error) {
        hasGroup = false; // a Redis that lost its data has lost the group too
        await this.pauseAfter(error);
      }
    }
  }

  private async gather(): Promise<TelemetryEntry[]> {
    const first = await this.bus.readNew(this.connection, this.consumer, ENTRIES_AT_ONCE, BLOCK_MS);
    if (first.length === 0 || first.length === ENTRIES_AT_ONCE || this.isStopping) return first;
    await wait(GATHER_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return [...first, ...(await this.bus.readNew(this.connection, this.consumer, ENTRIES_AT_ONCE, 1))];
  }

  /** Stores and acknowledges; while the store is away it tries for ever and the entries stay in the stream. */
  private async store(entries: readonly TelemetryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    for (;;) {
      try {
        await this.archive.append(entries);
        break;
      } catch (error) {
        if (this.isStopping) return; // not acknowledged: the next recorder gets them
        await this.pauseAfter(error);
      }
    }
    await this.bus.acknowledge(entries.map((entry) => entry.id));
  }

  private async takeOver(): Promise<void> {
    if (Date.now() - this.claimedAtMs < CLAIM_EVERY_MS) return;
    let claimed: TelemetryEntry[];
    do {
      claimed = await this.bus.claim(this.consumer, CLAIM_IDLE_MS, ENTRIES_AT_ONCE);
      if (claimed.length > 0) this.logger.log(`Took over ${claimed.length} entries that were left behind`);
      await this.store(claimed);
    } while (claimed.length === ENTRIES_AT_ONCE && !this.isStopping);
    this.claimedAtMs = Date.now();
  }

  private async tidy(): Promise<void> {
    if (Date.now() - this.trimmedAtMs < TRIM_EVERY_MS) return;
    this.trimmedAtMs = Date.now();
    await this.bus.trim();
    await this.bus.forgetDeadConsumers(FORGET_CONSUMER_MS);
  }

  private async pauseAfter(error: unknown): Promise<void> {
    if (!this.isFailing) this.logger.warn(`Samples wait: ${(error as Error).message}`);
    this.isFailing = true;
    await wait(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
