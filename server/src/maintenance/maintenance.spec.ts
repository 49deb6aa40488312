import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MaintenanceWindowSchema } from '#domain/contract/lathe.js';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { JobsLifecycle } from '../jobs/jobs-lifecycle.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { MaintenanceService } from './maintenance.service.js';

let shop: Shop;
let maintenance: MaintenanceService;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '12' });
  maintenance = shop.app.get(MaintenanceService, { strict: false });
});
afterAll(() => shop?.close());

const HOUR_MS = 3_600_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const plan = (latheId: string, more: object = {}) =>
  shop.manager('POST', `/api/lathes/${latheId}/maintenance`, { minutes: 30, reason: 'Inspection', ...more });
const lathe = async (id: string) => (await shop.operator('GET', `/api/lathes/${id}`)).body;
const start = (latheId: string, more: object = {}) => shop.operator('POST', '/api/jobs', simpleJob(latheId, more));
const finishJob = async (JobID: string) => {
  const worker = shop.app.get(JobsLifecycle, { strict: false });
  await worker.end(JobID, { status: 'Completed', result: {}, endedAtMs: Date.now(), machineMinutes: 1 });
};

describe('maintenance', () => {
  it('starts at once, keeps jobs away and ends when it is called off', async () => {
    const answer = await plan('LATHE-01');
    expect(answer.status).toBe(201);
    expect(MaintenanceWindowSchema.parse(answer.body)).toMatchObject({ active: true, reason: 'Inspection' });
    expect(await lathe('lathe-1')).toMatchObject({ status: 'maintenance', maintenance: { id: answer.body.id } });
    for (const queue of [false, true]) {
      const refused = await start('lathe-1', { queue });
      expect([refused.status, refused.body.code]).toEqual([409, 'lathe_in_maintenance']);
    }
    const address = `/api/lathes/lathe-1/maintenance/${answer.body.id}`;
    expect(await shop.manager('DELETE', address)).toMatchObject({ status: 200, body: { active: false } });
    expect((await shop.manager('DELETE', address)).body.code).toBe('maintenance_window_not_found');
    expect(await lathe('lathe-1')).toMatchObject({ status: 'idle' });
    expect((await start('lathe-1')).status).toBe(201);
  });

  it('does not interrupt a job', async () => {
    const job = (await start('lathe-2')).body;
    const answer = await plan('lathe-2');
    expect([answer.status, answer.body.code]).toEqual([409, 'lathe_busy']);
    expect(answer.body.detail).toContain(job.JobID);
  });

  it('opens a locked lathe when it ends, by itself too', async () => {
    const lathes = shop.app.get(LathesService, { strict: false });
    await lathes.lock('lathe-3', 'alert-1');
    expect(await lathe('lathe-3')).toMatchObject({ status: 'alarm', locked: true });
    await plan('lathe-3', { minutes: 10 });
    expect(await lathe('lathe-3')).toMatchObject({ status: 'maintenance', locked: true });
    await maintenance.advance(inMinutes(9));
    expect(await lathe('lathe-3')).toMatchObject({ status: 'maintenance' });
    await maintenance.advance(inMinutes(11));
    expect(await lathe('lathe-3')).toMatchObject({ status: 'idle', locked: false });
  });

  it('planned for later waits for the job that runs, for its whole length', async () => {
    const startAt = inMinutes(60);
    const planned = (await plan('lathe-4', { start: startAt.toISOString(), minutes: 20 })).body;
    expect(planned).toMatchObject({ active: false, start: startAt.toISOString() });
    expect(await lathe('lathe-4')).toMatchObject({ status: 'idle', plannedMaintenance: [{ id: planned.id }] });
    const job = (await start('lathe-4')).body;
    const due = new Date(startAt.getTime() + 5 * 60_000);
    await maintenance.advance(due);
    expect((await lathe('lathe-4')).maintenance).toBeUndefined();
    await finishJob(job.JobID);
    await maintenance.advance(due);
    const end = new Date(due.getTime() + 20 * 60_000).toISOString();
    expect(await lathe('lathe-4')).toMatchObject({ maintenance: { id: planned.id, end } });
  });

  it('that is due goes before jobs that wait', async () => {
    const repository = shop.app.get(JobsRepository, { strict: false });
    const first = (await start('lathe-5')).body;
    const next = (await start('lathe-5', { queue: true })).body;
    const window = (await plan('lathe-5', { start: inMinutes(0.001).toISOString(), minutes: 5 })).body;
    await new Promise((due) => setTimeout(due, Date.parse(window.start) - Date.now()));
    await maintenance.advance(inMinutes(0.01));
    await finishJob(first.JobID);
    expect(await repository.findActive('lathe-5')).toBeNull();
    await maintenance.advance(inMinutes(0.02));
    expect(await lathe('lathe-5')).toMatchObject({ maintenance: { id: window.id } });
    await maintenance.advance(inMinutes(60));
    expect((await repository.findActive('lathe-5'))?.JobID).toBe(next.JobID);
  });

  it('begins and ends once, however many copies look after it', async () => {
    const lathes = shop.app.get(LathesService, { strict: false });
    const { id } = (await plan('lathe-6', { start: inMinutes(60).toISOString(), minutes: 10 })).body;
    const copies = (at: Date) => Promise.all(Array.from({ length: 5 }, () => maintenance.advance(at)));
    await copies(inMinutes(61));
    expect(await lathe('lathe-6')).toMatchObject({ maintenance: { id, active: true } });
    await copies(inMinutes(90));
    await lathes.lock('lathe-6', 'later', inMinutes(91));
    await copies(inMinutes(90));
    expect(await lathe('lathe-6')).toMatchObject({ status: 'alarm', locked: true });
  });

  it('puts in a new tool', async () => {
    const machine = createMachineState(1);
    for (const tool of machine.tools) if (tool.toolNo === 2) Object.assign(tool, { broken: true, lifeUsed: 1.4 });
    await shop.app.get(LathesService, { strict: false }).saveMachine('lathe-7', snapshotMachine(machine));
    expect((await start('lathe-7', { toolNo: 2 })).body.code).toBe('tool_broken');
    const { id } = (await plan('lathe-7', { replaceTool: 2 })).body;
    const tool = await shop.app.get(MachineStateService, { strict: false }).toolOf('lathe-7', 2);
    expect(tool).toMatchObject({ broken: false, lifeUsed: 0, minutes: 0 });
    await shop.manager('DELETE', `/api/lathes/lathe-7/maintenance/${id}`);
    expect((await start('lathe-7', { toolNo: 2 })).status).toBe(201);
  });

  it('is not planned twice for one time', async () => {
    const at = (hours: number) => ({ start: new Date(Date.now() + hours * HOUR_MS).toISOString(), minutes: 60 });
    expect((await plan('lathe-8', at(2))).status).toBe(201);
    expect((await plan('lathe-8', at(2.5))).body.code).toBe('maintenance_overlap');
    expect((await plan('lathe-8', at(4))).status).toBe(201);
  });

  it.each([
    [{ minutes: 0 }, 422, 'validation_failed'],
    [{ reason: ' ' }, 422, 'validation_failed'],
    [{ colour: 'red' }, 422, 'validation_failed'],
    [{ start: 'soon' }, 422, 'validation_failed'],
    [{ start: '2020-01-01T00:00:00Z' }, 422, 'start_in_past'],
    [{ replaceTool: 77 }, 422, 'tool_unknown'],
  ])('is refused with %j', async (misfit, status, code) => {
    const answer = await plan('lathe-9', misfit);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is a matter for managers, on lathes that are there', async () => {
    const wish = { minutes: 1, reason: 'x' };
    expect((await shop.operator('POST', '/api/lathes/lathe-9/maintenance', wish)).status).toBe(403);
    expect((await shop.nobody('POST', '/api/lathes/lathe-9/maintenance', wish)).status).toBe(401);
    expect((await plan('lathe-99')).body.code).toBe('lathe_not_found');
    expect((await shop.manager('DELETE', '/api/lathes/lathe-9/maintenance/none')).status).toBe(404);
  });
});
