import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { getModelToken } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Model } from 'mongoose';
import type { JobStatus } from '#domain/contract/enums.js';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { planJob } from '#domain/machining/plan.js';
import { until } from '../../test/product.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { ConfigModule } from '../config/config.module.js';
import { JobDocument } from '../jobs/job.schema.js';
import { JobsModule } from '../jobs/jobs.module.js';
import type { JobOutcome } from '../jobs/jobs-lifecycle.service.js';
import { SimulationQueue } from '../jobs/simulation-queue.js';
import { LathesService } from '../lathes/lathes.service.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { decodeSamples, type TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import { StoreModule } from '../store/store.module.js';
import { CheckpointStore } from './checkpoint-store.js';
import { SimulationModule } from './simulation.module.js';

jest.setTimeout(60_000);

let sandbox: Sandbox;
let jobs: Model<JobDocument>;
let office: TestingModule;
const workers: TestingModule[] = [];
let jobCount = 0;

beforeAll(async () => {
  sandbox = await openSandbox({ FLEET_SIZE: '8', TICK_HZ: '10', SENSOR_INTERVAL: '0.2' });
  office = await open([JobsModule]);
  jobs = office.get(getModelToken(JobDocument.name), { strict: false });
  await jobs.init();
  await startWorker();
});
afterAll(async () => {
  for (const module of [...workers, office]) await module?.close();
  await sandbox?.close();
});

async function open(features: Type[]): Promise<TestingModule> {
  const imports = [ConfigModule, StoreModule, RealtimeBusModule, ...features];
  const opened = await Test.createTestingModule({ imports }).compile();
  opened.useLogger(false);
  return opened.init();
}

async function startWorker(): Promise<void> {
  workers.push(await open([SimulationModule]));
}

/** Stores a turning job and hands it to the queue. */
async function start(latheId: string, changes: Partial<JobDocument> = {}): Promise<string> {
  const JobID = `JOB_20250106_${String(++jobCount).padStart(3, '0')}`;
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters: {} });
  const now = new Date();
  await jobs.create({
    JobID,
    latheId,
    JobType: 'turning',
    Material: 'Mild Steel',
    ToolNo: 1,
    StartTime: now,
    EstimatedTime: 60,
    Status: 'Queued',
    operator: 'Yash',
    timeScale: 1,
    seed: 1,
    parameters: plan.parameters,
    plan,
    createdAt: now,
    active: true,
    ...changes,
  });
  await office.get(SimulationQueue, { strict: false }).add(JobID, latheId);
  return JobID;
}

const untilStatus = (JobID: string, ...wished: JobStatus[]) =>
  until(`${JobID} is ${wished.join(' or ')}`, 30_000, async () => {
    const job = await jobs.findOne({ JobID }).lean();
    return job && wished.includes(job.Status) ? job : undefined;
  });

/** Samples of a lathe in the order in which they were committed. */
async function samplesOf(latheId: string): Promise<TelemetrySample[]> {
  const entries = (await sandbox.redis.xrangeBuffer(KEYS.telemetry, '-', '+')) as [Buffer, Buffer[]][];
  return entries.flatMap(([, fields]) => (String(fields[1]) === latheId ? decodeSamples(fields[5]!) : []));
}

const untilSamples = (latheId: string, count: number) =>
  until(`${count} samples of ${latheId}`, 30_000, async () => {
    const samples = await samplesOf(latheId);
    return samples.length >= count ? samples : undefined;
  });

function expectNoHole(samples: TelemetrySample[]): void {
  for (let i = 1; i < samples.length; i++) {
    expect(samples[i]!.number).toBe(samples[i - 1]!.number + 1);
    expect(samples[i]!.tick).toBe(samples[i - 1]!.tick + 2);
    expect(samples[i]!.tickTimeMs).toBe(samples[i - 1]!.tickTimeMs + 200);
  }
}

const stop = (latheId: string, jobId: string) =>
  office.get(CommandBus).send(latheId, { type: 'stop', jobId, reason: 'operator', by: 'Yash' });

describe('a machining job', () => {
  it('runs to its end, and the next one finds tools and heat as it left them', async () => {
    const first = await start('lathe-1', { EstimatedTime: 1, timeScale: 30 });
    const ended = await untilStatus(first, 'Completed', 'Failed');
    expect(ended).toMatchObject({
      Status: 'Completed',
      active: false,
      progress: 1,
      ActualDuration: expect.closeTo(1, 6),
    });
    const samples = await samplesOf('lathe-1');
    expect(samples.map((sample) => sample.number)).toEqual(samples.map((_, i) => i + 1));
    expect(ended.result).toMatchObject({ samples: samples.length, machineMinutes: expect.closeTo(1, 6) });
    expect(await office.get(LathesService, { strict: false }).loadMachine('lathe-1')).toMatchObject({
      version: 1,
      job: null,
    });

    const second = await start('lathe-1');
    const all = await untilSamples('lathe-1', samples.length + 2);
    await stop('lathe-1', second);
    const next = all[samples.length]!;
    expect(next).toMatchObject({ number: samples.length + 1, tick: 1 });
    const toolMinutes = 8; // position of toolWear in the table of channels
    expect(next.values[toolMinutes]).toBeGreaterThanOrEqual(samples.at(-1)!.values[toolMinutes]!);
    expect(next.values[toolMinutes]).toBeGreaterThan(0.5);
    await untilStatus(second, 'Cancelled');
  });

  it('stops within a second of the command, its data kept', async () => {
    const job = await start('lathe-2');
    await untilSamples('lathe-2', 5);
    const sentAt = Date.now();
    await stop('lathe-2', job);
    const ended = await untilStatus(job, 'Cancelled');
    expect(ended.EndTime!.getTime() - sentAt).toBeLessThan(1000);
    expect(ended.result).toMatchObject({ reason: 'stopped by Yash', samples: (await samplesOf('lathe-2')).length });
  });

  it('is never begun where the stop came before a worker took it', async () => {
    await sandbox.redis.set(KEYS.epoch('lathe-3'), '1');
    const early = `JOB_20250106_${String(jobCount + 1).padStart(3, '0')}`;
    await stop('lathe-3', early);
    expect(await start('lathe-3')).toBe(early);
    expect(await untilStatus(early, 'Cancelled')).toMatchObject({ result: { samples: 0 } });
  });

  it('fails at once where the machine refuses it', async () => {
    const job = await start('lathe-4', { EstimatedTime: -1 });
    expect(await untilStatus(job, 'Failed')).toMatchObject({ active: false, result: { reason: expect.any(String) } });
  });

  it('that breaks its worker each time is given up after five starts', async () => {
    const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters: {} });
    const job = await start('lathe-5', { plan: { ...plan, cut: null as never } });
    expect(await untilStatus(job, 'Failed')).toMatchObject({
      result: { reason: 'given up after 5 starts without progress' },
    });
  });

  it('whose worker died after its end is ended by the next one, which says what was left unsaid', async () => {
    const checkpoints = workers[0]!.get(CheckpointStore, { strict: false });
    const jobId = `JOB_20250106_${String(jobCount + 1).padStart(3, '0')}`;
    const outcome = {
      status: 'Failed',
      result: { reason: 'tool 1 is broken' },
      endedAtMs: Date.now(),
      machineMinutes: 3,
    };
    const unsaid = {
      kind: 'raised',
      type: 'TOOL_WEAR',
      channel: 'flankWear',
      priority: 1,
      atMs: outcome.endedAtMs,
      isLatching: false,
      stop: false,
      latheId: 'lathe-8',
      jobId,
      message: 'Tool 1 is broken',
    } as const;
    const { epoch } = await checkpoints.acquire('lathe-8', jobId);
    await checkpoints.commit('lathe-8', epoch, {
      turn: 1,
      checkpoint: {
        ...{
          jobId: null,
          ended: { jobId, outcome: outcome as JobOutcome },
          atMs: outcome.endedAtMs,
          t0Ms: 0,
          periodMs: 100,
        },
        ...{ tick: 30, sampleNumber: 6, samplesBefore: 0, commandId: '0-0', alarms: null, proposals: [unsaid] },
        machine: snapshotMachine(createMachineState(1)),
      },
      samples: [],
      live: { health: 1, failureProbability: 0, atMs: outcome.endedAtMs, jobId: null },
      progressed: true,
    });
    expect(await start('lathe-8', { Status: 'In Progress' })).toBe(jobId);
    expect(await untilStatus(jobId, 'Failed')).toMatchObject({ result: { reason: 'tool 1 is broken' } });
    const said = await workers[0]!.get(AlarmsRepository, { strict: false }).listOpen('lathe-8');
    expect(said).toMatchObject([{ type: 'TOOL_WEAR', alarm: { message: 'Tool 1 is broken', isActive: true } }]);
    expect((await checkpoints.read('lathe-8'))?.proposals).toEqual([]);
  });

  it('that was given up leaves its machine at rest', async () => {
    const checkpoints = workers[0]!.get(CheckpointStore, { strict: false });
    const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters: {} });
    const job = await start('lathe-5', { plan });
    await untilSamples('lathe-5', 3);
    await sandbox.redis.set(KEYS.starts(job), '100');
    await sandbox.redis.incr(KEYS.epoch('lathe-5')); // its worker loses it, and the next one finds too many starts
    expect(await untilStatus(job, 'Failed')).toMatchObject({ result: { reason: expect.stringContaining('given up') } });
    expect(await checkpoints.read('lathe-5')).toMatchObject({
      jobId: null,
      ended: { jobId: job },
      machine: { job: null },
    });
  });

  it('goes on in another worker when its own is stopped, with no tick lost or doubled', async () => {
    const job = await start('lathe-6');
    await untilSamples('lathe-6', 5);
    await startWorker();
    await workers.shift()!.close();
    const handedOver = (await samplesOf('lathe-6')).length;
    const samples = await untilSamples('lathe-6', handedOver + 10);
    expectNoHole(samples);
    await stop('lathe-6', job);
    await untilStatus(job, 'Cancelled');
  });

  it('goes on in another worker that takes the lathe, and the frozen one writes no more', async () => {
    const job = await start('lathe-7');
    await untilSamples('lathe-7', 5);
    await sandbox.redis.incr(KEYS.epoch('lathe-7')); // as a worker does that believes this one dead
    const before = (await samplesOf('lathe-7')).length;
    const samples = await untilSamples('lathe-7', before + 10); // the queue gives the job again once its lock has expired
    expectNoHole(samples);
    await stop('lathe-7', job);
    await untilStatus(job, 'Cancelled');
  });
});
