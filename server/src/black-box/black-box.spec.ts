import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { transitionFor } from '#domain/alarms/alarm.js';
import type { BlackBoxDto, KeptBlackBox } from '#domain/contract/black-box.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { torqueAlarm } from '../../test/alarms.js';
import { openShop, type Shop } from '../../test/shop.js';
import { AlarmJournal } from '../alerts/alarm-journal.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { AlertsApiModule } from '../alerts/alerts-api.module.js';
import { ConfigModule } from '../config/config.module.js';
import { BULL_PREFIX, KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { TickBatchWriter } from '../realtime-bus/tick-batch.js';
import { StoreModule } from '../store/store.module.js';
import { BlackBoxApiModule, BlackBoxWorkerModule } from './black-box.module.js';
import { BLACK_BOX_QUEUE } from './black-box-queue.js';
import { spanAround } from './black-box-span.js';

jest.setTimeout(60_000);
const PERIOD_MS = 100;
let shop: Shop;
let redis: Redis;
let worker: TestingModule;

/** A worker that does nothing else. */
async function startWorker(): Promise<TestingModule> {
  const imports = [ConfigModule, StoreModule, RealtimeBusModule, BlackBoxWorkerModule];
  return (await Test.createTestingModule({ imports }).compile()).init();
}
beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '20' }, [AlertsApiModule, BlackBoxApiModule]);
  redis = new Redis(process.env['REDIS_URL'] ?? '');
  worker = await startWorker();
});
afterAll(async () => {
  redis?.disconnect();
  await worker?.close();
  await shop?.close();
});
beforeEach(() => redis.del(KEYS.ticks));

let lathe = 0;
/** A lathe without alarms, with its place in frames. */
const nextLathe = () => ({ latheId: `lathe-${++lathe}`, index: lathe - 1 });

/** Ticks of lathes as their worker sends them, rpm = its time in ms modulo 10,000; every tenth has no vibration. */
async function stream(indexes: number[], fromMs: number, toMs: number): Promise<void> {
  const writer = new TickBatchWriter(1);
  const pipeline = redis.pipeline();
  for (let timeMs = fromMs; timeMs <= toMs; timeMs += PERIOD_MS) {
    writer.begin();
    for (const latheIndex of indexes) {
      const values = new Float32Array(CHANNEL_COUNT);
      values[CHANNEL_INDEX.rpm] = timeMs % 10_000;
      values[CHANNEL_INDEX.vibration] = timeMs % 1000 === 0 ? Number.NaN : 1.5;
      values[CHANNEL_INDEX.torque] = latheIndex;
      writer.add(1, { latheIndex, status: 3, flags: 0, tickNumber: 1, tickTimeMs: timeMs, values });
    }
    pipeline.xadd(KEYS.ticks, `${timeMs}-*`, 'b', Buffer.from(writer.finish(timeMs)));
  }
  await pipeline.exec();
}

/** A time that is over for long enough that everything around it can be cut, at the beginning of a span. */
const past = () => spanAround(Date.now() - 50_000).raisedFromMs;

async function raise(latheId: string, atMs: number, channel: 'torque' | 'vibration' = 'torque'): Promise<string> {
  await shop.app.get(AlertsService).propose(torqueAlarm(latheId, { atMs, channel }));
  const { body } = await shop.operator('GET', `/api/alerts?latheId=${latheId}`);
  return body.items.find((alert: { channel: string }) => alert.channel === channel).id;
}
const ask = async (id: string, query = '') =>
  (await shop.operator('GET', `/api/alerts/${id}/black-box${query}`)).body as BlackBoxDto;
async function untilCut(id: string, query?: string): Promise<BlackBoxDto> {
  for (;;) {
    const box = await ask(id, query);
    if (box.status !== 'pending') return box;
    await new Promise((next) => setTimeout(next, 50));
  }
}

describe('the minute around an alarm', () => {
  it('holds every tick of its lathe from 60 s before to 30 s after', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past() + 1230;
    await stream([index, index + 1], atMs - 70_000, atMs + 40_000);
    const id = await raise(latheId, atMs);
    const box = (await untilCut(id)) as KeptBlackBox;
    const times = Array.from({ length: 901 }, (_, i) => atMs - 60_000 + i * PERIOD_MS);
    expect(box).toMatchObject({ status: 'kept', raisedAt: new Date(atMs).toISOString(), t: times });
    expect(box).not.toHaveProperty('lostUntil');
    expect(Object.keys(box.channels)).toHaveLength(CHANNEL_COUNT);
    expect(box.channels['rpm']).toEqual(times.map((timeMs) => timeMs % 10_000));
    expect(new Set(box.channels['torque'])).toEqual(new Set([index]));
    expect(box.channels['vibration']).toEqual(times.map((timeMs) => (timeMs % 1000 === 0 ? null : 1.5)));
  });

  it('is told of the channels that are asked for', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs, atMs + 1000);
    const id = await raise(latheId, atMs);
    const box = (await untilCut(id, '?channels=rpm,torque')) as KeptBlackBox;
    expect(Object.keys(box.channels)).toEqual(['rpm', 'torque']);
    const wrong = await shop.operator('GET', `/api/alerts/${id}/black-box?channels=speed`);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'validation_failed']);
    const unknown = await shop.operator('GET', '/api/alerts/nothing/black-box');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'alert_not_found']);
    expect((await shop.nobody('GET', `/api/alerts/${id}/black-box`)).status).toBe(401);
  });

  it('is pending, with the time to ask again, while it is not over', async () => {
    const { latheId } = nextLathe();
    const atMs = Date.now();
    const box = await ask(await raise(latheId, atMs));
    expect(box).toMatchObject({ status: 'pending', to: new Date(atMs + 30_000).toISOString() });
    const waitMs = Date.parse(box.status === 'pending' ? box.readyAt : '') - atMs;
    expect(waitMs).toBeGreaterThan(30_000);
    expect(waitMs).toBeLessThanOrEqual(36_000);
  });

  it('is stored once for alarms that come together, and each of them gets its own part', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 61_000, atMs + 40_000);
    const first = await raise(latheId, atMs + 100);
    const second = await raise(latheId, atMs + 4900, 'vibration');
    const boxes = (await Promise.all([untilCut(first), untilCut(second)])) as KeptBlackBox[];
    expect(boxes.map(({ t }) => t.at(-1)! - atMs)).toEqual([30_100, 34_900]);
    const stored = shop.app.get<Connection>(getConnectionToken(), { strict: false }).collection('black_boxes');
    expect(await stored.countDocuments({ _id: { $gte: `${latheId}|`, $lt: `${latheId}}` } } as object)).toBe(1);
  });

  it('says what was no longer held when it was cut', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 60_000, atMs + 40_000);
    await redis.xtrim(KEYS.ticks, 'MINID', `${atMs - 20_000}-0`);
    const box = (await untilCut(await raise(latheId, atMs))) as KeptBlackBox;
    expect(box).toMatchObject({ status: 'kept', lostUntil: new Date(atMs - 20_000).toISOString() });
    expect(box.t[0]).toBe(atMs - 20_000);
  });

  it('is lost where nothing of it was held any more, also for an alarm that nobody ordered it for', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 60_000, atMs + 45_000);
    await redis.xtrim(KEYS.ticks, 'MINID', `${atMs + 36_000}-0`);
    expect(await untilCut(await raise(latheId, atMs))).toMatchObject({ status: 'lost' });
    const old = nextLathe();
    expect(await ask(await raise(old.latheId, Date.now() - 86_400_000))).toMatchObject({ status: 'lost' });
  });

  it('goes after its time, and says so', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 1000, atMs + 1000);
    await untilCut(await raise(latheId, atMs));
    const stored = shop.app.get<Connection>(getConnectionToken(), { strict: false }).collection('black_boxes');
    const box = await stored.findOne({ _id: { $gte: `${latheId}|`, $lt: `${latheId}}` } } as object);
    expect(box?.['expiresAt']).toEqual(new Date(spanAround(atMs).raisedFromMs + 365 * 86_400_000));
    expect(await stored.indexes()).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
    const old = nextLathe();
    const expired = await ask(await raise(old.latheId, Date.now() - 366 * 86_400_000));
    expect(expired).toMatchObject({ status: 'expired', keptDays: 365 });
  });

  it('is empty for a lathe that had no job', async () => {
    const { latheId } = nextLathe();
    expect(await untilCut(await raise(latheId, past()))).toMatchObject({ status: 'kept', t: [] });
  });
});

describe('a process that dies', () => {
  it('between the transition and the order leaves an order that is given after the restart', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 1000, atMs + 1000);
    const alarms = shop.app.get(AlarmsRepository, { strict: false });
    const slot = `${latheId}|HIGH_TORQUE|torque`;
    const opened = await alarms.open(
      { latheId, type: 'HIGH_TORQUE', channel: 'torque', slot },
      { isManual: false, isLatching: false },
      atMs,
    );
    const event = { type: 'limitExceeded' as const, atMs, actor: 'system', message: 'High', priority: 2 };
    await alarms.append(opened!, { ...transitionFor(opened!.alarm, event), alertId: opened!.id });
    await shop.app.get(AlarmJournal).catchUp(new Date());
    expect(((await untilCut(opened!.id)) as KeptBlackBox).t).toHaveLength(21);
  });

  it('while it cuts is replaced by the next worker', async () => {
    const { latheId, index } = nextLathe();
    const atMs = past();
    await stream([index], atMs - 1000, atMs + 1000);
    await worker.close();
    const connection = new Redis(process.env['REDIS_URL'] ?? '', { maxRetriesPerRequest: null });
    let dying!: Worker;
    const hasBegun = new Promise<void>((begun) => {
      const never = () => {
        begun();
        return new Promise<void>(() => undefined);
      };
      dying = new Worker(BLACK_BOX_QUEUE, never, { connection, prefix: BULL_PREFIX, lockDuration: 1000 });
    });
    const id = await raise(latheId, atMs);
    await hasBegun;
    await dying.close(true); // as kill -9: what it has taken stays taken until its lock runs out
    connection.disconnect();
    worker = await startWorker();
    expect(((await untilCut(id)) as KeptBlackBox).t).toHaveLength(21);
  });
});
