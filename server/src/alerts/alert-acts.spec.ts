import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AlertDto, AlertTransitionDto } from '#domain/contract/alert.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { torqueAlarm } from '../../test/alarms.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import type { AlarmProposal } from './alarm-proposal.js';
import { AlarmShelves } from './alarm-shelves.js';
import { AlarmSuppression } from './alarm-suppression.js';
import { AlertsService } from './alerts.service.js';
import { AlertsApiModule } from './alerts-api.module.js';

jest.setTimeout(30_000);
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '30' }, [AlertsApiModule]);
});
afterAll(() => shop?.close());

let lathe = 0;
const nextLathe = () => `lathe-${++lathe}`;
const proposal = (more: Partial<AlarmProposal> = {}) => torqueAlarm(nextLathe(), more);
const propose = (what: AlarmProposal) => shop.app.get(AlertsService).propose(what);
const returned = (what: AlarmProposal) => propose({ ...what, kind: 'returned', atMs: Date.now() });
const alertsOf = async (latheId: string): Promise<AlertDto[]> =>
  (await shop.operator('GET', `/api/alerts?latheId=${latheId}`)).body.items;
const stateOf = async (id: string): Promise<string> => (await shop.operator('GET', `/api/alerts/${id}`)).body.state;
const historyOf = async (id: string): Promise<AlertTransitionDto[]> =>
  (await shop.operator('GET', `/api/alerts/${id}/transitions`)).body;

async function raised(more: Partial<AlarmProposal> = {}): Promise<{ id: string; what: AlarmProposal }> {
  const what = proposal(more);
  await propose(what);
  const [alert] = await alertsOf(what.latheId);
  return { id: alert!.id, what };
}

describe('a latching alarm', () => {
  it('stays after its return until somebody acknowledges and resets it', async () => {
    const { id, what } = await raised({ isLatching: true });
    const early = await shop.operator('POST', `/api/alerts/${id}/reset`);
    expect([early.status, early.body.code]).toEqual([409, 'illegal_transition']);
    await returned(what);
    expect(await stateOf(id)).toBe('latchedUnacknowledged');
    await shop.operator('POST', `/api/alerts/${id}/acknowledge`);
    expect(await stateOf(id)).toBe('latchedAcknowledged');
    const reset = await shop.operator('POST', `/api/alerts/${id}/reset`, { comment: 'chip removed' });
    expect([reset.status, reset.body.state, reset.body.resolved]).toEqual([200, 'normal', true]);
    expect((await historyOf(id)).at(-1)).toMatchObject({ event: 'reset', comment: 'chip removed', actor: 'Yash' });
  });
});

describe('a shelf', () => {
  it('for one shot ends when the alarm returns, and the list says who put it there and how long it lasts', async () => {
    const { id, what } = await raised();
    const body = { minutes: 30, reason: 'known', oneShot: true };
    expect((await shop.operator('POST', `/api/alerts/${id}/shelve`, body)).status).toBe(200);
    const { items } = (await shop.operator('GET', `/api/alerts?state=shelved&latheId=${what.latheId}`)).body;
    expect(items).toMatchObject([{ id, silenced: { by: 'Yash', reason: 'known', oneShot: true } }]);
    expect(items[0].timeLeftS).toBeGreaterThan(1790);
    expect(items[0].timeLeftS).toBeLessThanOrEqual(1800);
    await returned(what);
    const over = (await shop.operator('GET', `/api/alerts/${id}`)).body;
    expect(over.state).toBe('normal');
    expect(over).not.toHaveProperty('silenced');
    expect((await historyOf(id))[1]).toMatchObject({ event: 'shelved', comment: 'known', oneShot: true });
  });

  it('keeps recording what happens on it', async () => {
    const { id, what } = await raised();
    const { body } = await shop.operator('POST', `/api/alerts/${id}/shelve`, { minutes: 5, reason: 'known' });
    await returned(what);
    await propose({ ...what, atMs: Date.now() + 1 });
    await propose({ ...what, kind: 'escalated', priority: 2, atMs: Date.now() + 2 });
    expect(await stateOf(id)).toBe('shelved');
    await shop.app.get(AlarmShelves).expire(Date.parse(body.shelvedUntil));
    expect((await historyOf(id)).map(({ event, to }) => [event, to])).toEqual([
      ['limitExceeded', 'unacknowledged'],
      ['shelved', 'shelved'],
      ['returnedToNormal', 'shelved'],
      ['limitExceeded', 'shelved'],
      ['priorityRaised', 'shelved'],
      ['shelfExpired', 'unacknowledged'],
    ]);
  });
});

describe('out of service', () => {
  it('is for managers, with a reason, and an active alarm comes back unacknowledged', async () => {
    const { id, what } = await raised({ priority: 1, stop: false });
    const path = `/api/alerts/${id}/out-of-service`;
    expect((await shop.operator('POST', path, { reason: 'sensor' })).status).toBe(403);
    expect((await shop.manager('POST', path, {})).status).toBe(422);
    const out = await shop.manager('POST', path, { reason: 'sensor is being changed' });
    expect(out.body).toMatchObject({
      state: 'outOfService',
      silenced: { by: 'Sahil', reason: 'sensor is being changed' },
    });
    await returned(what);
    await propose({ ...what, atMs: Date.now() + 1, stop: true });
    expect((await shop.operator('GET', `/api/lathes/${what.latheId}`)).body.locked).toBe(false);
    expect((await shop.operator('POST', `/api/alerts/${id}/return-to-service`)).status).toBe(403);
    const back = await shop.manager('POST', `/api/alerts/${id}/return-to-service`, { comment: 'calibrated' });
    expect([back.status, back.body.state]).toEqual([200, 'unacknowledged']);
    expect((await historyOf(id)).map(({ event }) => event)).toEqual([
      'limitExceeded',
      'removedFromService',
      'returnedToNormal',
      'limitExceeded',
      'returnedToService',
    ]);
  });

  it('is refused for an alert that is over', async () => {
    const { id, what } = await raised();
    await shop.operator('POST', `/api/alerts/${id}/acknowledge`);
    await returned(what);
    const refused = await shop.manager('POST', `/api/alerts/${id}/out-of-service`, { reason: 'x' });
    expect([refused.status, refused.body.code]).toEqual([409, 'illegal_transition']);
  });

  it('takes a limit that has no alarm, which then raises none that people see', async () => {
    const latheId = nextLathe();
    const limit = { latheId, type: 'HIGH_VIBRATION', channel: 'vibration', reason: 'loose sensor' };
    const key = { 'idempotency-key': 'oos-1' };
    const out = await shop.manager('POST', '/api/alerts/out-of-service', limit, key);
    expect(out.status).toBe(201);
    expect((await shop.manager('POST', '/api/alerts/out-of-service', limit, key)).body).toEqual(out.body);
    expect((await shop.manager('POST', '/api/alerts/out-of-service', limit)).body.code).toBe('illegal_transition');
    await propose(proposal({ latheId, type: 'HIGH_VIBRATION', channel: 'vibration', message: 'shakes' }));
    expect(await alertsOf(latheId)).toMatchObject([{ id: out.body.id, state: 'outOfService', message: 'shakes' }]);
    expect((await shop.operator('GET', `/api/lathes/${latheId}`)).body.activeAlerts).toBe(0);
  });

  it.each([
    { type: 'HIGH_VIBRATION', reason: 'x' },
    { type: 'OFFLINE', channel: 'progress', reason: 'x' },
    { type: 'TOOL_WEAR', channel: 'flankWear', reason: 'x' },
    { type: 'HIGH_TORQUE', channel: 'torque', toolNo: 1, reason: 'x' },
    { type: 'MANUAL', channel: 'torque', reason: 'x' },
  ])('names its limit: %j does not', async (limit) => {
    const answer = await shop.manager('POST', '/api/alerts/out-of-service', { latheId: 'lathe-30', ...limit });
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });
});

describe('a lathe in maintenance', () => {
  it('suppresses what stands and what comes, but what people raise, until maintenance is over', async () => {
    const standing = await raised({ type: 'TOOL_WEAR', channel: 'flankWear', toolNo: 1 });
    const { latheId } = standing.what;
    const returnedBefore = await raised({ latheId });
    await returned(returnedBefore.what);
    const started = await shop.manager('POST', `/api/lathes/${latheId}/maintenance`, { minutes: 30, reason: 'grease' });
    const suppression = shop.app.get(AlarmSuppression);
    await suppression.align(Date.now());
    await propose(proposal({ latheId, type: 'HIGH_VIBRATION', channel: 'vibration' }));
    await shop.operator('POST', '/api/alerts', { latheId, message: 'Door is open', severity: 'warning' });
    const states = async () =>
      Object.fromEntries((await alertsOf(latheId)).map((alert) => [alert.alert_type, alert.state]));
    expect(await states()).toEqual({
      TOOL_WEAR: 'suppressed',
      HIGH_TORQUE: 'returnedUnacknowledged',
      HIGH_VIBRATION: 'suppressed',
      MANUAL: 'unacknowledged',
    });
    const { items } = (await shop.operator('GET', `/api/alerts?state=suppressed&latheId=${latheId}`)).body;
    for (const alert of items) {
      expect(alert).toMatchObject({
        silenced: { by: 'system', reason: 'the lathe is in maintenance' },
        suppressedUntil: started.body.end,
      });
      expect(alert.timeLeftS).toBeGreaterThan(1700);
    }
    const refused = await shop.operator('POST', `/api/alerts/${standing.id}/acknowledge`);
    expect(refused.body.code).toBe('illegal_transition');
    await shop.manager('DELETE', `/api/lathes/${latheId}/maintenance/${started.body.id}`);
    await Promise.all([suppression.align(Date.now()), suppression.align(Date.now())]);
    expect(await states()).toMatchObject({ TOOL_WEAR: 'unacknowledged', HIGH_VIBRATION: 'unacknowledged' });
    expect((await historyOf(standing.id)).map(({ event }) => event)).toEqual([
      'limitExceeded',
      'suppressed',
      'unsuppressed',
    ]);
  });
});

describe('a critical stop', () => {
  const stopped = async (latheId: string): Promise<AlertDto> =>
    (
      await shop.operator('POST', '/api/alerts', {
        ...{ latheId, message: 'Smoke', severity: 'critical', stop: true },
      })
    ).body;

  it('suppresses what follows from it, neither itself nor what was there before', async () => {
    const before = await raised();
    const { latheId } = before.what;
    const cause = await stopped(latheId);
    await propose(proposal({ latheId, type: 'ANOMALY', atMs: Date.now() + 5 }));
    await propose(proposal({ latheId, type: 'TOOL_WEAR', channel: 'flankWear', toolNo: 1, atMs: Date.now() + 5 }));
    await shop.app.get(AlarmSuppression).align(Date.now());
    const states = (await alertsOf(latheId)).map(({ alert_type, state }) => [alert_type, state]);
    expect(Object.fromEntries(states)).toEqual({
      HIGH_TORQUE: 'unacknowledged',
      MANUAL: 'unacknowledged',
      ANOMALY: 'suppressed',
      TOOL_WEAR: 'unacknowledged',
    });
    expect(cause.state).toBe('unacknowledged');
  });

  it('is released by a manager with a reason, and the job that waits begins', async () => {
    const latheId = nextLathe();
    const path = `/api/lathes/${latheId}/release`;
    expect((await shop.manager('POST', path, { reason: 'nothing' })).body.code).toBe('lathe_not_locked');
    const cause = await stopped(latheId);
    const locked: LatheDto = (await shop.operator('GET', `/api/lathes/${latheId}`)).body;
    expect(locked).toMatchObject({ status: 'alarm', locked: true, lockedBy: cause.id });
    const refused = await shop.operator('POST', '/api/jobs', simpleJob(latheId));
    expect([refused.status, refused.body.code]).toEqual([409, 'lathe_locked']);
    expect((await shop.operator('POST', path, { reason: 'I may not' })).status).toBe(403);
    expect((await shop.manager('POST', path, { reason: ' ' })).status).toBe(422);
    const released = await shop.manager('POST', path, { reason: 'false alarm, seen with Raj' });
    expect(released.status).toBe(200);
    const release = { alertId: cause.id, by: 'Sahil', reason: 'false alarm, seen with Raj' };
    expect(released.body).toMatchObject({ status: 'idle', locked: false, released: release });
    expect(released.body).not.toHaveProperty('lockedBy');
    expect((await shop.operator('POST', '/api/jobs', simpleJob(latheId))).status).toBe(201);
    expect((await shop.manager('POST', '/api/lathes/lathe-999/release', { reason: 'x' })).status).toBe(404);
  });

  it('ends with finished maintenance', async () => {
    const latheId = nextLathe();
    await stopped(latheId);
    const started = await shop.manager('POST', `/api/lathes/${latheId}/maintenance`, { minutes: 5, reason: 'look' });
    await shop.manager('DELETE', `/api/lathes/${latheId}/maintenance/${started.body.id}`);
    expect((await shop.operator('GET', `/api/lathes/${latheId}`)).body).toMatchObject({
      status: 'idle',
      locked: false,
    });
  });
});

describe('tools', () => {
  it('have an alarm each, which only their own replacement ends', async () => {
    const worn = (latheId: string, toolNo: number) =>
      proposal({ latheId, type: 'TOOL_WEAR', channel: 'flankWear', toolNo, message: `Tool ${toolNo} is worn` });
    const latheId = nextLathe();
    await propose(worn(latheId, 1));
    await propose(worn(latheId, 2));
    await returned({ ...worn(latheId, 3) });
    await shop.app.get(AlertsService).toolReplaced(latheId, Date.now(), 2);
    const told = (await alertsOf(latheId)).map(({ tool_no, state }) => [tool_no, state]);
    expect(told.sort()).toEqual([
      [1, 'unacknowledged'],
      [2, 'returnedUnacknowledged'],
    ]);
  });
});
