import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Model } from 'mongoose';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { until } from '../../test/product.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { encodeSamples } from '../realtime-bus/telemetry-batch.js';
import { RECORDER_GROUP, TelemetryBus } from '../realtime-bus/telemetry-bus.js';
import { StoreModule } from '../store/store.module.js';
import { BucketDocument } from '../telemetry/bucket.schema.js';
import { RecorderModule } from './recorder.module.js';

jest.setTimeout(60_000);

const START = Date.UTC(2025, 0, 6, 8);
let sandbox: Sandbox;
const recorders: TestingModule[] = [];

beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(async () => {
  await Promise.all(recorders.map((recorder) => recorder.close()));
  await sandbox.close();
});

async function startRecorder(): Promise<TestingModule> {
  const imports = [ConfigModule, StoreModule, RealtimeBusModule, RecorderModule];
  const recorder = await Test.createTestingModule({ imports }).compile();
  recorder.useLogger(false);
  recorders.push(recorder);
  await recorder.init();
  return recorder;
}

async function send(latheId: string, first: number, last: number): Promise<void> {
  const samples = Array.from({ length: last - first + 1 }, (_, i) => ({
    number: first + i,
    tick: first + i,
    tickTimeMs: START + 1000 * (first + i),
    machineMinutes: 0,
    values: new Float32Array(CHANNEL_COUNT),
  }));
  await sandbox.redis.xadd(KEYS.telemetry, '*', 'l', latheId, 'j', 'JOB_1', 's', encodeSamples(samples));
}

async function numbersOf(recorder: TestingModule, latheId: string): Promise<number[]> {
  const model = recorder.get<Model<BucketDocument>>(getModelToken(BucketDocument.name), { strict: false });
  const buckets = await model.find({ latheId }).lean();
  return buckets.flatMap((bucket) => bucket.n).sort((a, b) => a - b);
}

const untilStored = (recorder: TestingModule, latheId: string, count: number) =>
  until(`${count} samples of ${latheId} are stored`, 20_000, async () => {
    const numbers = await numbersOf(recorder, latheId);
    return numbers.length >= count ? numbers : undefined;
  });

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const isAcknowledged = async () =>
  ((await sandbox.redis.xpending(KEYS.telemetry, RECORDER_GROUP)) as [number])[0] === 0;

describe('the recorder', () => {
  it('stores what was sent before it came and what comes while it runs', async () => {
    await send('lathe-1', 1, 10);
    const recorder = await startRecorder();
    await untilStored(recorder, 'lathe-1', 10);
    await send('lathe-1', 11, 12);
    expect(await untilStored(recorder, 'lathe-1', 12)).toEqual(range(1, 12));
    await until('all is acknowledged', 5000, async () => (await isAcknowledged()) || undefined);
    await recorder.close();
  });

  it('takes over what a dead one has left, stored or not, and stores it once', async () => {
    await send('lathe-2', 1, 5);
    await send('lathe-2', 6, 10);
    const redis = new RedisService(sandbox.config);
    const bus = new TelemetryBus(redis);
    await bus.ensureGroup();
    expect(await bus.readNew(redis.client, 'dead', 10, 1)).toHaveLength(2);
    await send('lathe-2', 1, 5); // as if the dead one had stored it without acknowledging
    const recorder = await startRecorder();
    expect(await untilStored(recorder, 'lathe-2', 10)).toEqual(range(1, 10));
    await until('all is acknowledged', 15_000, async () => (await isAcknowledged()) || undefined);
    await redis.onApplicationShutdown();
  });

  it('shares the work with a second one, each sample stored once', async () => {
    const other = await startRecorder();
    for (let first = 1; first <= 100; first += 4) await send('lathe-3', first, first + 3);
    expect(await untilStored(other, 'lathe-3', 100)).toEqual(range(1, 100));
  });

  it('makes its group again in a Redis that has lost its data', async () => {
    const recorder = recorders.at(-1)!;
    await sandbox.redis.del(KEYS.telemetry);
    await send('lathe-4', 1, 3);
    expect(await untilStored(recorder, 'lathe-4', 3)).toEqual([1, 2, 3]);
  });
});
