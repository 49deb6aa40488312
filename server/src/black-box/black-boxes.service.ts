import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  BLACK_BOX_AFTER_MS,
  BLACK_BOX_BEFORE_MS,
  type BlackBoxDto,
  type BlackBoxQuerySchema,
} from '#domain/contract/black-box.js';
import { CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';
import { readable } from '#domain/telemetry/series-grid.js';
import { AlertsQuery } from '../alerts/alerts-query.service.js';
import { AppConfig } from '../config/config.js';
import { TickBus } from '../realtime-bus/tick-bus.js';
import { channelsOf } from '../telemetry/channel-list.js';
import { BlackBoxQueue } from './black-box-queue.js';
import { spanAround } from './black-box-span.js';
import { type BlackBox, BlackBoxesRepository } from './black-boxes.repository.js';

/** The minute around an alarm. */
@Injectable()
export class BlackBoxes {
  constructor(
    private readonly alerts: AlertsQuery,
    private readonly boxes: BlackBoxesRepository,
    private readonly ticks: TickBus,
    private readonly queue: BlackBoxQueue,
    private readonly config: AppConfig,
  ) {}

  /** @throws NotFoundError `alert_not_found`; ValidationError for an unknown channel */
  async of(alertId: string, query: z.output<typeof BlackBoxQuerySchema>, now: Date): Promise<BlackBoxDto> {
    const channels = channelsOf(query.channels);
    const { lathe_id: latheId, timestamp } = await this.alerts.get(alertId);
    const raisedAtMs = Date.parse(timestamp);
    const window = { fromMs: raisedAtMs - BLACK_BOX_BEFORE_MS, toMs: raisedAtMs + BLACK_BOX_AFTER_MS };
    const told = { raisedAt: timestamp, from: iso(window.fromMs), to: iso(window.toMs) };
    const { raisedFromMs, readyMs } = spanAround(raisedAtMs);
    const box = await this.boxes.find(latheId, raisedFromMs);
    if (box) return { ...told, ...keptOf(box, channels, window) };
    if (now.getTime() >= this.boxes.expiryMs(raisedFromMs)) {
      return { status: 'expired', ...told, keptDays: this.config.blackBoxRetentionDays };
    }
    if (now.getTime() > readyMs && (await this.ticks.heldFromMs()) > window.toMs) return { status: 'lost', ...told };
    // An order outlives restarts; this one is for alarms from before there was anybody to give it.
    if (now.getTime() > readyMs) await this.queue.add(alertId, raisedAtMs, now.getTime());
    return { status: 'pending', ...told, readyAt: iso(readyMs) };
  }
}

function keptOf(
  { t, channels, lostUntilMs = Number.NEGATIVE_INFINITY }: BlackBox,
  wished: readonly ChannelName[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
) {
  if (lostUntilMs > toMs) return { status: 'lost' as const };
  const within = (_: unknown, i: number) => t[i]! >= fromMs && t[i]! <= toMs;
  const column = (name: ChannelName) =>
    Array.from(channels[CHANNEL_INDEX[name]]!.filter(within), (value) =>
      Number.isNaN(value) ? null : readable(value),
    );
  return {
    status: 'kept' as const,
    ...(lostUntilMs > fromMs ? { lostUntil: iso(lostUntilMs) } : {}),
    t: Array.from(t.filter(within)),
    channels: Object.fromEntries(wished.map((name) => [name, column(name)])),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
