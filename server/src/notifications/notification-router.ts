import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { applyTransition, newAlarm } from '#domain/alarms/alarm.js';
import type { AlertDto } from '#domain/contract/alert.js';
import type { AlertNews } from '#domain/notifications/message.js';
import { newsOf, startsWaiting } from '#domain/notifications/news.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { type StoredAlarm, toAlertDto, toTransitionDto } from '../alerts/stored-alarm.js';
import { Repeat } from '../common/repeat.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { Lease } from '../realtime-bus/lease.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { type Channel, concerns } from './channel.js';
import { ChannelsRepository } from './channels.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { deliveryOf } from './delivery.js';
import { NOTIFICATION_PACE, type NotificationPace } from './notification-pace.js';
import { NotificationQueue } from './notification-queue.js';

const LEASE = 'notifications';
const LEASE_MS = 10_000;
const BATCH = 200;
const AT_ONCE = 8;
/** News older than this is history. */
const FRESH_MS = 24 * 3_600_000;
const SWEEP_MS = 10_000;
/** Longer than two of the longest windows that a limit can have. */
const FORGOTTEN_MS = 3 * 3_600_000;

/**
 * Follows the durable events and writes a delivery for each channel that a transition concerns, before it remembers its
 * place: whoever dies in between leaves the events to be read again, and the same transition gives the same delivery.
 */
@Injectable()
export class NotificationRouter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(NotificationRouter.name);
  private readonly repeat: Repeat;
  private lastReadMs = 0;
  private lastSweepMs = 0;

  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly channels: ChannelsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: NotificationQueue,
    private readonly events: EventBus,
    private readonly lease: Lease,
    private readonly redis: RedisService,
    @Inject(NOTIFICATION_PACE) private readonly pace: NotificationPace,
  ) {
    this.repeat = new Repeat(NotificationRouter.name, pace.pollMs, () => this.run());
  }

  onApplicationBootstrap(): void {
    this.repeat.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.repeat.stop();
    await this.lease.release(LEASE).catch(() => undefined);
  }

  private async run(): Promise<void> {
    let place = await this.place();
    while (await this.lease.hold(LEASE, LEASE_MS)) {
      if (Date.now() - this.lastReadMs > LEASE_MS && !(await this.events.canResumeFrom(place))) {
        place = await this.recover(place);
      }
      const batch = await this.events.read(place, BATCH);
      this.lastReadMs = Date.now();
      const last = batch.at(-1);
      if (!last) break;
      const changed = batch.filter(({ kind }) => kind === 'alert').map(({ json }) => (JSON.parse(json) as AlertDto).id);
      await this.routeAll(changed);
      place = last.id;
      await this.redis.client.set(KEYS.notifyPlace, place);
    }
    await this.sweep();
  }

  private async place(): Promise<string> {
    const known = await this.redis.client.get(KEYS.notifyPlace);
    if (known) return known;
    await this.redis.client.set(KEYS.notifyPlace, await this.events.readLatestId(), 'NX');
    return (await this.redis.client.get(KEYS.notifyPlace)) ?? '0-0';
  }

  /** Events behind the place are gone: looks at the alerts themselves that may have changed since. */
  private async recover(place: string): Promise<string> {
    const latest = await this.events.readLatestId();
    const since = new Date(Math.max(Number(place.split('-')[0]), Date.now() - FRESH_MS));
    this.logger.warn(`Events since ${since.toISOString()} are not kept any more; the alerts are read instead`);
    for (const filter of [{ open: true }, { from: since }]) {
      let after: { timestamp: Date; id: string } | undefined;
      do {
        const page: StoredAlarm[] = await this.alarms.list(filter, after, BATCH);
        await this.routeAll(page.map(({ id }) => id));
        await this.lease.hold(LEASE, LEASE_MS);
        const last = page.length === BATCH ? page.at(-1) : undefined;
        after = last && { timestamp: new Date(last.alarm.raisedAtMs ?? last.openedAtMs), id: last.id };
      } while (after);
    }
    await this.redis.client.set(KEYS.notifyPlace, latest);
    return latest;
  }

  private async routeAll(alertIds: readonly string[]): Promise<void> {
    const channels = await this.channels.listEnabled();
    if (channels.length === 0) return;
    const ids = [...new Set(alertIds)];
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => this.route(id, channels)));
    }
  }

  /** All transitions of an alert that may have to be told: an event can be late, and carry a later one than its own. */
  private async route(alertId: string, channels: readonly Channel[]): Promise<void> {
    const stored = await this.alarms.get(alertId);
    if (!stored) return;
    let alarm = newAlarm({ isManual: stored.alarm.isManual, isLatching: stored.alarm.isLatching });
    const now = new Date();
    for (const transition of await this.alarms.listTransitions(alertId)) {
      alarm = applyTransition(alarm, transition);
      const news = newsOf(transition);
      if (!news || transition.atMs < now.getTime() - FRESH_MS) continue;
      const told = { news, alert: toAlertDto({ ...stored, alarm }), transition: toTransitionDto(transition) };
      const isFirst = startsWaiting(transition);
      for (const channel of channels) {
        if (transition.atMs < channel.since.getTime() || !concerns(channel, news, told.alert)) continue;
        if (news === 'raised' && channel.afterMinutes > 0 && !isFirst) continue;
        await this.tell(channel, told, now);
      }
    }
  }

  private async tell(channel: Channel, told: AlertNews, now: Date): Promise<void> {
    const delivery = deliveryOf(channel, told, now, this.pace.minuteMs);
    const isNew = await this.deliveries.add(delivery);
    if (isNew) await this.queue.add(delivery);
  }

  /** What was written and never queued, because somebody died in between, or whose queue job was lost. */
  private async sweep(): Promise<void> {
    const nowMs = Date.now();
    if (nowMs - this.lastSweepMs < Math.min(SWEEP_MS, this.pace.overdueMs)) return;
    if (!(await this.lease.hold(LEASE, LEASE_MS))) return;
    this.lastSweepMs = nowMs;
    await this.deliveries.releaseForgotten(new Date(nowMs - FORGOTTEN_MS));
    for (const delivery of await this.deliveries.listOverdue(new Date(nowMs - this.pace.overdueMs), BATCH)) {
      await this.queue.add(delivery);
    }
  }
}
