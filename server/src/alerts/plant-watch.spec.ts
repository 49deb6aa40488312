import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { planJob } from '#domain/machining/plan.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import { type Job, JobsRepository } from '../jobs/jobs.repository.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { AlarmSuppression } from './alarm-suppression.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertsModule } from './alerts.module.js';
import { AlertsService } from './alerts.service.js';
import { AlertsApiModule } from './alerts-api.module.js';
import { AlertsQuery } from './alerts-query.service.js';
import { PlantWatch } from './plant-watch.js';

jest.setTimeout(30_000);
type App = Awaited<ReturnType<Sandbox['start']>>;
let sandbox: Sandbox;
let app: App;
const modules = [ConfigModule, StoreModule, RealtimeBusModule, LathesModule];

beforeAll(async () => {
  sandbox = await openSandbox();
  app = await sandbox.start([...modules, AlertsApiModule]);
  await app.get(PlantWatch).onModuleDestroy(); // no round of its own comes in between
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

const t0 = Date.now();
async function startJob(latheId: string, more: Partial<Job> = {}): Promise<Job> {
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 });
  const at = new Date(t0);
  const job: Job = {
    ...{ JobID: `JOB_${latheId}`, latheId, JobType: 'turning', Material: 'Mild Steel', ToolNo: 1, Description: '' },
    ...{ StartTime: at, createdAt: at, EstimatedTime: 10, Status: 'In Progress', operator: 'Yash', progress: 0 },
    ...{ timeScale: 2, seed: 1, parameters: plan.parameters, warnings: [], plan, active: true },
    ...more,
  };
  await app.get(JobsRepository).insert(job);
  return job;
}
const tick = (job: Job, atMs: number) =>
  sandbox.redis.hset(KEYS.live, job.latheId, JSON.stringify({ health: 1, atMs, jobId: job.JobID }));
const told = async (latheId: string) =>
  (await app.get(AlertsQuery).list({ latheId, limit: 9 })).items.map(({ alert_type, state }) => [alert_type, state]);
/** Rounds of the watch, a second apart. */
async function watch(fromS: number, toS: number): Promise<void> {
  for (let s = fromS; s <= toS; s++) await app.get(PlantWatch).watch(t0 + s * 1000);
}

describe('a lathe that falls silent', () => {
  it('is offline after ten seconds and a delay, and back with its first sign', async () => {
    const job = await startJob('lathe-1');
    await tick(job, t0 + 1000);
    await watch(2, 13);
    expect(await told('lathe-1')).toEqual([]);
    await watch(14, 16);
    const [alert] = (await app.get(AlertsQuery).list({ latheId: 'lathe-1', limit: 9 })).items;
    expect(alert).toMatchObject({
      ...{ alert_type: 'OFFLINE', state: 'unacknowledged', priority: 2, job_id: job.JobID },
      message: 'The lathe has given no sign for 14 s, longer than 10 s',
    });
    expect(alert).not.toHaveProperty('channel');
    await tick(job, t0 + 16_500);
    await watch(17, 17);
    expect(await told('lathe-1')).toEqual([['OFFLINE', 'returnedUnacknowledged']]);
  });

  it('suppresses what follows from it', async () => {
    const job = await startJob('lathe-2', { EstimatedTime: 0.1 });
    await watch(10, 60);
    expect(await told('lathe-2')).toEqual([
      ['JOB_OVERRUN', 'suppressed'],
      ['OFFLINE', 'unacknowledged'],
    ]);
    await tick(job, t0 + 60_000);
    await watch(61, 61);
    await app.get(AlarmSuppression).align(t0 + 61_500);
    expect(await told('lathe-2')).toEqual([
      ['JOB_OVERRUN', 'unacknowledged'],
      ['OFFLINE', 'returnedUnacknowledged'],
    ]);
  });
});

describe('a job', () => {
  it('overruns after a tenth more than its time on the machine, and no more once it is over', async () => {
    const job = await startJob('lathe-3', { EstimatedTime: 1, timeScale: 2 }); // 30 s on the wall
    for (let s = 20; s <= 62; s++) {
      await tick(job, t0 + s * 1000);
      await watch(s, s);
    }
    expect(await told('lathe-3')).toEqual([]);
    await tick(job, t0 + 64_000);
    await watch(63, 65);
    expect(await told('lathe-3')).toEqual([['JOB_OVERRUN', 'unacknowledged']]);
    await app.get(JobsRepository).change(job.JobID, ['In Progress'], { Status: 'Completed', active: false });
    await watch(66, 66);
    expect(await told('lathe-3')).toEqual([['JOB_OVERRUN', 'returnedUnacknowledged']]);
  });
});

describe('the end of a shelf', () => {
  it('comes though nothing ran when its time was over', async () => {
    const before = await sandbox.start([...modules, AlertsModule]); // without the clock
    const proposal = { kind: 'raised', latheId: 'lathe-4', type: 'HIGH_TORQUE', channel: 'torque' } as const;
    const rest = { priority: 3, atMs: t0, message: 'too much', isLatching: false, stop: false };
    await before.get(AlertsService).propose({ ...proposal, ...rest });
    const [{ id } = { id: '' }] = (await before.get(AlertsQuery).list({ latheId: 'lathe-4', limit: 1 })).items;
    const tenMinutesAgo = Date.now() - 600_000;
    await app.close();
    const act = { actor: 'Yash', comment: 'known', atMs: tenMinutesAgo };
    await before.get(AlertActs).shelve(id, { minutes: 9, reason: 'known' }, act);
    expect((await before.get(AlertsQuery).get(id)).state).toBe('shelved');
    const back = new Promise((resolve) => {
      const follower = before.get(EventBus).follow('$', ({ kind, json }) => {
        if (kind !== 'alert') return;
        resolve(JSON.parse(json));
        void follower.stop();
      });
    });
    app = await sandbox.start([...modules, AlertsApiModule]);
    expect(await back).toMatchObject({ id, state: 'unacknowledged' });
    await before.close();
  });
});
