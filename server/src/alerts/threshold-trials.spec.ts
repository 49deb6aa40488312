import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Threshold } from '#domain/contract/alert.js';
import { BacktestAnswerSchema, WorstActorsSchema } from '#domain/contract/backtest.js';
import { planJob } from '#domain/machining/plan.js';
import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';
import { openShop, type Shop } from '../../test/shop.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { TelemetryArchive } from '../telemetry/telemetry-archive.js';
import { AlertsService } from './alerts.service.js';
import { AlertsApiModule } from './alerts-api.module.js';

jest.setTimeout(60_000);
const SAMPLE_MS = 5000;
const HOUR_MS = 3_600_000;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({}, [AlertsApiModule]);
});
afterAll(() => shop?.close());

const t0 = Math.floor(Date.now() / 60_000 - 24 * 60) * 60_000;
let jobs = 0;
/** Stores readings of one job, five seconds apart. */
async function store(
  latheId: string,
  fromMs: number,
  count: number,
  at: (i: number) => Partial<Record<ChannelName, number>>,
) {
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 });
  const begun = new Date(fromMs);
  const JobID = `JOB_20250101_${++jobs}`;
  await shop.app.get(JobsRepository).insert({
    ...{ JobID, latheId, JobType: 'turning', Material: 'Mild Steel', ToolNo: 1, Description: '', StartTime: begun },
    ...{ createdAt: begun, EstimatedTime: 10, Status: 'Completed', operator: 'Yash', progress: 1, timeScale: 1 },
    ...{ seed: 1, parameters: plan.parameters, warnings: [], plan, active: false },
  });
  const samples = Array.from({ length: count }, (_, i) => {
    const values = new Float32Array(CHANNEL_COUNT);
    for (const [name, value] of Object.entries(at(i))) values[CHANNEL_INDEX[name as ChannelName]] = value;
    return { number: fromMs / SAMPLE_MS + i, tick: i, tickTimeMs: fromMs + i * SAMPLE_MS, machineMinutes: 0, values };
  });
  await shop.app.get(TelemetryArchive).append([{ id: '0-0', latheId, jobId: JobID, samples }]);
}
const limit = (more: Partial<Threshold> = {}): Threshold => ({
  ...{ channel: 'torque', type: 'HIGH_TORQUE', priority: 3, high: 100, deadband: 5, onDelayS: 0, offDelayS: 0 },
  ...more,
});
const backtest = (latheId: string, body: object) => shop.manager('POST', `/api/thresholds/${latheId}/backtest`, body);

describe('a backtest', () => {
  it('says what limits would have raised on stored readings, beside those in force', async () => {
    // every minute the torque is too high for 20 s
    await store('lathe-1', t0, 720, (i) => ({ torque: i % 12 < 4 ? 120 : 50, remainingUsefulLife: 60 }));
    await store('lathe-1', t0 + 2 * HOUR_MS, 12, () => ({ torque: 120, remainingUsefulLife: 60 }));
    const body = { thresholds: [limit(), limit({ type: 'OFFLINE', channel: 'progress', high: 10 })] };
    const answer = await backtest('LATHE-01', body);
    expect(answer.status).toBe(200);
    expect(BacktestAnswerSchema.parse(answer.body)).toMatchObject({
      ...{ latheId: 'lathe-1', samples: 732, sampleIntervalS: 5, coveredHours: 1.01, truncated: false },
      ...{ alarms: 61, chattering: 0, fleeting: 0, notTested: ['OFFLINE'] },
      byType: { HIGH_TORQUE: { alarms: 61 } },
      byPriority: { 3: 61 },
      current: { byType: { HIGH_TORQUE: { alarms: 0 }, ANOMALY: { alarms: 0 } } },
    });
    expect(Date.parse(answer.body.to) - Date.parse(answer.body.from)).toBe(7 * 24 * HOUR_MS);
    const tamed = await backtest('lathe-1', { thresholds: [limit({ onDelayS: 15 })] });
    expect(tamed.body.alarms).toBe(61);
    const tamer = await backtest('lathe-1', { thresholds: [limit({ onDelayS: 20 })] });
    expect(tamer.body.alarms).toBe(1);
    const window = { from: new Date(t0).toISOString(), to: new Date(t0 + HOUR_MS / 2).toISOString() };
    expect((await backtest('lathe-1', { thresholds: [limit()], ...window })).body).toMatchObject({
      ...{ ...window, samples: 360, alarms: 30 },
    });
  });

  it('knows what the model expects of the job behind the readings', async () => {
    await store('lathe-2', t0, 120, (i) => ({ rpm: 1500, torque: 3 + 0.001 * i, remainingUsefulLife: 60 }));
    const anomaly = limit({ type: 'ANOMALY', high: 0.1, deadband: 0.01 });
    expect((await backtest('lathe-2', { thresholds: [anomaly] })).body).toMatchObject({ alarms: 1 });
    expect((await backtest('lathe-2', { thresholds: [{ ...anomaly, high: 0.5 }] })).body).toMatchObject({ alarms: 0 });
  });

  it('of a lathe without readings says so', async () => {
    const answer = await backtest('lathe-3', { thresholds: [limit()] });
    expect(answer.body).toMatchObject({ samples: 0, sampleIntervalS: null, alarms: 0, coveredHours: 0 });
  });

  it('is for managers, and refused for limits that contradict each other or too long a window', async () => {
    const body = { thresholds: [limit()] };
    expect((await shop.operator('POST', '/api/thresholds/lathe-1/backtest', body)).status).toBe(403);
    expect((await backtest('lathe-1', { thresholds: [limit(), limit()] })).body.code).toBe('thresholds_invalid');
    expect((await backtest('lathe-1', { thresholds: [{ ...limit(), colour: 1 }] })).status).toBe(422);
    expect((await backtest('lathe-1', { ...body, from: '2020-01-01T00:00:00Z' })).status).toBe(422);
    expect((await backtest('lathe-999', body)).body.code).toBe('lathe_not_found');
  });
});

describe('the worst actors', () => {
  it('come with the smallest change that quietens them, and its effect on stored readings', async () => {
    await shop.manager('PUT', '/api/thresholds/lathe-4', [limit({ deadband: 2 })]);
    await store('lathe-4', t0, 300, (i) => ({ torque: i % 2 ? 102 : 97 }));
    for (let i = 0; i < 6; i++) {
      const what = { latheId: 'lathe-4', type: 'HIGH_TORQUE', channel: 'torque', priority: 3 } as const;
      const how = { message: 'too much', isLatching: false, stop: false };
      await shop.app.get(AlertsService).propose({ ...what, ...how, kind: 'raised', atMs: t0 + 10_000 * i });
      await shop.app.get(AlertsService).propose({ ...what, ...how, kind: 'returned', atMs: t0 + 10_000 * i + 5000 });
    }
    await shop.operator('POST', '/api/alerts', { latheId: 'lathe-5', message: 'Door', severity: 'info' });
    const { status, body } = await shop.operator('GET', '/api/alerts/worst-actors?limit=2');
    expect(status).toBe(200);
    const { items } = WorstActorsSchema.parse(body);
    expect(items).toMatchObject([
      {
        ...{ latheId: 'lathe-4', type: 'HIGH_TORQUE', alarms: 6, chattering: 4, fleeting: 6, sampleIntervalS: 5 },
        proposal: {
          change: { deadband: 4 },
          thresholds: [{ deadband: 4, high: 100 }],
          before: { alarms: 150 },
          after: { alarms: 1 },
        },
      },
      { latheId: 'lathe-5', type: 'MANUAL', alarms: 1, sampleIntervalS: null },
    ]);
    expect(items[1]).not.toHaveProperty('proposal');
  });
});
