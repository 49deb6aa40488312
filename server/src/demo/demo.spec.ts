import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { AlertsApiModule } from '../alerts/alerts-api.module.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { JobsLifecycle } from '../jobs/jobs-lifecycle.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { MaintenanceService } from '../maintenance/maintenance.service.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import { DemoModule } from './demo.module.js';
import { DEMO_OPERATOR, DemoDriver } from './demo-driver.js';

let shop: Shop;
let demo: DemoDriver;
let worker: JobsLifecycle;
let repository: JobsRepository;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '12', NO_DEMO: '1' }, [AlertsApiModule, DemoModule]); // its clock stands: the spec makes the rounds
  demo = shop.app.get(DemoDriver, { strict: false });
  worker = shop.app.get(JobsLifecycle, { strict: false });
  repository = shop.app.get(JobsRepository, { strict: false });
});
afterAll(() => shop?.close());

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const active = async () =>
  (await repository.listActive()).map(({ latheId, operator }) => `${latheId} ${operator}`).sort();
const jobOn = async (latheId: string) => {
  const job = await repository.findActive(latheId);
  if (!job) throw new Error(`no job on ${latheId}`);
  return job;
};
const end = (JobID: string, status: 'Completed' | 'Cancelled' | 'Failed') =>
  worker.end(JobID, { status, result: {}, endedAtMs: Date.now(), machineMinutes: 1 });

describe('the demo', () => {
  it('works on three quarters of a small plant and leaves the rest alone', async () => {
    await demo.round(new Date());
    await demo.round(new Date());
    expect(await active()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `lathe-${n} ${DEMO_OPERATOR}`));
  });

  it('injects the fault of its program once, when its time has come', async () => {
    const job = await jobOn('lathe-7');
    await worker.begin(job.JobID, Date.now());
    const commands = () => shop.app.get(CommandBus).read('lathe-7', '0-0');
    await demo.round(later(0.5));
    expect(await commands()).toEqual([]);
    await demo.round(later(1.1));
    await demo.round(later(1.2));
    expect((await commands()).map(({ command }) => command)).toMatchObject([
      { type: 'fault', jobId: job.JobID, fault: { type: 'coolantLoss' } },
    ]);
  });

  it('goes on with its program when a job has ended', async () => {
    const first = await jobOn('lathe-1');
    await end(first.JobID, 'Completed');
    await demo.round(later(1));
    const second = await jobOn('lathe-1');
    expect(second.Description).not.toBe(first.Description);
  });

  it('keeps away from a lathe that a visitor has stopped, and never stops his jobs', async () => {
    await end((await jobOn('lathe-2')).JobID, 'Cancelled');
    await demo.round(later(9));
    expect(await repository.findActive('lathe-2')).toBeNull();
    expect((await shop.operator('POST', '/api/jobs', simpleJob('lathe-2'))).status).toBe(201);
    await demo.round(later(60));
    expect((await jobOn('lathe-2')).operator).toBe('Yash');
    await end((await jobOn('lathe-2')).JobID, 'Completed');
    await demo.round(later(9));
    expect(await repository.findActive('lathe-2')).toBeNull();
    await demo.round(later(11));
    expect((await jobOn('lathe-2')).operator).toBe(DEMO_OPERATOR);
  });

  it('changes a broken tool in a short maintenance before it goes on', async () => {
    await end((await jobOn('lathe-3')).JobID, 'Failed');
    const machine = createMachineState(1);
    for (const tool of machine.tools) tool.broken = true;
    await shop.app.get(LathesService, { strict: false }).saveMachine('lathe-3', snapshotMachine(machine));
    await demo.round(later(1));
    const { status, maintenance } = (await shop.operator('GET', '/api/lathes/lathe-3')).body;
    expect([status, maintenance.replaceTool]).toEqual(['maintenance', 3]);
    await shop.app.get(MaintenanceService, { strict: false }).advance(later(1));
    await demo.round(later(2));
    expect((await jobOn('lathe-3')).operator).toBe(DEMO_OPERATOR);
  });

  it('repairs a lathe that an alarm has locked, a visitor’s only after ten minutes', async () => {
    await end((await jobOn('lathe-4')).JobID, 'Cancelled');
    const alert = { latheId: 'lathe-4', message: 'smoke', severity: 'critical', stop: true };
    await shop.operator('POST', '/api/alerts', alert);
    await demo.round(later(9));
    expect((await shop.operator('GET', '/api/lathes/lathe-4')).body.status).toBe('alarm');
    await demo.round(later(11));
    expect((await shop.operator('GET', '/api/lathes/lathe-4')).body.status).toBe('maintenance');
  });

  it('has no accounts to show where there is no demo', async () => {
    expect((await shop.nobody('GET', '/api/demo')).body).toEqual({ demo: false, users: [] });
  });
});
