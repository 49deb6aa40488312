import { z } from 'zod';
import { FloodNowSchema } from './alarm-kpi.js';
import { AlertSchema } from './alert.js';
import { JobSchema } from './job.js';
import { LatheIdSchema, LatheSchema } from './lathe.js';

export const STREAM_PATH = '/stream';
export const STREAM_SUBPROTOCOL = 'byte-astra.v1';

/** Rates that a topic can have, in Hz; a wish is rounded down to one of them. */
export const TOPIC_RATES = [1, 2, 5, 10, 20, 50] as const;

export const SubscribeSchema = z.object({
  lathes: z.union([z.literal('all'), z.array(LatheIdSchema).min(1).max(5000)]),
  hz: z.number().min(1).max(50),
  lastEventId: z.string().max(64).optional(),
});
export const AckSchema = z.object({ topic: z.number().int().min(0), seq: z.number().int().min(0) });
export const PingSchema = z.object({});

export const HelloSchema = z.object({
  protocol: z.literal(1),
  lathes: z.array(z.object({ index: z.number().int(), id: z.string() })),
  channels: z.array(z.object({ name: z.string(), unit: z.string() })),
  tickHz: z.number(),
  serverTimeMs: z.number(),
  lastEventId: z.string(),
});
export type Hello = z.infer<typeof HelloSchema>;

export const SubscribedSchema = z.object({ topic: z.number().int(), hz: z.number(), lathes: z.array(z.string()) });
export type Subscribed = z.infer<typeof SubscribedSchema>;

export const StreamErrorSchema = z.object({ code: z.string(), message: z.string() });

/** What the server may say in text; `id` is on events that a reconnect can resume from. */
export const ServerMessageSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('hello'), data: HelloSchema }),
  z.object({ event: z.literal('subscribed'), data: SubscribedSchema }),
  z.object({ event: z.literal('pong'), data: z.object({ serverTimeMs: z.number() }) }),
  z.object({ event: z.literal('error'), data: StreamErrorSchema }),
  z.object({ event: z.literal('resync'), data: z.object({ lastEventId: z.string() }) }),
  z.object({ event: z.literal('alert'), data: AlertSchema, id: z.string() }),
  z.object({ event: z.literal('job'), data: JobSchema, id: z.string() }),
  z.object({ event: z.literal('flood'), data: FloodNowSchema, id: z.string() }),
  z.object({ event: z.literal('lathe'), data: LatheSchema, id: z.string() }),
  z.object({ event: z.literal('model'), data: z.record(z.string(), z.unknown()), id: z.string() }),
]);
export type ServerMessage = z.infer<typeof ServerMessageSchema>;

/** Kinds of durable event, in the `events` stream of the bus and on the socket. */
export type DurableEventKind = 'alert' | 'flood' | 'job' | 'lathe' | 'model';
