import type { z } from 'zod';
import { AckSchema, PingSchema, SubscribeSchema } from '#domain/contract/stream.js';

const SCHEMAS = { subscribe: SubscribeSchema, ack: AckSchema, ping: PingSchema } as const;

export type Inbound = {
  [E in keyof typeof SCHEMAS]: { event: E; data: z.output<(typeof SCHEMAS)[E]> };
}[keyof typeof SCHEMAS];

export type Unreadable = { code: 'malformed_message' | 'unknown_event' | 'invalid_message'; message: string };

/** An acknowledgement as nearly every client writes it; any other spelling of the same takes the longer way. */
const PLAIN_ACK = /^\{"event":"ack","data":\{"topic":(0|[1-9]\d{0,9}),"seq":(0|[1-9]\d{0,9})\}\}$/;

/** Reads one text message of a client. */
export function readInbound(text: string): Inbound | { error: Unreadable } {
  // hundreds of them arrive each second, and they must not cost more than the frames they answer
  const ack = PLAIN_ACK.exec(text);
  if (ack) return { event: 'ack', data: { topic: Number(ack[1]), seq: Number(ack[2]) } };
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refused('malformed_message', 'The message is not JSON.');
  }
  const { event, data } = (message ?? {}) as { event?: unknown; data?: unknown };
  if (typeof event !== 'string' || !Object.hasOwn(SCHEMAS, event)) {
    return refused('unknown_event', `Known events are ${Object.keys(SCHEMAS).join(', ')}.`);
  }
  const parsed = SCHEMAS[event as Inbound['event']].safeParse(data ?? {});
  if (parsed.success) return { event, data: parsed.data } as Inbound;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`);
  return refused('invalid_message', faults.join('; '));
}

const refused = (code: Unreadable['code'], message: string) => ({ error: { code, message } });
