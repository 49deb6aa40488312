import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Threshold } from '#domain/contract/alert.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { StoreModule } from '../store/store.module.js';
import { AlarmEvaluator } from './alarm-evaluator.js';
import { AlertsQuery } from './alerts-query.service.js';
import { AlertsWorkerModule } from './alerts-worker.module.js';
import { THRESHOLDS_CHANNEL, ThresholdsService } from './thresholds.service.js';

jest.setTimeout(30_000);
type App = Awaited<ReturnType<Sandbox['start']>>;
let sandbox: Sandbox;
let app: App;
let evaluator: AlarmEvaluator;

beforeAll(async () => {
  sandbox = await openSandbox();
  app = await sandbox.start([
    ConfigModule,
    StoreModule,
    RealtimeBusModule,

    LathesModule,
    AlertsWorkerModule,
  ]);
  evaluator = app.get(AlarmEvaluator);
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

function torque(value: number): Float32Array {
  const channels = new Float32Array(CHANNEL_COUNT);
  channels[CHANNEL_INDEX.torque] = value;
  channels[CHANNEL_INDEX.remainingUsefulLife] = 60;
  return channels;
}
const limit: Threshold = {
  channel: 'torque',
  type: 'HIGH_TORQUE',
  priority: 3,
  high: 90,
  deadband: 2,
  onDelayS: 1,
  offDelayS: 0,
};
const setLimits = (latheId: string, limits: Threshold[]) =>
  app.get(ThresholdsService).replace(latheId, limits, 'Sahil', new Date());
const stateOf = async (latheId: string) =>
  (await app.get(AlertsQuery).list({ latheId, limit: 9 })).items.map(({ state }) => state);

describe('a watched lathe', () => {
  it('proposes what its limits say, with its job', async () => {
    await evaluator.open('lathe-1', 'JOB_1', null);
    expect(evaluator.evaluate('lathe-1', 0, torque(160))).toEqual([]);
    expect(evaluator.evaluate('lathe-1', 2000, torque(160))).toMatchObject([
      { kind: 'raised', latheId: 'lathe-1', jobId: 'JOB_1', type: 'HIGH_TORQUE', priority: 3, value: 160, limit: 149 },
    ]);
  });

  it('follows new limits while it runs', async () => {
    await evaluator.open('lathe-2', 'JOB_2', null);
    const subscriber = app.get(RedisService).connect('spec', { maxRetriesPerRequest: null });
    await subscriber.subscribe(THRESHOLDS_CHANNEL);
    const told = new Promise((resolve) => subscriber.once('message', (_, latheId) => resolve(latheId)));
    await setLimits('lathe-2', [{ ...limit, onDelayS: 0 }]);
    expect(await told).toBe('lathe-2');
    let proposals = evaluator.evaluate('lathe-2', 0, torque(100));
    for (let atMs = 1; proposals.length === 0 && atMs < 500; atMs++) {
      await new Promise((resolve) => setImmediate(resolve));
      proposals = evaluator.evaluate('lathe-2', atMs, torque(100));
    }
    expect(proposals).toMatchObject([{ kind: 'raised', limit: 90 }]);
  });

  it('goes on elsewhere in the middle of a delay', async () => {
    await setLimits('lathe-3', [limit]);
    await evaluator.open('lathe-3', 'JOB_3', null);
    evaluator.evaluate('lathe-3', 0, torque(100));
    const saved = JSON.parse(JSON.stringify(evaluator.memory('lathe-3')));
    await evaluator.open('lathe-3', 'JOB_3', saved);
    expect(evaluator.evaluate('lathe-3', 900, torque(100))).toEqual([]);
    expect(evaluator.evaluate('lathe-3', 1000, torque(100))).toMatchObject([{ kind: 'raised' }]);
  });

  it('lets an alarm return that was raised before its worker died without a checkpoint', async () => {
    await setLimits('lathe-4', [limit]);
    await evaluator.open('lathe-4', 'JOB_4', null);
    evaluator.evaluate('lathe-4', 0, torque(100));
    for (const proposal of evaluator.evaluate('lathe-4', 1000, torque(100))) await evaluator.propose(proposal);
    expect(await stateOf('lathe-4')).toEqual(['unacknowledged']);
    await evaluator.open('lathe-4', 'JOB_4', null);
    for (const proposal of evaluator.evaluate('lathe-4', 2000, torque(10))) await evaluator.propose(proposal);
    expect(await stateOf('lathe-4')).toEqual(['returnedUnacknowledged']);
  });

  it('tells of a broken tool at once, until the tool is replaced', async () => {
    await evaluator.open('lathe-6', 'JOB_6', null);
    const event = { type: 'toolBroken' as const, atMinute: 1, toolNo: 2, message: 'it struck a hard spot' };
    const proposal = evaluator.judgeEvent('lathe-6', 10, event)!;
    expect(proposal).toMatchObject({ type: 'TOOL_WEAR', priority: 1, jobId: 'JOB_6' });
    await evaluator.propose(proposal);
    await evaluator.close('lathe-6', 20);
    const [alert] = (await app.get(AlertsQuery).list({ latheId: 'lathe-6', limit: 9 })).items;
    expect(alert).toMatchObject({ state: 'unacknowledged', message: 'Tool 2 is broken: it struck a hard spot' });
    expect(alert).not.toHaveProperty('value');
    expect(evaluator.judgeEvent('lathe-6', 30, event)).toBeNull();
  });

  it('is not watched any more when its job is over', async () => {
    await setLimits('lathe-5', [{ ...limit, onDelayS: 0 }]);
    await evaluator.open('lathe-5', 'JOB_5', null);
    for (const proposal of evaluator.evaluate('lathe-5', 0, torque(100))) await evaluator.propose(proposal);
    await evaluator.close('lathe-5', 1);
    await evaluator.close('lathe-5', 1);
    expect(await stateOf('lathe-5')).toEqual(['returnedUnacknowledged']);
    expect(evaluator.memory('lathe-5')).toBeNull();
    expect(evaluator.evaluate('lathe-5', 2, torque(100))).toEqual([]);
  });
});
