import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import type { BucketDocument } from '../src/telemetry/bucket.schema.js';
import { type Caller, callerFor, StreamListener, signIn } from './client.js';
import { type Part, type Product, startProduct, until } from './product.js';

jest.setTimeout(120_000);

const SAMPLE_MS = 500;
const HEAL_MS = 15_000;
/** Demo jobs run on the first twelve lathes; the last ones are this spec's own. */
const DEMO_LATHES = 12;
const OWN_LATHES = ['lathe-17', 'lathe-18', 'lathe-19'];

let product: Product;
let call: Caller;
let stream: StreamListener;
let load: Load;
const store = () => plantFacts().mongoUri;

beforeAll(async () => {
  product = await startProduct({ env: { SENSOR_INTERVAL: String(SAMPLE_MS / 1000) } });
  const cookie = await signIn(product.url, 'Yash');
  call = callerFor(product.url, cookie);
  stream = await StreamListener.open(product.url, { cookie });
  await stream.subscribe({ lathes: 'all', hz: 10 });
  await untilTicking(Date.now(), 60_000);
  load = startLoad(callerFor(product.url, await signIn(product.url, 'Raj')));
});
afterAll(async () => {
  await load?.stop();
  await stream?.close();
  await product?.stop();
});

interface Load {
  /** What the product has said yes to. */
  jobs: Set<string>;
  alerts: Set<string>;
  acknowledged: Set<string>;
  stop(): Promise<void>;
}

/** Asks for jobs and alerts and acknowledges some, all the time; an answer other than a yes promises nothing. */
function startLoad(ask: Caller): Load {
  const kept = { jobs: new Set<string>(), alerts: new Set<string>(), acknowledged: new Set<string>() };
  let isOver = false;
  const keepAsking = async () => {
    for (let i = 0; !isOver; i++) {
      try {
        await askOnce(ask, i, kept);
      } catch {
        // an engine is away: not answered, not promised
      }
      await wait(300);
    }
  };
  const running = keepAsking();
  return {
    ...kept,
    async stop() {
      isOver = true;
      await running;
    },
  };
}

async function askOnce(ask: Caller, i: number, kept: Omit<Load, 'stop'>): Promise<void> {
  const latheId = OWN_LATHES[i % OWN_LATHES.length]!;
  const job = { latheId, jobType: 'turning', material: 'Mild Steel', toolNo: 1, estimatedTime: 0.5, timeScale: 10 };
  if (i % 5 === 0) {
    const answer = await ask('POST', '/api/jobs', { ...job, queue: true });
    if (answer.status === 201) kept.jobs.add(answer.body.JobID);
  }
  const alert = await ask('POST', '/api/alerts', { latheId, message: `drill ${i}`, severity: 'warning' });
  if (alert.status !== 201) return;
  kept.alerts.add(alert.body.id);
  if (i % 2 !== 0) return;
  const answer = await ask('POST', `/api/alerts/${alert.body.id}/acknowledge`, {});
  if (answer.status === 200) kept.acknowledged.add(alert.body.id);
}

/** Waits until every lathe of the demo has a tick made after `sinceMs` in the stream, but for those between two jobs. */
async function untilTicking(sinceMs: number, limitMs: number): Promise<void> {
  await stream.until(
    'ticks of all demo lathes',
    () => {
      const records = stream.frames.at(-1)?.records.slice(0, DEMO_LATHES) ?? [];
      const running = records.filter((record) => record.status === 1);
      stream.frames.splice(0, stream.frames.length - 1);
      return running.length >= DEMO_LATHES / 2 && running.every((record) => record.tickTimeMs > sinceMs);
    },
    limitMs,
  );
}

/** Waits until a sample made after `sinceMs` can be read. */
async function untilRecorded(sinceMs: number): Promise<void> {
  await until('new samples can be read', HEAL_MS, async () => {
    const answers = await Promise.all(
      ['lathe-1', 'lathe-2'].map((id) => call('GET', `/api/sensor-data/${id}?limit=1`)),
    );
    return answers.some(({ body }) => Date.parse(body[0]?.timestamp) > sinceMs) || undefined;
  });
}

function plantFacts(): { mongoUri: string; redisUrl: string } {
  return JSON.parse(readFileSync(join(product.dataDir, 'plant.json'), 'utf8'));
}

describe('the plant under load', () => {
  it.each<Part>(['worker', 'recorder', 'redis', 'store'])('heals by itself when its %s is killed', async (part) => {
    const killedAt = Date.now();
    const victims = product.kill(part);
    expect(victims.length).toBeGreaterThan(0);
    await product.untilBack(part, victims);
    await product.untilReady(HEAL_MS);
    await untilTicking(Date.now(), HEAL_MS);
    await untilRecorded(Date.now());
    expect(Date.now() - killedAt).toBeLessThan(HEAL_MS);
    await wait(3000); // some life between two faults
  });
});

interface Stored {
  n: number;
  t: number;
  job: string;
}

/** Every stored sample by lathe, in the order of their numbers. */
async function readSamples(): Promise<Map<string, Stored[]>> {
  const client = await MongoClient.connect(store());
  const byLathe = new Map<string, Stored[]>();
  try {
    for await (const bucket of client.db('byte_astra').collection<BucketDocument>('telemetry_buckets').find()) {
      const samples = byLathe.get(bucket.latheId) ?? [];
      byLathe.set(bucket.latheId, samples);
      for (const [i, n] of bucket.n.entries()) samples.push({ n, t: bucket.t[i]!, job: bucket.job[i]! });
    }
  } finally {
    await client.close();
  }
  for (const samples of byLathe.values()) samples.sort((a, b) => a.n - b.n);
  return byLathe;
}

/** Numbers of the newest sample that each lathe has committed. */
async function committedNumbers(latheIds: readonly string[]): Promise<Map<string, number>> {
  const redis = new Redis(plantFacts().redisUrl);
  try {
    const numbers = await Promise.all(latheIds.map((id) => redis.hget(`ba:checkpoint:${id}`, 'n')));
    return new Map(latheIds.map((id, i) => [id, Number(numbers[i])]));
  } finally {
    redis.disconnect();
  }
}

describe('after all that', () => {
  it('every sample is stored once: no number is missing, none is double, and no tick is left out in time', async () => {
    const latheIds = [...(await readSamples()).keys()];
    expect(latheIds.length).toBeGreaterThanOrEqual(DEMO_LATHES);
    const committed = await committedNumbers(latheIds);
    const byLathe = await until('all that was committed is stored', HEAL_MS, async () => {
      const stored = await readSamples();
      const isComplete = [...committed].every(([id, n]) => (stored.get(id)?.at(-1)?.n ?? 0) >= n);
      return isComplete ? stored : undefined;
    });
    for (const [latheId, samples] of byLathe) {
      expect([latheId, samples.map((sample) => sample.n)]).toEqual([latheId, samples.map((_, i) => i + 1)]);
      for (let i = 1; i < samples.length; i++) {
        const [before, sample] = [samples[i - 1]!, samples[i]!];
        if (sample.job === before.job)
          expect([latheId, sample.n, sample.t - before.t]).toEqual([latheId, sample.n, SAMPLE_MS]);
      }
    }
  });

  it('every job that was accepted is there, and none has failed of the faults', async () => {
    await load.stop();
    expect(load.jobs.size).toBeGreaterThan(3);
    for (const id of load.jobs) {
      const job = await call('GET', `/api/jobs/${id}`);
      expect([id, job.status]).toEqual([id, 200]);
      if (job.body.Status === 'Failed') expect(job.body.result.reason).toMatch(/tool|drive/);
    }
  });

  it('every alert and every acknowledgement that was accepted is there once', async () => {
    expect(load.alerts.size).toBeGreaterThan(20);
    for (const id of load.alerts) {
      const transitions = await call('GET', `/api/alerts/${id}/transitions`);
      expect([id, transitions.status]).toEqual([id, 200]);
      const steps = transitions.body as { n: number; event: string }[];
      expect(steps.map((step) => step.n)).toEqual(steps.map((_, i) => i + 1));
      const acknowledgements = steps.filter((step) => step.event === 'acknowledged');
      if (load.acknowledged.has(id)) expect([id, acknowledgements.length]).toEqual([id, 1]);
      expect(acknowledgements.length).toBeLessThanOrEqual(1);
    }
  });
});
