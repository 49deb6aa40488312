import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { JobDto } from '#domain/contract/job.js';
import { JobSchema } from '#domain/contract/job.js';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { LathesService } from '../lathes/lathes.service.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { JobDocument } from './job.schema.js';
import { JobDispatcher } from './job-dispatcher.js';
import { JobsRepository } from './jobs.repository.js';
import { type JobOutcome, JobsLifecycle } from './jobs-lifecycle.service.js';
import { SimulationQueue } from './simulation-queue.js';

let shop: Shop;
let worker: JobsLifecycle;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '20' });
  worker = shop.app.get(JobsLifecycle, { strict: false });
});
afterAll(() => shop?.close());

const done = (status: JobOutcome['status'] = 'Completed'): JobOutcome => ({
  status,
  result: { partsDone: 3 },
  endedAtMs: Date.now(),
  machineMinutes: 5,
});
const create = async (latheId: string, more = {}): Promise<JobDto> => {
  const answer = await shop.operator('POST', '/api/jobs', simpleJob(latheId, more));
  expect(answer.status).toBe(201);
  return answer.body;
};
const get = async (jobId: string): Promise<JobDto> => (await shop.operator('GET', `/api/jobs/${jobId}`)).body;
const isQueued = async (jobId: string): Promise<boolean> =>
  (await shop.app.get(SimulationQueue, { strict: false }).missing([jobId])).length === 0;
const announced = async (jobId: string): Promise<string[]> =>
  (await shop.app.get(EventBus).read('0-0', 5000))
    .filter(({ kind }) => kind === 'job')
    .map(({ json }) => JSON.parse(json) as JobDto)
    .filter(({ JobID }) => JobID === jobId)
    .map(({ Status }) => Status);

describe('a job', () => {
  it('lives from request to end, and each status is told once', async () => {
    const job = await create('LATHE-01', { description: 'first' });
    expect(JobSchema.parse(job)).toMatchObject({ latheId: 'lathe-1', Status: 'Queued', operator: 'Yash', progress: 0 });
    expect(await isQueued(job.JobID)).toBe(true);
    const startMs = Date.now() + 5;
    await worker.begin(job.JobID, startMs);
    await worker.begin(job.JobID, startMs + 1000);
    await worker.progress(job.JobID, 0.4);
    const started = new Date(startMs).toISOString();
    expect(await get(job.JobID)).toMatchObject({ Status: 'In Progress', StartTime: started, progress: 0.4 });
    await worker.end(job.JobID, done());
    await worker.end(job.JobID, done('Failed'));
    const ended = await get(job.JobID);
    expect(ended).toMatchObject({ Status: 'Completed', progress: 1, ActualDuration: 5, result: { partsDone: 3 } });
    expect(await announced(job.JobID)).toEqual(['Queued', 'In Progress', 'Completed']);
  });

  it('is one to a lathe, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.operator('POST', '/api/jobs', simpleJob('lathe-2'))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['409 lathe_busy']));
  });

  it('waits its turn with "queue"', async () => {
    const jobs = await Promise.all(Array.from({ length: 8 }, () => create('lathe-3', { queue: true })));
    const repository = shop.app.get(JobsRepository, { strict: false });
    const order: string[] = [];
    for (let i = 0; i < jobs.length; i++) {
      const active = await repository.findActive('lathe-3');
      if (!active) throw new Error(`nobody has the lathe after ${i} jobs`);
      expect(await isQueued(active.JobID)).toBe(true);
      order.push(active.JobID);
      await worker.begin(active.JobID, Date.now());
      await worker.end(active.JobID, done());
    }
    expect(new Set(order)).toEqual(new Set(jobs.map(({ JobID }) => JobID)));
    const asked = order.slice(1).map((id) => jobs.find(({ JobID }) => JobID === id)?.StartTime);
    expect(asked).toEqual([...asked].sort());
    expect(await repository.findActive('lathe-3')).toBeNull();
  });

  it('is refused on a locked lathe, with "queue" too', async () => {
    await shop.app.get(LathesService, { strict: false }).lock('lathe-4', 'alert-1');
    for (const queue of [false, true]) {
      const answer = await shop.operator('POST', '/api/jobs', simpleJob('lathe-4', { queue }));
      expect([answer.status, answer.body.code]).toEqual([409, 'lathe_locked']);
    }
  });

  it('is refused with a tool that is broken on that lathe', async () => {
    const machine = createMachineState(1);
    for (const tool of machine.tools) if (tool.toolNo === 1) tool.broken = true;
    await shop.app.get(LathesService, { strict: false }).saveMachine('lathe-5', snapshotMachine(machine));
    const answer = await shop.operator('POST', '/api/jobs', simpleJob('lathe-5'));
    expect([answer.status, answer.body.code]).toEqual([422, 'tool_broken']);
    await create('lathe-5', { toolNo: 2 });
  });

  it.each([
    ['an unknown field', { colour: 'red' }, 422, 'validation_failed', 'colour'],
    ['no job type', { jobType: undefined }, 422, 'validation_failed', 'jobType'],
    ['an unknown job type', { jobType: 'milling' }, 422, 'job_type_unknown', 'jobType'],
    ['an unknown tool', { toolNo: 99 }, 422, 'tool_unknown', 'toolNo'],
    ['a tool that does not fit', { toolNo: 5 }, 422, 'tool_mismatch', 'toolNo'],
    ['an unknown material', { material: 'Cheese' }, 422, 'material_unknown', 'material'],
    ['text for a number', { toolNo: 'one' }, 422, 'not_a_number', 'toolNo'],
    ['a time of nothing', { estimatedTime: 0 }, 422, 'out_of_range', 'estimatedTime'],
    ['a feed out of range', { parameters: { feed: 99 } }, 422, 'out_of_range', 'parameters.feed'],
    ['a clock too fast', { timeScale: 101 }, 422, 'out_of_range', 'timeScale'],
    ['a text that is no lathe', { latheId: 'mill-1' }, 422, 'validation_failed', 'latheId'],
    ['a lathe that is not there', { latheId: 'lathe-99' }, 404, 'lathe_not_found', undefined],
  ])('is refused with %s', async (_, misfit, status, code, path) => {
    const answer = await shop.operator('POST', '/api/jobs', { ...simpleJob('lathe-6'), ...misfit });
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([status, code, path]);
  });

  it('is for operators to start and for the signed-in to see', async () => {
    expect((await shop.manager('POST', '/api/jobs', simpleJob('lathe-6'))).status).toBe(403);
    expect((await shop.nobody('POST', '/api/jobs', simpleJob('lathe-6'))).status).toBe(401);
    expect((await shop.nobody('GET', '/api/jobs')).status).toBe(401);
    expect((await shop.manager('GET', '/api/jobs/JOB_20000101_001')).body.code).toBe('job_not_found');
  });
});

describe('stopping', () => {
  it('cancels at once what has not begun, and it never begins', async () => {
    const job = await create('lathe-7');
    const answer = await shop.manager('POST', `/api/jobs/${job.JobID}/stop`);
    expect([answer.status, answer.body.Status]).toEqual([200, 'Cancelled']);
    expect(await isQueued(job.JobID)).toBe(false);
    await expect(worker.begin(job.JobID, Date.now())).rejects.toMatchObject({ code: 'job_not_running' });
    expect((await shop.manager('POST', `/api/jobs/${job.JobID}/stop`)).status).toBe(200);
    await create('lathe-7');
  });

  it('answers with the ended job as soon as its worker has stopped', async () => {
    const job = await create('lathe-8');
    await worker.begin(job.JobID, Date.now());
    const answer = shop.operator('POST', `/api/jobs/${job.JobID}/stop`);
    await worker.end(job.JobID, done('Cancelled'));
    expect(await answer).toMatchObject({ status: 200, body: { Status: 'Cancelled', result: { partsDone: 3 } } });
  });

  it('is accepted for later while no worker is there, and refused for what has ended', async () => {
    const job = await create('lathe-9');
    await worker.begin(job.JobID, Date.now());
    expect(await shop.operator('POST', `/api/jobs/${job.JobID}/stop`)).toMatchObject({
      status: 202,
      body: { Status: 'In Progress' },
    });
    await worker.end(job.JobID, done());
    const late = await shop.operator('POST', `/api/jobs/${job.JobID}/stop`);
    expect([late.status, late.body.code]).toEqual([409, 'job_not_running']);
  });
});

describe('a fault', () => {
  it('is accepted for a job that has its lathe', async () => {
    const job = await create('lathe-10');
    const fault = { type: 'sensorStuck', severity: 1, channel: 'torque', afterMinutes: 1 };
    expect((await shop.operator('POST', `/api/jobs/${job.JobID}/faults`, fault)).status).toBe(202);
  });

  it.each([
    [{ type: 'gremlins', severity: 1 }, 'fault_unknown'],
    [{ type: 'chatter', severity: 1.5 }, 'out_of_range'],
    [{ type: 'sensorDrift', severity: 1, channel: 'mood' }, 'out_of_range'],
    [{ type: 'chatter', severity: 'much' }, 'not_a_number'],
    [{ type: 'chatter' }, 'validation_failed'],
  ])('is refused where it is %j', async (fault, code) => {
    const job = (await shop.operator('GET', '/api/jobs?latheId=lathe-10')).body.items[0];
    const answer = await shop.operator('POST', `/api/jobs/${job.JobID}/faults`, fault);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });
});

describe('active jobs', () => {
  it('are found without looking through all that ever were', async () => {
    const jobs = shop.app.get<Model<JobDocument>>(getModelToken(JobDocument.name), { strict: false });
    await jobs.init();
    const plan = await jobs.collection.find({ active: true }).explain('queryPlanner');
    expect(JSON.stringify(plan['queryPlanner'].winningPlan)).toContain('IXSCAN');
  });
});

describe('a job that has lost its lathe again', () => {
  it('does not begin, however late its worker comes', async () => {
    const { JobID } = await create('lathe-12');
    const repository = shop.app.get(JobsRepository, { strict: false });
    await repository.deactivate(JobID);
    await expect(worker.begin(JobID, Date.now())).rejects.toMatchObject({ code: 'job_not_running' });
    expect((await repository.find(JobID))?.Status).toBe('Queued');
  });
});

describe('after a crash', () => {
  it('brings stored jobs to the queue and says what was left unsaid', async () => {
    const job = await create('lathe-11');
    const waiting = await create('lathe-11', { queue: true });
    const queue = shop.app.get(SimulationQueue, { strict: false });
    const repository = shop.app.get(JobsRepository, { strict: false });
    await queue.remove(job.JobID); // as if the process had died between storing and queueing
    await shop.app.get(JobDispatcher, { strict: false }).reconcile();
    expect(await isQueued(job.JobID)).toBe(true);

    await repository.change(job.JobID, ['Queued'], { Status: 'Completed', active: false }); // … between storing and telling
    await shop.app.get(JobDispatcher, { strict: false }).reconcile();
    expect(await announced(job.JobID)).toEqual(['Queued', 'Completed']);
    expect((await repository.findActive('lathe-11'))?.JobID).toBe(waiting.JobID);
    expect(await isQueued(waiting.JobID)).toBe(true);
  });
});
