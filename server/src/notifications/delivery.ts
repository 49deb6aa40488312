import type { DeliveryDto, DeliveryState } from '#domain/contract/notification.js';
import { type AlertNews, summaryOf } from '#domain/notifications/message.js';
import type { Channel } from './channel.js';
import type { DeliveryDocument } from './delivery.schema.js';

export type Delivery = DeliveryDocument;

const OVER: readonly DeliveryState[] = ['delivered', 'failed', 'digested', 'notNeeded'];
export const isOver = ({ state }: Delivery): boolean => OVER.includes(state);

/** The one message that tells this channel of this transition. */
export function deliveryOf(channel: Channel, told: AlertNews, now: Date, minuteMs: number): Delivery {
  const { alert, transition, news } = told;
  const isLate = news === 'raised' && channel.afterMinutes > 0;
  const kept = isLate ? { ...told, unacknowledgedMin: channel.afterMinutes } : told;
  const dueMs = Date.parse(transition.at) + (isLate ? channel.afterMinutes * minuteMs : 0);
  return {
    _id: `${channel._id}.${alert.id}.${transition.n}`,
    channelId: channel._id,
    channelName: channel.name,
    type: 'alert',
    news,
    alertId: alert.id,
    transition: transition.n,
    latheId: alert.lathe_id,
    priority: alert.priority,
    escalation: isLate,
    summary: summaryOf(kept),
    told: JSON.stringify(kept),
    state: 'waiting',
    attempts: 0,
    createdAt: now,
    dueAt: new Date(Math.max(dueMs, isLate ? 0 : now.getTime())),
  };
}

/** The message that stands for what goes beyond the limit of a channel in one window of time. */
export function digestOf(channel: Channel, window: number, now: Date, minuteMs: number): Delivery {
  const dueMs = (window + 1) * channel.limit.perMinutes * minuteMs;
  return {
    _id: `${channel._id}.digest.${window}-${channel.limit.perMinutes}`,
    ...{ channelId: channel._id, channelName: channel.name, type: 'digest', escalation: false, attempts: 0 },
    summary: 'More alarms',
    state: 'waiting',
    createdAt: now,
    dueAt: new Date(dueMs),
  };
}

export function testOf(channel: Channel, by: string, id: string, now: Date): Delivery {
  return {
    _id: `${channel._id}.test.${id}`,
    ...{ channelId: channel._id, channelName: channel.name, type: 'test', escalation: false, attempts: 0 },
    summary: `Test of ${channel.name} by ${by}`,
    state: 'sending',
    ...{ createdAt: now, dueAt: now },
  };
}

export function toDeliveryDto(delivery: Delivery): DeliveryDto {
  const { _id, told: _told, digestId: _digest, createdAt, dueAt, deliveredAt, ...rest } = delivery;
  return {
    ...rest,
    id: _id,
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    ...(deliveredAt ? { deliveredAt: deliveredAt.toISOString() } : {}),
  };
}
