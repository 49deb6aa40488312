import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Model } from 'mongoose';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SUMMARY_LEVELS_MS, TEN_MINUTES_MS } from '#domain/telemetry/resolution.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import type { TelemetryEntry } from '../realtime-bus/telemetry-bus.js';
import { StoreModule } from '../store/store.module.js';
import { BucketDocument } from './bucket.schema.js';
import { BucketsRepository } from './buckets.repository.js';
import { RollupDocument } from './rollup.schema.js';
import { RollupService } from './rollup.service.js';
import { RollupsRepository } from './rollups.repository.js';
import { TelemetryArchive } from './telemetry-archive.js';
import { TelemetryArchiveModule } from './telemetry-archive.module.js';
import { TelemetryReader } from './telemetry-reader.js';

let sandbox: Sandbox;
let app: TestingModule;
let archive: TelemetryArchive;
let reader: TelemetryReader;
let rollups: RollupService;
let buckets: Model<BucketDocument>;

beforeAll(async () => {
  sandbox = await openSandbox({ SENSOR_INTERVAL: '5', RAW_RETENTION_DAYS: '30', SUMMARY_RETENTION_DAYS: '45' });
  app = await Test.createTestingModule({ imports: [ConfigModule, StoreModule, TelemetryArchiveModule] }).compile();
  archive = app.get(TelemetryArchive, { strict: false });
  reader = app.get(TelemetryReader, { strict: false });
  rollups = app.get(RollupService, { strict: false });
  buckets = app.get(getModelToken(BucketDocument.name), { strict: false });
  await Promise.all([
    buckets.init(),
    app.get<Model<RollupDocument>>(getModelToken(RollupDocument.name), { strict: false }).init(),
  ]);
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

const START = Date.UTC(2025, 0, 6, 8);

/** Samples `first` to `last` of a lathe, one every 5 s; rpm is the number, torque is unknown in every third. */
function entry(latheId: string, first: number, last: number): TelemetryEntry {
  const samples = [];
  for (let number = first; number <= last; number++) {
    const values = new Float32Array(CHANNEL_COUNT);
    values[CHANNEL_INDEX.rpm] = number;
    values[CHANNEL_INDEX.processTemperature] = 300;
    values[CHANNEL_INDEX.torque] = number % 3 === 0 ? Number.NaN : 2 * number;
    samples.push({ number, tick: 50 * number, tickTimeMs: START + 5000 * number, machineMinutes: number / 12, values });
  }
  return { id: `${first}-0`, latheId, jobId: 'JOB_20250106_001', samples };
}

async function storedNumbers(latheId: string): Promise<number[]> {
  const found = await buckets.find({ latheId }).sort({ minute: 1 }).lean();
  for (const bucket of found) {
    const lengths = [bucket.t, bucket.tick, bucket.job, bucket.machineMinutes, ...Object.values(bucket.channels)];
    expect(new Set(lengths.map((values) => values!.length))).toEqual(new Set([bucket.n.length]));
    expect(bucket.lastSequence).toBe(Math.max(...bucket.n));
  }
  return found.flatMap((bucket) => bucket.n);
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('storing samples', () => {
  it('fills one bucket for each lathe and minute', async () => {
    await archive.append([entry('lathe-1', 1, 30), entry('lathe-2', 1, 2)]);
    expect(await storedNumbers('lathe-1')).toEqual(range(1, 30));
    const [first] = await buckets.find({ latheId: 'lathe-1' }).sort({ minute: 1 }).lean();
    expect(first).toMatchObject({
      minute: new Date(START),
      unrolled: true,
      expiresAt: new Date(START + 30 * 24 * HOUR_MS),
    });
    expect(first!.channels.torque!.slice(0, 3)).toEqual([2, 4, null]);
    expect(first!.n).toHaveLength(11);
  });

  it('stores each sample once, however often and in whatever pieces it comes', async () => {
    const pieces = [
      entry('lathe-3', 1, 10),
      entry('lathe-3', 1, 10),
      entry('lathe-3', 5, 15),
      entry('lathe-3', 14, 40),
    ];
    for (const piece of pieces) await archive.append([piece]);
    await archive.append(pieces);
    expect((await storedNumbers('lathe-3')).sort((a, b) => a - b)).toEqual(range(1, 40));
  });

  it('takes samples in any order, as two recorders bring them', async () => {
    await archive.append([entry('lathe-4', 21, 30)]);
    await archive.append([entry('lathe-4', 1, 20)]);
    expect((await storedNumbers('lathe-4')).sort((a, b) => a - b)).toEqual(range(1, 30));
  });

  it('stores each sample once when several recorders write the same at the same time', async () => {
    const pieces = [
      entry('lathe-5', 1, 12),
      entry('lathe-5', 1, 24),
      entry('lathe-5', 6, 30),
      entry('lathe-5', 12, 18),
    ];
    await Promise.all(pieces.map((piece) => archive.append([piece])));
    expect((await storedNumbers('lathe-5')).sort((a, b) => a - b)).toEqual(range(1, 30));
  });

  it('knows the number of the newest sample', async () => {
    expect(await archive.lastNumber('lathe-1')).toBe(30);
    expect(await archive.lastNumber('lathe-99')).toBe(0);
  });
});

describe('the newest samples', () => {
  it('come newest first, in the units of the original', async () => {
    const samples = await reader.newestSamples('lathe-1', 0, Number.MAX_SAFE_INTEGER / 2, 2);
    expect(samples).toEqual([
      {
        timestamp: new Date(START + 150_000).toISOString(),
        rpm: 30,
        temperature: 26.85,
        torque: null,
        vibration: 0,
        power: 0,
        tool_wear: 0,
        failure_probability: 0,
        job_id: 'JOB_20250106_001',
      },
      expect.objectContaining({ rpm: 29, torque: 58 }),
    ]);
  });

  it('are cut to the span, its ends included, also where they were stored out of order', async () => {
    const samples = await reader.newestSamples('lathe-4', START + 90_000, START + 110_000, 100);
    expect(samples.map((sample) => sample.rpm)).toEqual([22, 21, 20, 19, 18]);
  });
});

describe('series', () => {
  const hour = { fromMs: START, toMs: START + HOUR_MS, channels: ['rpm', 'torque'] as const };

  it('of a short span come from the samples, with null for a gap', async () => {
    const query = {
      latheId: 'lathe-1',
      fromMs: START,
      toMs: START + 20_000,
      points: 10,
      channels: ['rpm', 'torque'] as const,
    };
    expect(await reader.series(query)).toEqual({
      resolutionMs: 5000,
      t: [START, START + 5000, START + 10_000, START + 15_000],
      channels: {
        rpm: { min: [null, 1, 2, 3], max: [null, 1, 2, 3], mean: [null, 1, 2, 3] },
        torque: { min: [null, 2, 4, null], max: [null, 2, 4, null], mean: [null, 2, 4, null] },
      },
    });
  });

  it('of a long span give the same before and after the minutes are summed up', async () => {
    await archive.append([entry('lathe-6', 1, 500)]);
    const ask = () => reader.series({ latheId: 'lathe-6', ...hour, points: 60 });
    const before = await ask();
    expect(before.resolutionMs).toBe(MINUTE_MS);
    expect(before.channels['rpm']!.min.slice(0, 3)).toEqual([1, 12, 24]);
    expect(before.channels['rpm']!.max.slice(0, 3)).toEqual([11, 23, 35]);
    expect(before.channels['rpm']!.mean.slice(0, 2)).toEqual([6, 17.5]);
    expect(before.channels['rpm']!.mean[50]).toBeNull();
    while ((await rollups.rollUp(Date.now())) > 0);
    expect(await buckets.countDocuments({ unrolled: true })).toBe(0);
    expect(await ask()).toEqual(before);
    const tens = await reader.series({ latheId: 'lathe-6', ...hour, points: 6 });
    expect(tens.resolutionMs).toBe(TEN_MINUTES_MS);
    expect(tens.channels['rpm']).toMatchObject({
      min: [1, 120, 240, 360, 480, null],
      max: [119, 239, 359, 479, 500, null],
    });
    const whole = await reader.series({ latheId: 'lathe-6', ...hour, points: 1 });
    expect(whole.channels['rpm']).toEqual({ min: [1], max: [500], mean: [250.5] });
    expect(whole.channels['torque']).toMatchObject({ min: [2], max: [1000] });
  });

  it('tell injected faults and true values alike from samples, minutes and hours', async () => {
    const entries = [entry('lathe-9', 1, 500)];
    for (const sample of entries[0]!.samples) {
      if (sample.number < 100 || sample.number >= 200) continue;
      const label = { id: '7-0', type: 'sensorDrift', severity: 1, channel: 'torque' } as const;
      sample.injected = { faults: [label], truth: { torque: 1000 + sample.number } };
    }
    await archive.append(entries);
    await archive.append(entries); // again changes nothing
    const ask = (points: number) => reader.series({ latheId: 'lathe-9', ...hour, points, truth: true });
    const label = { id: '7-0', job: 'JOB_20250106_001', type: 'sensorDrift', severity: 1, channel: 'torque' };
    const faults = [{ ...label, fromMs: START + 500_000, toMs: START + 995_000 }];

    const fine = await reader.series({
      latheId: 'lathe-9',
      fromMs: START + 485_000,
      toMs: START + 510_000,
      points: 100,
      channels: ['rpm', 'torque'],
      truth: true,
    });
    expect(fine.truth).toEqual({
      torque: {
        min: [null, null, null, 1100, 1101],
        max: [null, null, null, 1100, 1101],
        mean: [null, null, null, 1100, 1101],
      },
    });
    const fresh = await ask(60);
    expect(fresh.truth!['torque']!.mean.slice(7, 10)).toEqual([null, 1103.5, 1113.5]);
    expect(fresh.faults).toEqual(faults);
    while ((await rollups.rollUp(Date.now())) > 0);
    expect(await ask(60)).toEqual(fresh);
    const whole = await ask(1);
    expect(whole.truth).toEqual({ torque: { min: [1100], max: [1199], mean: [1149.5] } });
    expect(whole.faults).toEqual(faults);
    expect(Object.keys(await reader.series({ latheId: 'lathe-9', ...hour, points: 60 }))).toEqual([
      'resolutionMs',
      't',
      'channels',
    ]);
    const stored = await buckets.find({ latheId: 'lathe-9' }).lean();
    expect(stored.flatMap(({ injected }) => injected ?? [])).toHaveLength(100);
  });

  it('hold samples that came after their minute was summed up, once the next sweep is over', async () => {
    await archive.append([entry('lathe-7', 1, 5)]);
    while ((await rollups.rollUp(Date.now())) > 0);
    await archive.append([entry('lathe-7', 1, 8)]);
    while ((await rollups.rollUp(Date.now())) > 0);
    const { channels } = await reader.series({ latheId: 'lathe-7', ...hour, points: 1 });
    expect(channels['rpm']).toEqual({ min: [1], max: [8], mean: [4.5] });
  });

  it.each(SUMMARY_LEVELS_MS.map((_, written) => written))(
    'are the same after a death behind %i of the four summaries and further samples meanwhile',
    async (written) => {
      const latheId = `lathe-${20 + written}`;
      await archive.append([entry(latheId, 1, 300)]);
      const repository = app.get(RollupsRepository, { strict: false });
      let writes = 0;
      const dying = {
        list: repository.list.bind(repository),
        replaceAll: async (documents: RollupDocument[]) => {
          if (writes++ === written) throw new Error('killed');
          await repository.replaceAll(documents);
        },
      } as unknown as RollupsRepository;
      const stored = app.get(BucketsRepository, { strict: false });
      await expect(new RollupService(stored, dying, sandbox.config).rollUp(Date.now())).rejects.toThrow('killed');
      await archive.append([entry(latheId, 290, 500)]);
      while ((await rollups.rollUp(Date.now())) > 0);
      for (const level of SUMMARY_LEVELS_MS) {
        const found = await repository.list(latheId, level, START - DAY_MS, START + DAY_MS);
        expect(found.reduce((sum, { samples }) => sum + samples, 0)).toBe(500);
        expect(found.reduce((sum, { channels }) => sum + (channels.torque?.count ?? 0), 0)).toBe(334);
        const rpm = found.map(({ channels }) => channels.rpm!);
        expect([rpm[0]!.min, rpm.at(-1)!.max, rpm.at(-1)!.last]).toEqual([1, 500, 500]);
      }
    },
  );

  it('outlive the samples for as long as the setting says, those of hours and days for ever', async () => {
    await archive.append([entry('lathe-30', 1, 3)]);
    while ((await rollups.rollUp(Date.now())) > 0);
    const repository = app.get<Model<RollupDocument>>(getModelToken(RollupDocument.name), { strict: false });
    const found = await repository.find({ latheId: 'lathe-30' }).sort({ resolution: 1 }).lean();
    expect(found.map(({ expiresAt }) => expiresAt)).toEqual([
      new Date(START + 45 * DAY_MS),
      new Date(START + 45 * DAY_MS),
      undefined,
      undefined,
    ]);
  });

  it('leave a minute open until its samples have come', async () => {
    await archive.append([entry('lathe-8', 1, 5)]);
    expect(await rollups.rollUp(START + MINUTE_MS)).toBe(0);
    expect(await rollups.rollUp(START + MINUTE_MS + 10_000)).toBe(1);
  });
});
