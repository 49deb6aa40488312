import { beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { decodeHeader, FRAME_KIND, RECORD_BYTES } from '#domain/telemetry/frame.js';
import { allocateMessage } from './framed-socket.js';
import { LatestTable } from './latest-table.js';
import { type ClientSocket, StreamClient, type StreamEvent } from './stream-client.js';
import { Topic, topicRate } from './topic.js';

/** Bytes in front of the payload of a message below 64 KiB. */
const wsHeaderBytes = (message: Buffer) => ((message[1] ?? 0) < 126 ? 2 : 4);

class FakeSocket implements ClientSocket {
  bufferedAmount = 0;
  readonly texts: string[] = [];
  readonly frames: Buffer[] = [];
  closed: { code: number; reason: string } | null = null;
  sendText(text: string): void {
    this.texts.push(text);
  }
  sendMessage(message: Buffer): void {
    this.frames.push(message);
  }
  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }
  get headers() {
    return this.frames.map((message) =>
      decodeHeader(new DataView(message.buffer, message.byteOffset + wsHeaderBytes(message))),
    );
  }
}

const event = (n: number, kind: StreamEvent['kind'] = 'alert'): StreamEvent => ({
  id: `${n}-0`,
  kind,
  text: `event ${n}`,
});

let socket: FakeSocket;
let client: StreamClient;
let table: LatestTable;
let topic: Topic;
let spared: number;

beforeEach(() => {
  socket = new FakeSocket();
  spared = 0;
  const counters = { sent: () => {}, spared: () => spared++ };
  client = new StreamClient(socket, (kind) => kind !== 'job', counters, '0-0');
  table = new LatestTable();
  table.resize(3);
  topic = new Topic(7, 10, [0, 1, 2], 99, 10);
});

const produce = (frames: number) => {
  for (let i = 0; i < frames; i++) topic.produce(table, 1_000 + i);
};

describe('ticks for one client', () => {
  it('begins with a keyframe that carries the newest sequence, and goes on with the next', () => {
    produce(5);
    client.join(topic, topic.keyframeOf(table, 1));
    produce(2);
    expect(socket.headers.map((h) => [h?.kind, h?.sequence])).toEqual([
      [FRAME_KIND.keyframe, 5],
      [FRAME_KIND.ticks, 6],
      [FRAME_KIND.ticks, 7],
    ]);
    expect(socket.headers[0]).toMatchObject({ epoch: 99, topic: 7, records: 3, channels: CHANNEL_COUNT });
    expect(socket.frames[0]?.byteLength).toBe(4 + 32 + 3 * RECORD_BYTES);
  });

  it('is sent everything while it has never acknowledged and its socket keeps up', () => {
    client.join(topic, topic.keyframeOf(table, 1));
    produce(500);
    expect(socket.frames).toHaveLength(501);
  });

  it('gets one second of frames beyond its acknowledgement, then nothing until the next one, then a keyframe', () => {
    client.join(topic, topic.keyframeOf(table, 1));
    produce(3);
    expect(client.acknowledge(3)).toBe(false);
    produce(600);
    expect(socket.headers.at(-1)?.sequence).toBe(13);
    expect(spared).toBe(590);
    expect(client.acknowledge(13)).toBe(true);
    client.restart(topic.keyframeOf(table, 2));
    produce(1);
    expect(socket.headers.slice(-2).map((h) => [h?.kind, h?.sequence])).toEqual([
      [FRAME_KIND.keyframe, 603],
      [FRAME_KIND.ticks, 604],
    ]);
  });

  it('has a window of at least three frames at slow rates', () => {
    topic = new Topic(8, 1, [0], 99, 10);
    client.join(topic, topic.keyframeOf(table, 1));
    client.acknowledge(0);
    produce(10);
    expect(socket.headers.at(-1)?.sequence).toBe(3);
  });

  it('does not take an acknowledgement of what was never sent', () => {
    client.join(topic, topic.keyframeOf(table, 1));
    expect(client.acknowledge(5_000)).toBe(false);
    produce(50);
    expect(socket.frames).toHaveLength(51);
  });

  it('is withheld while the socket does not drain, and starts again from a keyframe', () => {
    client.join(topic, topic.keyframeOf(table, 1));
    socket.bufferedAmount = 1_000_000;
    produce(3);
    expect(socket.frames).toHaveLength(1);
    expect(client.hasDrained()).toBe(false);
    socket.bufferedAmount = 0;
    expect(client.hasDrained()).toBe(true);
  });

  it('shares the very same bytes among all clients of a topic', () => {
    const otherSocket = new FakeSocket();
    const other = new StreamClient(otherSocket, () => true, { sent: () => {}, spared: () => {} }, '0-0');
    client.join(topic, topic.keyframeOf(table, 1));
    other.join(topic, topic.keyframeOf(table, 1));
    produce(1);
    expect(otherSocket.frames[0]).toBe(socket.frames[0]);
    expect(otherSocket.frames[1]).toBe(socket.frames[1]);
  });
});

describe('durable events for one client', () => {
  it('waits until the missed ones are read, and then delivers each once and in order', () => {
    client.deliver(event(5));
    client.deliver(event(6));
    expect(socket.texts).toEqual([]);
    client.resume('2-0', [event(3), event(4), event(5)]);
    client.deliver(event(7));
    expect(socket.texts).toEqual(['event 3', 'event 4', 'event 5', 'event 6', 'event 7']);
  });

  it('leaves out what this client may not read', () => {
    client.resume('0-0', [event(1, 'job'), event(2, 'lathe')]);
    expect(socket.texts).toEqual(['event 2']);
  });

  it('asks for a fresh start where the last event is too old', () => {
    client.deliver(event(8));
    client.resync('9-0');
    client.deliver(event(10));
    expect(socket.texts).toEqual(['{"event":"resync","data":{"lastEventId":"9-0"}}', 'event 10']);
  });

  it('hands over once what two subscriptions in a row have read', () => {
    client.resume('0-0', [event(1), event(2)]);
    client.resume('0-0', [event(1), event(2)]);
    client.resync('9-0');
    expect(socket.texts).toEqual(['event 1', 'event 2']);
  });

  it('closes a socket that takes no events rather than lose one', () => {
    client.resume('0-0', []);
    socket.bufferedAmount = 10_000_000;
    client.deliver(event(1));
    expect(socket.closed?.code).toBe(1013);
    expect(socket.texts).toEqual([]);
  });
});

describe('a framed message', () => {
  it.each([
    [5, [0x82, 5]],
    [300, [0x82, 126, 0x01, 0x2c]],
    [70_000, [0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]],
  ])('of %d bytes has the header of RFC 6455', (bytes, header) => {
    const { message, payload } = allocateMessage(bytes);
    expect([...message.subarray(0, header.length)]).toEqual(header);
    expect([message.length, payload.length]).toEqual([header.length + bytes, bytes]);
    payload[0] = 7;
    expect(message[header.length]).toBe(7);
  });
});

describe('rate of a topic', () => {
  it.each([
    [1, 10, 1],
    [3, 10, 2],
    [10, 10, 10],
    [50, 10, 10],
    [49, 50, 20],
    [1.5, 50, 1],
  ])('rounds a wish of %d Hz at %d Hz ticks down to %d Hz', (wish, tickHz, hz) => {
    expect(topicRate(wish, tickHz)).toBe(hz);
  });

  it('carries 20 of 50 base periods a second', () => {
    const slow = new Topic(1, 20, [], 1, 50);
    expect(Array.from({ length: 500 }, () => slow.isDue()).filter(Boolean)).toHaveLength(200);
  });
});
