import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import type { TestingModule } from '@nestjs/testing';
import type { Model } from 'mongoose';
import { planJob } from '#domain/machining/plan.js';
import type { RandomJob } from '#domain/machining/random-jobs.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { BucketDocument } from '../telemetry/bucket.schema.js';
import { AcceleratedJobs } from './accelerated-jobs.js';
import { ScratchCheck } from './scratch-check.js';
import {
  emptyScratchDatabase,
  SCRATCH_DATABASE,
  ScratchPlantModule,
  SharedDatabaseError,
} from './scratch-plant.module.js';

jest.setTimeout(60_000);

const QUIET = { jobType: 'turning', material: 'Aluminum', toolNo: 3, parameters: {} } as const;
/** A heavy cut on a bar of ten diameters chatters at once, beyond what the limits allow. */
const CHATTERING = {
  jobType: 'boring',
  material: 'Titanium Ti-6Al-4V',
  toolNo: 4,
  parameters: { barOverhang: 250, depthOfCut: 6, feed: 0.3, diameter: 60, endDiameter: 84 },
} as const;

let sandbox: Sandbox;
let plant: TestingModule;
let accelerated: AcceleratedJobs;
let check: ScratchCheck;

beforeAll(async () => {
  sandbox = await openSandbox({ FLEET_SIZE: '2' });
  await emptyScratchDatabase(sandbox.config.mongoUri);
  plant = await sandbox.start([ScratchPlantModule]);
  accelerated = plant.get(AcceleratedJobs);
  check = plant.get(ScratchCheck);
});
afterAll(async () => {
  await plant?.close();
  await emptyScratchDatabase(sandbox.config.mongoUri);
  await sandbox?.close();
});

const jobOf = (request: typeof QUIET | typeof CHATTERING, latheId: string): RandomJob => ({
  ...request,
  latheId,
  seed: 3,
  plan: planJob(request),
});

describe('a job in accelerated time', () => {
  it('is stored as the plant stores one', async () => {
    const { JobID, outcome } = await accelerated.run(jobOf(QUIET, 'lathe-1'), 2);
    expect(outcome).toMatchObject({ status: 'Completed', result: { samples: 24 } });
    const job = await plant.get(JobsRepository).find(JobID);
    expect(job).toMatchObject({ Status: 'Completed', active: false, progress: 1, timeScale: 1, latheId: 'lathe-1' });
    expect(job).not.toHaveProperty('unannounced');
    expect(job!.EndTime!.getTime() - job!.StartTime.getTime()).toBe(120_000);
  });

  it('follows the one before it on the same lathe', async () => {
    const { outcome } = await accelerated.run(jobOf(QUIET, 'lathe-1'), 1);
    expect(outcome.result.samples).toBe(12);
    expect((await check.verify(2)).faults).toEqual([]);
  });

  it('is stopped by a critical alarm, without a word to the plant', async () => {
    const { JobID, outcome } = await accelerated.run(jobOf(CHATTERING, 'lathe-2'), 5);
    expect(outcome.status).toBe('Alert Triggered');
    expect(outcome.machineMinutes).toBeLessThan(5);
    const alarms = await plant.get(AlarmsRepository, { strict: false }).list({ latheId: 'lathe-2' }, undefined, 10);
    expect(alarms).toContainEqual(
      expect.objectContaining({
        jobId: JobID,
        type: 'HIGH_VIBRATION',
        alarm: expect.objectContaining({ priority: 1 }),
      }),
    );
    expect(alarms.filter(({ alarm }) => alarm.isActive)).toEqual([]);
    expect(await sandbox.redis.keys('*')).toEqual([]);
    expect((await check.verify(3)).faults).toEqual([]);
  });
});

describe('the check', () => {
  it('misses a job, a sample, and power that is not torque times speed', async () => {
    const buckets = plant.get<Model<BucketDocument>>(getModelToken(BucketDocument.name), { strict: false });
    const [bucket] = await buckets.find({ latheId: 'lathe-1' }).sort({ minute: 1 }).lean();
    const { _id, t, channels, job } = bucket!;
    const without = t.slice(1);
    await buckets.collection.updateOne({ _id }, { $set: { t: without, 'channels.power': channels.torque } });
    const { faults } = await check.verify(4);
    expect(faults).toEqual([
      `${job[0]} has 23 samples, expected 24`,
      '3 jobs are stored, 4 were run',
      expect.stringMatching(/^power differs from torque x speed/),
    ]);
  });
});

it('never empties a plant that lives under the name of the scratch database', async () => {
  const uri = `mongodb://127.0.0.1:27017/${SCRATCH_DATABASE}?retryWrites=false`;
  await expect(emptyScratchDatabase(uri)).rejects.toThrow(SharedDatabaseError);
});
