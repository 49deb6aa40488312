import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { RoleHeartbeat } from '../realtime-bus/role-heartbeat.js';
import { StoreModule } from '../store/store.module.js';
import { HealthModule } from './health.module.js';

let sandbox: Sandbox;
let plant: Awaited<ReturnType<Sandbox['serve']>>;

beforeAll(async () => {
  sandbox = await openSandbox();
  plant = await sandbox.serve([ConfigModule, StoreModule, RealtimeBusModule, AuthModule, HealthModule]);
});
afterAll(async () => {
  await plant?.app.close();
  await sandbox?.close();
});

it('is ready while engines and roles are there, found among however many keys', async () => {
  const readiness = async () => {
    const response = await fetch(`${plant.url}/readyz`);
    return [response.status, await response.json()];
  };
  const keys = Array.from({ length: 25_000 }, (_, n) => [`other:${n}`, '1']).flat();
  await sandbox.redis.mset(keys);
  const down = { store: 'up', redis: 'up', worker: 'down', recorder: 'down' };
  expect(await readiness()).toEqual([503, { ready: false, parts: down }]);
  const heartbeat = plant.app.get(RoleHeartbeat);
  await Promise.all([heartbeat.announce('worker'), heartbeat.announce('recorder')]);
  expect(await readiness()).toEqual([200, { ready: true, parts: { ...down, worker: 'up', recorder: 'up' } }]);
  await heartbeat.withdraw('worker');
  expect(await readiness()).toEqual([503, { ready: false, parts: { ...down, recorder: 'up' } }]);
});
