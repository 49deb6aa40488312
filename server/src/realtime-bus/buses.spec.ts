import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { CommandBus } from './command-bus.js';
import { type BusEvent, compareIds, EventBus } from './event-bus.js';
import { KEYS } from './keys.js';
import { RedisService } from './redis.service.js';
import { RoleHeartbeat } from './role-heartbeat.js';
import { encodeSamples } from './telemetry-batch.js';
import { RECORDER_GROUP, TelemetryBus } from './telemetry-bus.js';
import { TickBus } from './tick-bus.js';

let sandbox: Sandbox;
let redis: RedisService;

beforeAll(async () => {
  sandbox = await openSandbox();
  redis = new RedisService(sandbox.config);
});
afterAll(async () => {
  await redis.onApplicationShutdown();
  await sandbox.close();
});

/** Resolves with the first `count` values that are handed over. */
function collect<T>(count: number) {
  const values: T[] = [];
  let finish: (values: T[]) => void;
  const all = new Promise<T[]>((resolve) => {
    finish = resolve;
  });
  const take = (value: T) => {
    if (values.push(value) === count) finish(values);
  };
  return { take, all };
}

describe('events', () => {
  it('are read behind an id, oldest first', async () => {
    const bus = new EventBus(redis);
    const first = await bus.publish('job', { JobID: 'a' });
    const second = await bus.publish('alert', { id: 'b' });
    expect(await bus.read(first)).toEqual([{ id: second, kind: 'alert', json: '{"id":"b"}' }]);
    expect(await bus.readLatestId()).toBe(second);
  });

  it('with a key are appended once and always answer with the same id', async () => {
    const bus = new EventBus(redis);
    const before = await bus.readLatestId();
    const first = await bus.publish('alert', { n: 1 }, 'alert-1:1');
    expect(await bus.publish('alert', { n: 1 }, 'alert-1:1')).toBe(first);
    expect(await bus.publish('alert', { n: 2 }, 'alert-1:2')).not.toBe(first);
    expect(await bus.read(before)).toHaveLength(2);
  });

  it('are handed over in their order to a follower that starts behind an id', async () => {
    const bus = new EventBus(redis);
    const start = await bus.publish('lathe', { n: 0 });
    const { take, all } = collect<BusEvent>(3);
    const follower = bus.follow(start, take);
    for (const n of [1, 2, 3]) await bus.publish('lathe', { n });
    expect((await all).map((event) => event.json)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    await follower.stop();
  });

  it('tell whether an id can still be resumed from', async () => {
    const bus = new EventBus(redis);
    const old = await bus.publish('job', {});
    const latest = await bus.publish('job', {});
    expect(await bus.canResumeFrom('0-0')).toBe(true);
    expect(await bus.canResumeFrom(latest)).toBe(true);
    expect(await bus.canResumeFrom('99999999999999-0')).toBe(false);
    expect(await bus.canResumeFrom('yesterday')).toBe(false);
    await redis.client.xtrim(KEYS.events, 'MAXLEN', 1);
    expect(await bus.canResumeFrom(latest)).toBe(true);
    expect(await bus.canResumeFrom(old)).toBe(false);
  });

  it('are ordered by both parts of their ids', () => {
    expect(compareIds('10-1', '9-2')).toBeGreaterThan(0);
    expect(compareIds('10-1', '10-10')).toBeLessThan(0);
    expect(compareIds('10-1', '10-1')).toBe(0);
  });
});

describe('ticks', () => {
  it('reach a follower, and the newest can be asked for', async () => {
    const bus = new TickBus(redis);
    const { take, all } = collect<string>(1);
    const follower = bus.follow((batch) => take(batch.toString('hex')));
    const batch = Buffer.from([1, 0, 255, 128]);
    const repeated = setInterval(() => bus.publish(batch, Date.now()), 20); // the first ones may come before the follower
    expect(await all).toEqual(['0100ff80']);
    clearInterval(repeated);
    expect(await bus.readLatest()).toEqual(batch);
    await follower.stop();
  });
});

describe('commands', () => {
  it('wait in the stream of their lathe and wake whoever listens', async () => {
    const bus = new CommandBus(redis);
    const { take, all } = collect<string>(1);
    const subscriber = await bus.listen(take);
    const id = await bus.send('lathe-3', { type: 'replaceTool', toolNo: 4 });
    expect(await all).toEqual(['lathe-3']);
    expect(await bus.read('lathe-3', '0-0')).toEqual([{ id, command: { type: 'replaceTool', toolNo: 4 } }]);
    expect(await bus.read('lathe-3', id)).toEqual([]);
    await redis.close(subscriber);
  });
});

describe('telemetry', () => {
  const bytes = encodeSamples([
    { number: 1, tick: 1, tickTimeMs: 1, machineMinutes: 0, values: new Float32Array(CHANNEL_COUNT) },
  ]);
  const append = () =>
    redis.client.xadd(KEYS.telemetry, '*', 'l', 'lathe-1', 'j', 'JOB_1', 's', bytes) as Promise<string>;

  it('goes to one recorder, and to another one when the first has died', async () => {
    const bus = new TelemetryBus(redis);
    await bus.ensureGroup();
    await bus.ensureGroup();
    const id = await append();
    const [entry] = await bus.readNew(redis.client, 'first', 10, 1);
    expect(entry).toMatchObject({ id, latheId: 'lathe-1', jobId: 'JOB_1', samples: [{ number: 1 }] });
    expect(await bus.readNew(redis.client, 'second', 10, 1)).toEqual([]);
    expect(await bus.claim('second', 60_000, 10)).toEqual([]);
    expect((await bus.claim('second', 0, 10)).map((each) => each.id)).toEqual([id]);
    await bus.acknowledge([id]);
    expect(await bus.claim('third', 0, 10)).toEqual([]);
  });

  it('is trimmed only below what is acknowledged', async () => {
    const bus = new TelemetryBus(redis);
    const ids = [await append(), await append(), await append()];
    await bus.readNew(redis.client, 'first', 10, 1);
    await bus.acknowledge([ids[0]!, ids[2]!]);
    await bus.trim();
    const kept = (await redis.client.xrange(KEYS.telemetry, '-', '+')).map(([id]) => id);
    expect(kept).toEqual([ids[1], ids[2]]);
    const unread = await append();
    await bus.acknowledge([ids[1]!]);
    await bus.trim();
    expect((await redis.client.xrange(KEYS.telemetry, '-', '+')).map(([id]) => id)).toContain(unread);
  });

  it('forgets consumers that hold nothing', async () => {
    const bus = new TelemetryBus(redis);
    await bus.readNew(redis.client, 'holder', 10, 1);
    await bus.forgetDeadConsumers(0);
    const consumers = (await redis.client.xinfo('CONSUMERS', KEYS.telemetry, RECORDER_GROUP)) as string[][];
    expect(consumers.map((consumer) => consumer[1])).toEqual(['holder']);
  });
});

describe('roles', () => {
  it('are listed while they give a sign of life', async () => {
    const heartbeat = new RoleHeartbeat(redis);
    await heartbeat.announce('recorder');
    expect(await heartbeat.list()).toMatchObject([{ role: 'recorder', pid: process.pid }]);
    await heartbeat.withdraw('recorder');
    expect(await heartbeat.list()).toEqual([]);
  });
});
