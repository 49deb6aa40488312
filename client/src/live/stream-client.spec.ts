import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FrameReader } from './frame-reader';
import { type DurableMessage, StreamClient } from './stream-client';
import { FakeSocket } from './testing/fake-socket';
import { frameOf } from './testing/frame-of';
import { TickBuffer } from './tick-buffer';

const HELLO = {
  protocol: 1,
  lathes: [{ index: 0, id: 'lathe-1' }],
  channels: [],
  tickHz: 10,
  serverTimeMs: 1_000_500,
  lastEventId: '5-0',
};
const ALERT = {
  id: 'a1',
  lathe_id: 'lathe-1',
  alert_type: 'MANUAL',
  severity: 'info',
  priority: 4,
  state: 'unacknowledged',
  message: 'Chips to be emptied',
  timestamp: '2026-11-23T10:00:00.000Z',
  resolved: false,
  n: 1,
};

describe('StreamClient', () => {
  let sockets: FakeSocket[];
  let states: string[];
  let changes: DurableMessage[];
  let calls: { resync: number; refused: number };
  let ticks: TickBuffer;
  let client: StreamClient;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    sockets = [];
    states = [];
    changes = [];
    calls = { resync: 0, refused: 0 };
    ticks = new TickBuffer();
    client = new StreamClient({
      ticks,
      reader: new FrameReader(ticks),
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      now: Date.now,
      random: () => 1,
      listener: {
        onState: (state) => states.push(state),
        onChange: (change) => changes.push(change),
        onResync: () => calls.resync++,
        onRefused: () => calls.refused++,
      },
    });
    client.start();
  });

  afterEach(() => {
    client.stop();
    jest.useRealTimers();
  });

  const newest = () => sockets.at(-1) as FakeSocket;
  const greet = (topic = 7, hello = HELLO) => {
    newest().accept();
    newest().say('hello', hello);
    newest().say('subscribed', { topic, hz: 10, lathes: ['lathe-1'] });
  };
  const frame = (sequence: number, epoch = 1) =>
    newest().deliver(frameOf({ sequence, epoch, records: [{ index: 0, timeMs: sequence * 100, rpm: sequence }] }));

  it('subscribes to all lathes once it was greeted, and is live with the first frame', () => {
    greet();
    expect(newest().sentOf('subscribe')).toEqual([{ lathes: 'all', hz: 10 }]);
    expect(states).toEqual(['connecting']);
    frame(1);
    expect(states).toEqual(['connecting', 'live']);
    expect(ticks.value(0, 'rpm')).toBe(1);
  });

  it('never wishes more than the plant ticks', () => {
    greet(7, { ...HELLO, tickHz: 2 });
    expect(newest().sentOf('subscribe')).toEqual([{ lathes: 'all', hz: 2 }]);
  });

  it('acknowledges the newest sequence about three times a second, and only while frames arrive', () => {
    greet();
    for (let sequence = 1; sequence <= 10; sequence++) {
      frame(sequence);
      jest.advanceTimersByTime(100);
    }
    const acks = newest().sentOf('ack');
    expect(acks.length).toBeGreaterThanOrEqual(2);
    expect(acks.length).toBeLessThanOrEqual(5);
    expect(acks.every((ack) => ack['topic'] === 7)).toBe(true);
    jest.advanceTimersByTime(400);
    const settled = newest().sentOf('ack').length;
    expect(newest().sentOf('ack').at(-1)).toEqual({ topic: 7, seq: 10 });
    jest.advanceTimersByTime(1000);
    expect(newest().sentOf('ack')).toHaveLength(settled);
  });

  it('acknowledges anew when another epoch begins at the same number', () => {
    greet();
    frame(3, 1);
    jest.advanceTimersByTime(400);
    frame(3, 2);
    jest.advanceTimersByTime(400);
    expect(newest().sentOf('ack')).toEqual([
      { topic: 7, seq: 3 },
      { topic: 7, seq: 3 },
    ]);
  });

  it('says stalled when an open line brings no frames, and live again with the next', () => {
    greet();
    frame(1);
    jest.advanceTimersByTime(2000);
    expect(states.at(-1)).toBe('stalled');
    frame(2);
    expect(states.at(-1)).toBe('live');
  });

  it('comes back with the id of the last event it saw', () => {
    greet();
    frame(1);
    newest().say('alert', ALERT, '9-0');
    expect(changes).toHaveLength(1);
    newest().drop();
    expect(states.at(-1)).toBe('lost');
    jest.advanceTimersByTime(600);
    expect(sockets).toHaveLength(2);
    greet();
    expect(newest().sentOf('subscribe')).toEqual([{ lathes: 'all', hz: 10, lastEventId: '9-0' }]);
  });

  it('reads slow data again after the first subscription and on resync, not after an ordinary return', () => {
    greet();
    expect(calls.resync).toBe(1);
    newest().drop();
    jest.advanceTimersByTime(600);
    greet();
    expect(calls.resync).toBe(1);
    newest().say('resync', { lastEventId: '40-0' });
    expect(calls.resync).toBe(2);
    newest().drop();
    jest.advanceTimersByTime(2000);
    greet();
    expect(newest().sentOf('subscribe')[0]?.['lastEventId']).toBe('40-0');
  });

  it('waits longer after each failure, and starts over after it was live', () => {
    newest().drop();
    jest.advanceTimersByTime(499);
    expect(sockets).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
    newest().drop();
    jest.advanceTimersByTime(999);
    expect(sockets).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
    greet();
    frame(1);
    newest().drop();
    jest.advanceTimersByTime(500);
    expect(sockets).toHaveLength(4);
  });

  it('reports a refusal at the door apart from a loss', () => {
    newest().drop();
    expect(calls.refused).toBe(1);
    jest.advanceTimersByTime(600);
    greet();
    newest().drop();
    expect(calls.refused).toBe(1);
  });

  it('drops a line that is silent, though nobody closed it', () => {
    greet();
    frame(1);
    jest.advanceTimersByTime(14_000);
    expect(sockets[0]?.closed).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it('sets the clock by the middle of the quickest round trip', () => {
    greet();
    expect(newest().sentOf('ping')).toHaveLength(1);
    jest.advanceTimersByTime(40);
    newest().say('pong', { serverTimeMs: 1_003_020 });
    expect(ticks.clockOffsetMs).toBe(3000);
  });

  it('survives nonsense', () => {
    greet();
    newest().onmessage?.({ data: '{not json' } as MessageEvent);
    newest().say('somethingNew', { a: 1 });
    newest().say('alert', { id: 5 }, '7-0');
    frame(1);
    expect(changes).toEqual([]);
    expect(states.at(-1)).toBe('live');
  });

  it('stays closed after stop', () => {
    greet();
    client.stop();
    jest.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(states.at(-1)).toBe('closed');
  });
});
