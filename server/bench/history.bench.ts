import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { CHANNEL_NAMES } from '#domain/telemetry/channels.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/telemetry/resolution.js';
import { SeriesGrid } from '#domain/telemetry/series-grid.js';
import type { BucketDocument } from '../src/telemetry/bucket.schema.js';
import { type Bench, type Figures, median, quantile } from './bench.js';
import { type Product, startProduct } from './product.js';

const DAYS = 30;
const LATHES = process.env.BENCH_LATHES ?? '20';
/** Folder of a plant that `npm run seed:history` has filled before; without it the bench fills one of its own. */
const FILLED = process.env.BENCH_HISTORY;
const ROUNDS = 60;
const RAW_ROUNDS = 3;

type Say = (line: string) => void;

interface Question {
  name: string;
  path: (latheId: string, endMs: number) => string;
  targetMs: number;
}

const iso = (ms: number) => new Date(ms).toISOString();
const series = (spanMs: number, points: number) => (latheId: string, endMs: number) =>
  `/api/telemetry/${latheId}?from=${iso(endMs - spanMs)}&to=${iso(endMs)}&points=${points}`;

const QUESTIONS: readonly Question[] = [
  { name: '30 days, 1000 points', path: series(DAYS * DAY_MS, 1000), targetMs: 150 },
  { name: '7 days, 1000 points', path: series(7 * DAY_MS, 1000), targetMs: 150 },
  { name: '1 day, 1000 points', path: series(DAY_MS, 1000), targetMs: 150 },
  { name: '1 hour, 1000 points', path: series(HOUR_MS, 1000), targetMs: 150 },
  { name: '2 minutes, 1000 points', path: series(2 * MINUTE_MS, 1000), targetMs: 30 },
];

/** Times of answers, one request after another, of another lathe and another end each time. */
async function ask(product: Product, cookie: string, { path }: Question, endMs: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = -3; i < ROUNDS; i++) {
    const latheId = `lathe-${1 + ((i + 3) % Number(LATHES))}`;
    const begunMs = performance.now();
    const answer = await fetch(product.url + path(latheId, endMs - (i + 3) * HOUR_MS), { headers: { cookie } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${answer.status} of ${answer.url}`);
    if (i >= 0) times.push(performance.now() - begunMs); // the first ones bring the code to temperature
  }
  return times;
}

/** The same 30 days of one lathe without summaries: every stored sample is read and put on the grid. */
async function fromSamples(product: Product, endMs: number): Promise<number[]> {
  const { mongoUri } = JSON.parse(readFileSync(join(product.dataDir, 'plant.json'), 'utf8')) as { mongoUri: string };
  const connection = await mongoose.createConnection(mongoUri, { dbName: 'byte_astra' }).asPromise();
  const buckets = connection.collection<BucketDocument>('telemetry_buckets');
  const times: number[] = [];
  for (let i = 0; i < RAW_ROUNDS; i++) {
    const begunMs = performance.now();
    const startMs = Math.floor((endMs - DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
    const grids = CHANNEL_NAMES.map((name) => ({ name, grid: new SeriesGrid(startMs, HOUR_MS, DAYS * 24 + 1) }));
    const found = buckets.find(
      { latheId: `lathe-${1 + i}`, minute: { $gte: new Date(startMs), $lt: new Date(endMs) } },
      { projection: { _id: 0, t: 1, channels: 1 } },
    );
    for await (const { t, channels } of found) {
      for (const { name, grid } of grids) {
        for (const [at, tMs] of t.entries()) grid.addSample(tMs, channels[name]?.[at]);
      }
    }
    JSON.stringify(grids.map(({ grid }) => grid.series()));
    times.push(performance.now() - begunMs);
  }
  await connection.close();
  return times;
}

async function run(say: Say): Promise<Figures> {
  const settings = { FLEET_SIZE: LATHES, ...(FILLED ? { DATA_DIR: FILLED } : {}) };
  const product = await startProduct(settings);
  try {
    await product.seedUsers();
    const begunMs = performance.now();
    if (!FILLED) await product.run('seed:history', '--days', String(DAYS));
    if (!FILLED) say(`${LATHES} lathes, ${DAYS} days: filled in ${Math.round((performance.now() - begunMs) / 1000)} s`);
    const cookie = await product.signIn('Sahil', 'man123');
    const endMs = Math.floor((Date.now() - HOUR_MS) / HOUR_MS) * HOUR_MS;
    const figures: Figures = {};
    for (const question of QUESTIONS) {
      say(question.name);
      const times = await ask(product, cookie, question, endMs);
      const p95 = quantile(times, 0.95);
      figures[question.name] = {
        'p50 ms': round(median(times)),
        'p95 ms': round(p95),
        'target p95 ms': question.targetMs,
      };
    }
    say('30 days from the samples themselves');
    const raw = await fromSamples(product, endMs);
    const quick = figures['30 days, 1000 points']?.['p50 ms'] as number;
    figures['30 days from samples'] = {
      'p50 ms': round(median(raw)),
      'times as long as from summaries': round(median(raw) / quick),
    };
    return figures;
  } finally {
    await product.stop();
  }
}

const round = (value: number): number => Number(value.toFixed(1));

export const historyBench: Bench = {
  about: `stored telemetry of ${LATHES} lathes over ${DAYS} days with a sample every 5 s, all 18 channels, over HTTP`,
  run,
};
