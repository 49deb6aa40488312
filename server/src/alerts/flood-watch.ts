import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FLOOD_STARTS_ABOVE, FLOOD_WINDOW_MS, firstOutByLathe, isFlood } from '#domain/alarms/flood.js';
import type { FloodNowDto } from '#domain/contract/alarm-kpi.js';
import { Repeat } from '../common/repeat.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { Lease } from '../realtime-bus/lease.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { AlarmHistory } from './alarm-history.repository.js';

const EVERY_MS = 1000;
const LEASE = 'flood-watch';
/** The flood that lasts, as JSON; missing without one. */
const FLOOD_KEY = 'ba:flood';
/** A lasting flood is told again this often, if it has grown. */
const TELL_MS = 5000;

interface StandingFlood {
  /** time of the alarm that made it a flood, and of the first that belongs to it */
  sinceMs: number;
  firstMs: number;
}

/** Knows whether the plant drowns in alarms, and tells the browsers. Hides nothing: every alarm stays in every list. */
@Injectable()
export class FloodWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Repeat;
  private toldMs = 0;
  private toldAlarms = 0;

  constructor(
    private readonly history: AlarmHistory,
    private readonly redis: RedisService,
    private readonly events: EventBus,
    private readonly lease: Lease,
  ) {
    this.rounds = new Repeat(FloodWatch.name, EVERY_MS, async () => {
      if (await this.lease.hold(LEASE, 3 * EVERY_MS)) await this.look(Date.now());
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** Whether there is a flood now, and what it is made of. */
  async now(nowMs: number): Promise<FloodNowDto> {
    const last10Min = await this.history.countRaises(new Date(nowMs - FLOOD_WINDOW_MS));
    const standing = await this.standing();
    if (!standing) return { active: false, last10Min, lathes: [] };
    const alarms = [];
    for await (const alarm of this.history.raises(new Date(standing.firstMs))) alarms.push(alarm);
    const lathes = firstOutByLathe(alarms).map(({ firstOutMs, ...group }) => ({
      ...group,
      firstOutAt: new Date(firstOutMs).toISOString(),
    }));
    return { active: true, since: new Date(standing.sinceMs).toISOString(), last10Min, lathes };
  }

  /** Sees a flood begin, grow and end, and says so once each. */
  async look(nowMs: number): Promise<void> {
    const standing = await this.standing();
    const since = new Date(nowMs - FLOOD_WINDOW_MS);
    const newest = await this.history.newestRaises(since, FLOOD_STARTS_ABOVE + 1);
    const isOn = isFlood(standing !== null, newest, nowMs);
    if (isOn && !standing) {
      await this.redis.client.set(FLOOD_KEY, JSON.stringify(await this.beginning(since)));
      await this.tell(nowMs);
    } else if (!isOn && standing) {
      await this.redis.client.del(FLOOD_KEY);
      await this.tell(nowMs);
    } else if (isOn && nowMs - this.toldMs >= TELL_MS) {
      const alarms = await this.history.countRaises(since);
      if (alarms !== this.toldAlarms) await this.tell(nowMs);
    }
  }

  /** Every alarm of the ten minutes that made it a flood belongs to it. */
  private async beginning(since: Date): Promise<StandingFlood> {
    const times: number[] = [];
    for await (const { atMs } of this.history.raises(since)) {
      if (times.push(atMs) > FLOOD_STARTS_ABOVE) break;
    }
    return { firstMs: times[0] ?? since.getTime(), sinceMs: times.at(-1) ?? since.getTime() };
  }

  private async tell(nowMs: number): Promise<void> {
    const flood = await this.now(nowMs);
    this.toldMs = nowMs;
    this.toldAlarms = flood.last10Min;
    await this.events.publish('flood', flood);
  }

  private async standing(): Promise<StandingFlood | null> {
    const json = await this.redis.client.get(FLOOD_KEY);
    return json ? (JSON.parse(json) as StandingFlood) : null;
  }
}
