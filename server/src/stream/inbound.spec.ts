import { describe, expect, it } from '@jest/globals';
import { readInbound } from './inbound.js';

const text = (event: string, data?: unknown) => JSON.stringify({ event, data });

describe('reading a message of a client', () => {
  it.each([
    ['as clients write it', '{"event":"ack","data":{"topic":3,"seq":4294967295}}'],
    ['with spaces', '{ "event": "ack", "data": { "topic": 3, "seq": 4294967295 } }'],
    ['in another order', '{"data":{"seq":4294967295,"topic":3},"event":"ack"}'],
  ])('understands an acknowledgement %s', (_how, message) => {
    expect(readInbound(message)).toEqual({ event: 'ack', data: { topic: 3, seq: 4_294_967_295 } });
  });

  it.each([
    ['a negative sequence', text('ack', { topic: 1, seq: -1 }), 'invalid_message'],
    ['a fraction', text('ack', { topic: 1.5, seq: 1 }), 'invalid_message'],
    ['a missing sequence', text('ack', { topic: 1 }), 'invalid_message'],
    ['a number that JSON does not know', '{"event":"ack","data":{"topic":007,"seq":1}}', 'malformed_message'],
    ['text', 'hello', 'malformed_message'],
    ['null', 'null', 'unknown_event'],
    ['an event of nobody', text('shout', {}), 'unknown_event'],
    ['a name every object has', text('constructor', {}), 'unknown_event'],
  ])('refuses %s', (_what, message, code) => {
    expect(readInbound(message)).toEqual({ error: { code, message: expect.any(String) } });
  });

  it('understands subscriptions and pings', () => {
    expect(readInbound(text('ping'))).toEqual({ event: 'ping', data: {} });
    expect(readInbound(text('subscribe', { lathes: 'all', hz: 10 }))).toEqual({
      event: 'subscribe',
      data: { lathes: 'all', hz: 10 },
    });
  });
});
