import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { FaultDto } from '#domain/contract/fault.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { CHANNEL_NAMES } from '#domain/telemetry/channels.js';
import type { InjectedSample } from '#domain/telemetry/injected.js';
import { until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { RecorderModule } from '../recorder/recorder.module.js';
import { BucketDocument } from '../telemetry/bucket.schema.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';

jest.setTimeout(60_000);

let shop: Shop;
let buckets: Model<BucketDocument>;
let worker: ChildProcess;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '8', TICK_HZ: '10', SENSOR_INTERVAL: '0.2' }, [RecorderModule, TelemetryModule]);
  buckets = shop.app.get(getModelToken(BucketDocument.name), { strict: false });
  worker = startWorker();
}, 60_000);
afterAll(async () => {
  await kill(worker, 'SIGTERM');
  await shop?.close();
});

/** A worker as the plant runs it, in a process of its own. */
function startWorker(): ChildProcess {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(process.execPath, ['dist/server/src/main.js', '--role=worker'], { env, stdio: 'inherit' });
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

async function run(latheId: string, more = {}): Promise<string> {
  const { status, body } = await shop.operator('POST', '/api/jobs', simpleJob(latheId, { seed: 7, ...more }));
  expect(status).toBe(201);
  await until(`${body.JobID} runs`, 30_000, async () => {
    const job = await shop.operator('GET', `/api/jobs/${body.JobID}`);
    return job.body.Status === 'In Progress' || undefined;
  });
  return body.JobID;
}

const path = (jobId: string, faultId = '') => `/api/jobs/${jobId}/faults${faultId && `/${faultId}`}`;
const inject = (jobId: string, fault: InjectFaultDto) => shop.operator('POST', path(jobId), fault);
const list = async (jobId: string): Promise<FaultDto[]> => (await shop.manager('GET', path(jobId))).body;

const untilFault = (jobId: string, what: string, isSo: (fault: FaultDto) => boolean) =>
  until(what, 20_000, async () => (await list(jobId)).find(isSo));

/** Stored samples of a lathe in the order of their numbers, each with what was injected into it. */
async function storedSamples(latheId: string) {
  const found = await buckets.find({ latheId }).lean();
  const samples = found.flatMap(({ n, t, channels, injected }) => {
    const known = new Map<number, InjectedSample>(injected?.map((each) => [each.n, each]));
    return n.map((number, i) => ({
      number,
      tMs: t[i]!,
      value: (name: (typeof CHANNEL_NAMES)[number]) => channels[name]?.[i] ?? null,
      injected: known.get(number),
    }));
  });
  return samples.sort((a, b) => a.number - b.number);
}

const untilStored = (latheId: string, what: string, isEnough: (found: Samples) => boolean) =>
  until(what, 20_000, async () => {
    const samples = await storedSamples(latheId);
    return isEnough(samples) ? samples : undefined;
  });
type Samples = Awaited<ReturnType<typeof storedSamples>>;

describe('an injected fault', () => {
  it('is listed with who, since when and how strong it is now, ends when told, and stays known', async () => {
    const jobId = await run('lathe-1', { timeScale: 10 });
    const asked = await inject(jobId, { type: 'coolantLoss', severity: 0.8, rampMinutes: 100, forMinutes: 200 });
    expect([asked.status, asked.body.JobID]).toEqual([202, jobId]);
    expect(asked.body.fault).toMatchObject({ type: 'coolantLoss', severityNow: 0, by: 'Yash', rampMinutes: 100 });
    const { id } = asked.body.fault;

    const early = await untilFault(jobId, 'the fault acts', (fault) => fault.id === id && fault.severityNow > 0);
    const later = await untilFault(jobId, 'the fault grows', (fault) => fault.severityNow > early.severityNow);
    expect(later).toMatchObject({ state: 'active', severity: 0.8, jobId, forMinutes: 200 });
    expect(later.severityNow).toBeLessThan(0.8);
    expect(later.remainingMinutes).toBeLessThan(200);
    expect(later).not.toHaveProperty('channel');

    const ended = await shop.manager('DELETE', path(jobId, id));
    expect([ended.status, ended.body]).toEqual([
      200,
      expect.objectContaining({ id, state: 'ended', endedBy: 'Sahil', severityNow: 0, endedAt: expect.any(String) }),
    ]);
    expect((await shop.operator('DELETE', path(jobId, id))).body).toEqual(ended.body);

    await shop.operator('POST', `/api/jobs/${jobId}/stop`);
    expect(await list(jobId)).toEqual([ended.body]);
  });

  it('ends by its own time or with its job, and says so', async () => {
    const jobId = await run('lathe-2', { timeScale: 60 });
    await inject(jobId, { type: 'imbalance', severity: 0.5, forMinutes: 1 });
    await inject(jobId, { type: 'beltSlip', severity: 1, afterMinutes: 90_000 });
    await untilFault(jobId, 'the short fault is over', ({ endedBy }) => endedBy === 'time');
    expect((await list(jobId)).map(({ type, state }) => [type, state])).toEqual([
      ['beltSlip', 'waiting'],
      ['imbalance', 'ended'],
    ]);
    await shop.operator('POST', `/api/jobs/${jobId}/stop`);
    const [slip] = await until('the job has ended', 20_000, async () => {
      const job = await shop.operator('GET', `/api/jobs/${jobId}`);
      return job.body.EndTime ? list(jobId) : undefined;
    });
    expect(slip).toMatchObject({ type: 'beltSlip', state: 'ended', endedBy: 'job' });
    expect((await inject(jobId, { type: 'chatter', severity: 1 })).body.code).toBe('job_not_running');
  });

  it('is one of twenty at most, and each can be ended before it begins', async () => {
    const jobId = await run('lathe-3');
    const wish = { type: 'chatter', severity: 0.1, afterMinutes: 1000 } as const;
    const first = await inject(jobId, wish);
    for (let n = 2; n <= 20; n++) expect((await inject(jobId, wish)).status).toBe(202);
    const refused = await inject(jobId, wish);
    expect([refused.status, refused.body.code]).toEqual([409, 'too_many_faults']);
    const ended = await shop.operator('DELETE', path(jobId, first.body.fault.id));
    expect([ended.status, ended.body.state]).toEqual([200, 'ended']);
    expect(ended.body).not.toHaveProperty('startedAt');
    expect((await inject(jobId, wish)).status).toBe(202);
    await shop.operator('POST', `/api/jobs/${jobId}/stop`);
  });

  it('needs a job and a fault that exist, and somebody who may', async () => {
    const jobId = await run('lathe-4');
    const answers = await Promise.all([
      shop.operator('GET', path('JOB_19990101_001')),
      shop.operator('DELETE', path(jobId, '1-0')),
      shop.operator('DELETE', path('JOB_19990101_001', '1-0')),
      shop.nobody('GET', path(jobId)),
      shop.nobody('DELETE', path(jobId, '1-0')),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'job_not_found'],
      [404, 'fault_not_found'],
      [404, 'job_not_found'],
      [401, 'unauthenticated'],
      [401, 'unauthenticated'],
    ]);
    await shop.operator('POST', `/api/jobs/${jobId}/stop`);
  });
});

describe('the truth beside a faulty reading', () => {
  it('outlives kill -9 of the worker, with every sample once', async () => {
    const jobId = await run('lathe-5');
    const stuck = (await inject(jobId, { type: 'sensorStuck', severity: 1, channel: 'vibration' })).body.fault;
    await inject(jobId, { type: 'bearingWear', severity: 0, rampMinutes: 0 });
    await untilStored('lathe-5', 'faulty samples are stored', (found) => found.filter((s) => s.injected).length > 5);
    const before = await list(jobId);

    await kill(worker, 'SIGKILL');
    const atKill = (await storedSamples('lathe-5')).length;
    worker = startWorker();
    await untilStored('lathe-5', 'samples go on', (found) => found.length > atKill + 10);
    expect(await list(jobId)).toMatchObject(
      before.map(({ id, type, state, startedAt }) => ({ id, type, state, startedAt })),
    );
    const ended = await shop.operator('DELETE', path(jobId, stuck.id));
    expect(ended.status).toBe(200);
    const endedMs = Date.parse(ended.body.endedAt);
    const samples = await untilStored('lathe-5', 'sound samples follow', (found) => found.at(-1)!.tMs > endedMs + 500);
    await shop.operator('POST', `/api/jobs/${jobId}/stop`);

    expect(samples.map(({ number }) => number)).toEqual(samples.map((_, i) => i + 1));
    const startedMs = Date.parse(ended.body.startedAt);
    const held = new Set<number | null>();
    for (const { tMs, value, injected } of samples) {
      const label = injected?.faults.find(({ id }) => id === stuck.id);
      expect([tMs, label !== undefined]).toEqual([tMs, tMs >= startedMs && tMs <= endedMs]);
      if (!label) continue;
      expect(label).toEqual({ id: stuck.id, type: 'sensorStuck', severity: 1, channel: 'vibration' });
      expect(Object.keys(injected!.truth)).toEqual(['vibration']);
      held.add(value('vibration'));
    }
    expect(held.size).toBe(1); // stuck over the crash at one and the same value

    const truths = samples.flatMap((sample) => sample.injected?.truth.vibration ?? []);
    expect(truths).toHaveLength(samples.filter(({ injected }) => injected?.truth.vibration !== undefined).length);
    expect(new Set(truths).size).toBeGreaterThan(1);
  });

  it('is told over HTTP to who asks for it, and changes nothing for who does not', async () => {
    const plain = await shop.operator('GET', '/api/telemetry/lathe-5?points=5000&channels=vibration,torque');
    expect(Object.keys(plain.body)).toEqual(['from', 'to', 'resolutionMs', 't', 'channels']);
    const told = (await shop.operator('GET', '/api/telemetry/lathe-5?truth=1&channels=vibration,torque')).body;
    expect(Object.keys(told.truth)).toEqual(['vibration']);
    expect(told.truth.vibration.mean).toHaveLength(told.t.length);
    expect(told.truth.vibration.mean.some((value: number | null) => value !== null)).toBe(true);
    expect(told.faults.map(({ type, job }: { type: string; job: string }) => [type, job.startsWith('JOB_')])).toEqual(
      expect.arrayContaining([
        ['sensorStuck', true],
        ['bearingWear', true],
      ]),
    );

    const sampled = (await shop.operator('GET', '/api/sensor-data/lathe-5?limit=10000&truth=1')).body;
    const faulty = sampled.filter(({ truth }: { truth: object }) => Object.keys(truth).length > 0);
    expect(faulty.length).toBeGreaterThan(5);
    expect(faulty[0].truth.vibration).not.toBe(faulty[0].vibration);
    expect(faulty[0].faults).toContainEqual(expect.objectContaining({ type: 'sensorStuck', channel: 'vibration' }));
    const [bare] = (await shop.operator('GET', '/api/sensor-data/lathe-5?limit=1')).body;
    expect(bare).not.toHaveProperty('truth');
    expect((await shop.operator('GET', '/api/telemetry/lathe-5?truth=yes')).body.code).toBe('validation_failed');
  });
});
