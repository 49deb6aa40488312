import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WebSocket } from 'ws';
import { CHANNEL_COUNT, CHANNEL_INDEX, CHANNELS } from '#domain/telemetry/channels.js';
import { FRAME_KIND } from '#domain/telemetry/frame.js';
import { type Caller, callerFor, StreamListener, signIn } from './client.js';
import { type Product, startProduct } from './product.js';

jest.setTimeout(90_000);

let product: Product;
let operator: string;
let call: Caller;
let manage: Caller;
const open: StreamListener[] = [];

const listen = async (cookie = operator): Promise<StreamListener> => {
  const listener = await StreamListener.open(product.url, { cookie });
  open.push(listener);
  return listener;
};

beforeAll(async () => {
  product = await startProduct();
  operator = await signIn(product.url, 'Yash');
  call = callerFor(product.url, operator);
  manage = callerFor(product.url, await signIn(product.url, 'Sahil'));
});
afterAll(async () => {
  for (const listener of open) listener.socket.terminate();
  await product?.stop();
});

const upgradeStatus = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/stream`, ['byte-astra.v1'], { headers });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('error', reject);
  });

describe('admission', () => {
  it('is by session, from this origin', async () => {
    expect(await upgradeStatus({})).toBe(401);
    expect(await upgradeStatus({ cookie: 'ba_session=made.up' })).toBe(401);
    expect(await upgradeStatus({ cookie: operator, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await upgradeStatus({ cookie: operator, origin: product.url })).toBe(101);
  });
});

describe('dismissal', () => {
  const closed = (listener: StreamListener) => listener.until('the end', () => listener.closed ?? undefined, 3000);

  it('closes the sockets of a session at its end, and no others', async () => {
    const cookie = await signIn(product.url, 'Jay');
    const [leaving, staying] = [await listen(cookie), await listen()];
    await callerFor(product.url, cookie)('POST', '/logout');
    expect((await closed(leaving)).code).toBe(4401);
    expect(staying.closed).toBeNull();
  });

  it('closes the socket of a revoked display token', async () => {
    const { id, token } = (await manage('POST', '/api/display-tokens', { name: 'Gate' })).body;
    const wall = await StreamListener.open(product.url, { authorization: `Bearer ${token}` });
    open.push(wall);
    await manage('DELETE', `/api/display-tokens/${id}`);
    expect((await closed(wall)).code).toBe(4401);
  });
});

describe('frames', () => {
  it('follow hello and a keyframe without a gap, one record for each lathe, at the rate asked for', async () => {
    const listener = await listen();
    const hello = (await listener.message('hello')).data;
    expect(hello).toMatchObject({ protocol: 1, tickHz: 10, lastEventId: expect.stringMatching(/^\d+-\d+$/) });
    expect(hello.channels).toEqual(CHANNELS.map(({ name, unit }) => ({ name, unit })));
    expect(hello.lathes).toHaveLength(20);

    const subscribed = await listener.subscribe({ lathes: 'all', hz: 10 });
    expect(subscribed).toMatchObject({ hz: 10, lathes: hello.lathes.map((lathe: { id: string }) => lathe.id) });
    await listener.until('31 frames', () => listener.frames.length >= 31);
    const [keyframe, ...ticks] = listener.frames.slice(0, 31);
    expect(keyframe?.header).toMatchObject({ kind: FRAME_KIND.keyframe, records: 20, channels: CHANNEL_COUNT });
    ticks.forEach(({ header }, i) => {
      expect(header.kind).toBe(FRAME_KIND.ticks);
      expect(header.sequence).toBe((keyframe?.header.sequence ?? 0) + 1 + i);
      expect([header.topic, header.epoch]).toEqual([subscribed.topic, keyframe?.header.epoch]);
    });
    const spanMs = (ticks.at(-1)?.receivedAtMs ?? 0) - (ticks[0]?.receivedAtMs ?? 0);
    expect(spanMs).toBeGreaterThan(2_500);
    expect(spanMs).toBeLessThan(4_000);
    for (const { records } of ticks)
      expect(records.map((r) => r.latheIndex)).toEqual(hello.lathes.map((l: { index: number }) => l.index));
  });

  it('carry a spindle that turns and power that is torque times speed', async () => {
    const listener = await listen();
    await listener.subscribe({ lathes: 'all', hz: 10 });
    const turning = await listener.until(
      'a turning spindle',
      () =>
        listener.frames
          .at(-1)
          ?.records.find((r) => (r.values[CHANNEL_INDEX.rpm] ?? 0) > 100 && (r.values[CHANNEL_INDEX.torque] ?? 0) > 5),
      30_000,
    );
    const value = (name: keyof typeof CHANNEL_INDEX) => turning.values[CHANNEL_INDEX[name]] ?? Number.NaN;
    const mechanical = (value('torque') * value('rpm') * 2 * Math.PI) / 60;
    expect(Math.abs(value('power') / mechanical - 1)).toBeLessThan(0.005);
    expect(turning.status).toBe(1);
  });

  it('come for chosen lathes at a rate rounded down, and can be changed', async () => {
    const listener = await listen();
    expect(await listener.subscribe({ lathes: ['LATHE-03', 'lathe-1'], hz: 3 })).toMatchObject({
      hz: 2,
      lathes: ['lathe-1', 'lathe-3'],
    });
    await listener.until('frames', () => listener.frames.length >= 3);
    expect(listener.frames.at(-1)?.records).toHaveLength(2);
    const before = listener.frames.length;
    expect(await listener.subscribe({ lathes: ['lathe-2'], hz: 50 })).toMatchObject({ hz: 10, lathes: ['lathe-2'] });
    const keyframe = await listener.until('a keyframe', () =>
      listener.frames.slice(before).find((f) => f.records.length === 1),
    );
    expect(keyframe.header.kind).toBe(FRAME_KIND.keyframe);
  });

  it('stop one second beyond the last acknowledgement, and start again with a keyframe', async () => {
    const listener = await listen();
    const { topic } = await listener.subscribe({ lathes: 'all', hz: 10 });
    const third = await listener.until('frames', () => listener.frames[3]);
    listener.say('ack', { topic, seq: third.header.sequence });
    const witness = await listen();
    await witness.subscribe({ lathes: 'all', hz: 10 });
    await witness.until('4 s of frames elsewhere', () => witness.frames.length >= 40);
    const newest = listener.frames.at(-1)?.header.sequence ?? 0;
    expect(newest - third.header.sequence).toBeLessThanOrEqual(11);
    expect(witness.frames.at(-1)?.header.sequence).toBeGreaterThan(newest + 20);

    listener.say('ack', { topic, seq: newest });
    const keyframe = await listener.until('a keyframe', () =>
      listener.frames.slice(1).find((f) => f.header.kind === FRAME_KIND.keyframe),
    );
    const next = await listener.until(
      'the frame behind it',
      () => listener.frames[listener.frames.indexOf(keyframe) + 1],
    );
    expect(next.header.sequence).toBe(keyframe.header.sequence + 1);
  });
});

describe('messages', () => {
  it.each([
    ['not json', 'malformed_message'],
    ['{"event":"dance","data":{}}', 'unknown_event'],
    ['{"event":"subscribe","data":{"lathes":"all"}}', 'invalid_message'],
    ['{"event":"subscribe","data":{"lathes":"all","hz":0}}', 'invalid_message'],
    ['{"event":"subscribe","data":{"lathes":["lathe-999"],"hz":1}}', 'lathe_not_found'],
    ['{"event":"ack","data":{"topic":"x","seq":1}}', 'invalid_message'],
  ])('%s is answered with %s, and the socket stays open', async (text, code) => {
    const listener = await listen();
    listener.socket.send(text);
    expect((await listener.message('error')).data).toMatchObject({ code, message: expect.any(String) });
    listener.say('ping', {});
    expect((await listener.message('pong')).data.serverTimeMs).toBeCloseTo(Date.now(), -4);
  });
});

describe('events', () => {
  const raise = async (message: string) =>
    (await call('POST', '/api/alerts', { latheId: 'lathe-20', message, severity: 'info' })).body.id as string;

  it('reach every client, and a returning one misses none', async () => {
    const first = await listen();
    await first.subscribe({ lathes: 'all', hz: 1 });
    const seen = await raise('seen live');
    const { id: lastEventId } = await first.message('alert', (alert) => alert.id === seen);
    await first.close();
    const missed = [await raise('missed one'), await raise('missed two')];

    const second = await listen();
    await second.subscribe({ lathes: 'all', hz: 1, lastEventId });
    const late = await raise('live again');
    await second.message('alert', (alert) => alert.id === late);
    const mine = second.messages.filter((m) => m.event === 'alert' && [seen, ...missed, late].includes(m.data.id));
    expect(mine.map((m) => m.data.id)).toEqual([...missed, late]);
  });

  it('ask for a resync where the last one is not known any more', async () => {
    const listener = await listen();
    await listener.subscribe({ lathes: 'all', hz: 1, lastEventId: '99999999999999-0' });
    expect((await listener.message('resync')).data.lastEventId).toMatch(/^\d+-\d+$/);
  });

  it('keep jobs from displays', async () => {
    const { token } = (await manage('POST', '/api/display-tokens', { name: 'Hall' })).body;
    const wall = await StreamListener.open(product.url, { authorization: `Bearer ${token}` });
    open.push(wall);
    await wall.subscribe({ lathes: 'all', hz: 1 });
    const job = { latheId: 'lathe-19', jobType: 'turning', material: 'Brass', toolNo: 3, estimatedTime: 5 };
    const { JobID } = (await call('POST', '/api/jobs', job)).body;
    await wall.message('lathe', (lathe) => lathe.id === 'lathe-19' && lathe.currentJob === JobID);
    await call('POST', `/api/jobs/${JobID}/stop`);
    await wall.message('lathe', (lathe) => lathe.id === 'lathe-19' && lathe.status === 'idle');
    expect(wall.messages.filter((m) => m.event === 'job')).toEqual([]);
  });
});
