import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT, CHANNEL_NAMES } from '#domain/telemetry/channels.js';
import { MINUTE_MS } from '#domain/telemetry/resolution.js';
import { type Caller, callerFor, signIn } from '../../test/client.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AccountPolicy } from '../auth/account-policy.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { HealthModule } from '../health/health.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { TelemetryModule } from './telemetry.module.js';
import { TelemetryArchive } from './telemetry-archive.js';

let sandbox: Sandbox;
let app: Awaited<ReturnType<Sandbox['serve']>>['app'];
let call: Caller;
let anonymous: Caller;

const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

beforeAll(async () => {
  sandbox = await openSandbox({ FLEET_SIZE: '2' });
  const modules = [ConfigModule, StoreModule, RealtimeBusModule, HealthModule, AuthModule, TelemetryModule];
  const served = await sandbox.serve(modules);
  app = served.app;
  await app.get(AccountPolicy).prepare();
  anonymous = callerFor(served.url);
  call = callerFor(served.url, await signIn(served.url, 'Yash'));
  const samples = Array.from({ length: 200 }, (_, i) => ({
    number: i + 1,
    tick: 50 * i + 1,
    tickTimeMs: nowMs - 5000 * (200 - i),
    machineMinutes: i / 12,
    values: new Float32Array(CHANNEL_COUNT).fill(i),
  }));
  await app
    .get(TelemetryArchive, { strict: false })
    .append([{ id: '1-0', latheId: 'lathe-1', jobId: 'JOB_1', samples }]);
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

describe('GET /api/sensor-data/:latheId', () => {
  it('answers the newest hundred samples, newest first, also to the original spelling of an id', async () => {
    const { status, body } = await call('GET', '/api/sensor-data/LATHE-01');
    expect(status).toBe(200);
    expect(body).toHaveLength(100);
    expect(body[0]).toEqual({
      timestamp: new Date(nowMs - 5000).toISOString(),
      rpm: 199,
      temperature: -74.15,
      torque: 199,
      vibration: 199,
      power: 199,
      tool_wear: 199,
      failure_probability: 199,
      job_id: 'JOB_1',
    });
    expect(body[99].rpm).toBe(100);
  });

  it('keeps to limit and span', async () => {
    const at = (ms: number) => new Date(nowMs - ms).toISOString();
    const { body } = await call('GET', `/api/sensor-data/lathe-1?from=${at(100_000)}&to=${at(50_000)}&limit=4`);
    expect(body.map((sample: { rpm: number }) => sample.rpm)).toEqual([190, 189, 188, 187]);
    expect((await call('GET', '/api/sensor-data/lathe-2')).body).toEqual([]);
  });
});

describe('GET /api/telemetry/:latheId', () => {
  it('answers every channel of the last hour when nothing else is asked', async () => {
    const { status, body } = await call('GET', '/api/telemetry/lathe-1');
    expect(status).toBe(200);
    expect(Object.keys(body.channels)).toEqual([...CHANNEL_NAMES]);
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(60 * MINUTE_MS);
    expect(body.t.length).toBeLessThanOrEqual(1000);
    for (const series of Object.values<Record<string, unknown[]>>(body.channels)) {
      expect([series['min']!.length, series['max']!.length, series['mean']!.length]).toEqual(
        Array(3).fill(body.t.length),
      );
    }
    expect(body.channels.rpm.mean.filter((mean: number | null) => mean !== null)).toHaveLength(200);
  });

  it('keeps to points and channels', async () => {
    const { body } = await call('GET', '/api/telemetry/lathe-1?points=7&channels=torque,rpm');
    expect(body.t.length).toBeLessThanOrEqual(7);
    expect(Object.keys(body.channels)).toEqual(['torque', 'rpm']);
    expect(Math.max(...body.channels.rpm.max)).toBe(199);
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['/api/sensor-data/lathe-3', 404, 'lathe_not_found'],
    ['/api/sensor-data/nonsense', 404, 'lathe_not_found'],
    ['/api/sensor-data/lathe-1?limit=0', 422, 'validation_failed'],
    ['/api/sensor-data/lathe-1?limit=many', 422, 'validation_failed'],
    ['/api/sensor-data/lathe-1?from=yesterday', 422, 'validation_failed'],
    ['/api/sensor-data/lathe-1?colour=red', 422, 'validation_failed'],
    ['/api/sensor-data/lathe-1?from=2025-01-02T00:00:00Z&to=2025-01-01T00:00:00Z', 422, 'validation_failed'],
    ['/api/telemetry/lathe-3', 404, 'lathe_not_found'],
    ['/api/telemetry/lathe-1?channels=rpm,colour', 422, 'validation_failed'],
    ['/api/telemetry/lathe-1?channels=', 422, 'validation_failed'],
    ['/api/telemetry/lathe-1?points=5001', 422, 'validation_failed'],
    ['/api/telemetry/lathe-1?from=2025-01-02T00:00:00Z&to=2025-01-01T00:00:00Z', 422, 'validation_failed'],
  ])('%s is %i %s', async (path, status, code) => {
    const answer = await call('GET', path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is refused without a session', async () => {
    expect((await anonymous('GET', '/api/telemetry/lathe-1')).status).toBe(401);
    expect((await anonymous('GET', '/api/sensor-data/lathe-1')).status).toBe(401);
  });
});
