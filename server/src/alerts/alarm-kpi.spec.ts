import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AlarmTally } from '#domain/alarms/tally.js';
import { AlarmKpiSchema, type FloodNowDto, FloodNowSchema } from '#domain/contract/alarm-kpi.js';
import { torqueAlarm } from '../../test/alarms.js';
import { openShop, type Shop } from '../../test/shop.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { AlarmDays } from './alarm-days.js';
import { AlarmHistory } from './alarm-history.repository.js';
import type { AlarmProposal } from './alarm-proposal.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertsService } from './alerts.service.js';
import { AlertsApiModule } from './alerts-api.module.js';
import { AlertsQuery } from './alerts-query.service.js';
import { FloodWatch } from './flood-watch.js';

jest.setTimeout(30_000);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** Midnight forty days ago. */
const t0 = Math.floor(Date.now() / DAY_MS - 40) * DAY_MS;
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({}, [AlertsApiModule]);
  await shop.app.get(FloodWatch).onModuleDestroy(); // the spec looks by itself
});
afterAll(() => shop?.close());

const proposal = (latheId: string, atMs: number, more: Partial<AlarmProposal> = {}) =>
  torqueAlarm(latheId, { atMs, ...more });
const propose = (what: AlarmProposal) => shop.app.get(AlertsService).propose(what);
async function acknowledge(latheId: string, atMs: number): Promise<void> {
  const [alert] = (await shop.app.get(AlertsQuery).list({ latheId, open: true, limit: 1 })).items;
  await shop.app.get(AlertActs).acknowledge(alert!.id, { actor: 'Yash', atMs });
}

describe('figures of the alarm system', () => {
  beforeAll(async () => {
    // one alarm a day for a week, acknowledged after 30 s; the fourth is over within 5 s, the last stays across midnight
    for (let day = 0; day < 7; day++) {
      const atMs = t0 + day * DAY_MS + 8 * HOUR_MS;
      await propose(proposal('lathe-1', atMs));
      await propose(proposal('lathe-1', atMs + (day === 3 ? 5000 : MINUTE_MS), { kind: 'returned' }));
      await acknowledge('lathe-1', atMs + (day === 3 ? 6000 : 90_000));
    }
    const eveMs = t0 + 7 * DAY_MS - 1000;
    await propose(proposal('lathe-2', eveMs, { priority: 1 }));
    await acknowledge('lathe-2', eveMs + 5000);
    await propose(proposal('lathe-2', eveMs + 2 * DAY_MS, { kind: 'returned' }));
  });

  const iso = (ms: number) => new Date(ms).toISOString();
  const kpi = async (fromMs: number, toMs: number, more = '') =>
    (await shop.operator('GET', `/api/alerts/kpi?from=${iso(fromMs)}&to=${iso(toMs)}${more}`)).body;

  it('rest on the whole history, and come with the targets of the standard', async () => {
    const body = await kpi(t0, t0 + 39 * DAY_MS, '&operators=2');
    expect(AlarmKpiSchema.parse(body)).toMatchObject({
      ...{ enoughData: true, total: 8, byPriority: { 1: 1, 2: 0, 3: 7, 4: 0 }, operators: 2 },
      timeToAcknowledgeS: { count: 8, p50: 90, p95: 90 },
      timeToReturnS: { count: 8, p50: 60, p95: (2 * DAY_MS) / 1000 },
      top: [
        { latheId: 'lathe-1', type: 'HIGH_TORQUE', channel: 'torque', alarms: 7, fleeting: 1 },
        { latheId: 'lathe-2', alarms: 1 },
      ],
      stale: [{ latheId: 'lathe-2', since: iso(t0 + 7 * DAY_MS - 1000) }],
      floods: [],
    });
    expect(body.figures).toContainEqual({
      ...{ name: 'peakPer10Min', value: 0.5, unit: 'alarms', target: { most: 10 }, met: true },
    });
  });

  it('of any window are the sums of just its transitions, from stored days or not', async () => {
    const days = shop.app.get(AlarmDays);
    const history = shop.app.get(AlarmHistory);
    const windows = [
      [t0, t0 + 8 * DAY_MS],
      [t0 + 9 * HOUR_MS, t0 + 5 * DAY_MS + 8 * HOUR_MS + 1],
      [t0 + 3 * HOUR_MS, t0 + 9 * HOUR_MS],
      [t0 + 6 * DAY_MS + 12 * HOUR_MS, t0 + 9 * DAY_MS + 1],
      [t0 - 3 * DAY_MS, t0 + 2 * DAY_MS],
    ] as const;
    for (const [fromMs, toMs] of windows) {
      const before = new AlarmTally();
      for await (const transition of history.between(new Date(0), new Date(fromMs))) before.add(transition);
      const whole = new AlarmTally(before.carry(fromMs));
      for await (const transition of history.between(new Date(fromMs), new Date(toMs))) whole.add(transition);
      expect(await days.tally(fromMs, toMs, Date.now())).toEqual(whole.close(toMs));
    }
    const stored = shop.app.get<Connection>(getConnectionToken()).collection('alarm_days');
    expect(await stored.countDocuments()).toBe(40);
    await stored.deleteMany({ day: { $gt: new Date(t0 + 4 * DAY_MS) } });
    await Promise.all([days.sumUp(Date.now()), days.sumUp(Date.now())]);
    expect(await stored.countDocuments()).toBe(40);
    expect(await kpi(t0, t0 + 39 * DAY_MS)).toMatchObject({ total: 8, stale: [{ latheId: 'lathe-2' }] });
  });

  it('list what is kept from people now', async () => {
    await propose(proposal('lathe-3', Date.now()));
    const [alert] = (await shop.app.get(AlertsQuery).list({ latheId: 'lathe-3', limit: 1 })).items;
    await shop.operator('POST', `/api/alerts/${alert!.id}/shelve`, { minutes: 5, reason: 'known' });
    const { silenced } = (await shop.operator('GET', '/api/alerts/kpi')).body;
    expect(silenced.shelved).toMatchObject([{ id: alert!.id, silenced: { reason: 'known' } }]);
  });

  it.each(['from=2025-02-01T00:00:00Z&to=2025-01-01T00:00:00Z', 'from=2020-01-01T00:00:00Z', 'operators=0', 'x=1'])(
    'are refused for ?%s',
    async (query) => expect((await shop.operator('GET', `/api/alerts/kpi?${query}`)).status).toBe(422),
  );
});

describe('a flood', () => {
  it('is seen, told to the browsers with the first alarm of each lathe, and over again', async () => {
    const watch = shop.app.get(FloodWatch);
    const nowMs = Date.now();
    const floodEvents = async () =>
      (await shop.app.get(EventBus).read('0-0', 5000))
        .filter(({ kind }) => kind === 'flood')
        .map(({ json }) => FloodNowSchema.parse(JSON.parse(json)));
    for (let i = 0; i < 12; i++) {
      await propose(
        proposal(`lathe-${4 + (i % 3)}`, nowMs - 5000 + i, {
          type: 'HIGH_VIBRATION',
          channel: i < 3 ? 'vibration' : i < 6 ? 'power' : i < 9 ? 'rpm' : 'health',
        }),
      );
      if (i === 8) {
        await watch.look(nowMs);
        expect((await shop.operator('GET', '/api/alerts/flood')).body).toMatchObject({ active: false, lathes: [] });
      }
    }
    await watch.look(nowMs);
    await watch.look(nowMs + 1000);
    const flood: FloodNowDto = (await shop.operator('GET', '/api/alerts/flood')).body;
    expect(flood).toMatchObject({ active: true, last10Min: 13 });
    expect(flood.lathes.map(({ latheId, alarms }) => [latheId, alarms])).toEqual([
      ['lathe-4', 4],
      ['lathe-5', 4],
      ['lathe-6', 4],
      ['lathe-3', 1],
    ]);
    const firstOut = (await shop.operator('GET', `/api/alerts/${flood.lathes[0]!.firstOut}`)).body;
    expect(firstOut).toMatchObject({ lathe_id: 'lathe-4', channel: 'vibration' });
    await watch.look(nowMs + 11 * MINUTE_MS);
    expect((await floodEvents()).map(({ active }) => active)).toEqual([true, false]);
    expect((await shop.operator('GET', '/api/alerts?open=true&limit=100')).body.items.length).toBeGreaterThan(12);
  });
});
