import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LatheDto, LatheSchema } from '#domain/contract/lathe.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { LathesService } from './lathes.service.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '13' });
});
afterAll(() => shop?.close());

/** Resolves with the first event of that lathe, from now on, that fits. */
async function nextEvent(latheId: string, fits: (lathe: LatheDto) => boolean): Promise<LatheDto> {
  const events = shop.app.get(EventBus);
  const from = await events.readLatestId();
  return new Promise((resolve) => {
    const follower = events.follow(from, ({ kind, json }) => {
      const lathe = JSON.parse(json) as LatheDto;
      if (kind !== 'lathe' || lathe.id !== latheId || !fits(lathe)) return;
      void follower.stop();
      resolve(lathe);
    });
  });
}

describe('lathes', () => {
  it('are a plain list in the order of tick frames', async () => {
    const { status, body } = await shop.operator('GET', '/api/lathes');
    expect(status).toBe(200);
    expect(body).toHaveLength(13);
    for (const [i, lathe] of body.entries()) {
      expect(LatheSchema.parse(lathe)).toMatchObject({
        id: `lathe-${i + 1}`,
        index: i,
        status: 'idle',
        activeAlerts: 0,
      });
    }
  });

  it('go by several spellings, and are not found by others', async () => {
    for (const id of ['lathe-7', 'LATHE-07', 'Lathe-7']) {
      expect((await shop.operator('GET', `/api/lathes/${id}`)).body.id).toBe('lathe-7');
    }
    for (const id of ['lathe-14', 'lathe-0', 'mill-1', '7']) {
      expect((await shop.operator('GET', `/api/lathes/${id}`)).body.code).toBe('lathe_not_found');
    }
    expect((await shop.nobody('GET', '/api/lathes')).status).toBe(401);
  });

  it('are changed by managers, in single limits too', async () => {
    const change = { name: 'Big one', position: { x: 1.5, z: -2 }, limits: { maxPower: 9000 } };
    const told = nextEvent('lathe-2', ({ name }) => name === 'Big one');
    const { status, body } = await shop.manager('PATCH', '/api/lathes/LATHE-02', change);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Big one', position: { x: 1.5, z: -2 } });
    expect(body.limits).toEqual({ maxSpindleSpeed: 4000, maxPower: 9000, maxTorque: 203 });
    expect(await told).toMatchObject({ limits: { maxPower: 9000 } });
    expect((await shop.operator('PATCH', '/api/lathes/lathe-2', change)).status).toBe(403);
    expect((await shop.manager('PATCH', '/api/lathes/lathe-77', change)).status).toBe(404);
  });

  it.each([
    [{}],
    [{ colour: 'red' }],
    [{ limits: { maxPower: 1e6 } }],
    [{ name: '' }],
    [{ position: { x: 'a', z: 1 } }],
  ])('refuse the change %j', async (change) => {
    const answer = await shop.manager('PATCH', '/api/lathes/lathe-2', change);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });

  it('name the field that they do not know', async () => {
    const answer = await shop.manager('PATCH', '/api/lathes/lathe-2', { limits: { maxNoise: 3 } });
    expect(answer.body.errors).toEqual([{ path: 'limits.maxNoise', message: 'is not a known field' }]);
  });

  it('limit the jobs that are planned on them', async () => {
    await shop.manager('PATCH', '/api/lathes/lathe-3', { limits: { maxSpindleSpeed: 1000 } });
    const fast = simpleJob('lathe-3', { parameters: { mode: 'constantRpm', rpm: 2000 } });
    const answer = await shop.operator('POST', '/api/jobs', fast);
    expect(answer.status).toBe(422);
  });

  it('tell of a lock, and of nothing twice', async () => {
    const lathes = shop.app.get(LathesService, { strict: false });
    const told = nextEvent('lathe-4', ({ locked }) => locked);
    await lathes.lock('lathe-4', 'alert-1');
    await lathes.lock('lathe-4', 'alert-2');
    expect(await told).toMatchObject({ status: 'alarm' });
    const renamed = nextEvent('lathe-4', ({ name }) => name === 'Renamed');
    await lathes.patch('lathe-4', { name: 'Renamed' });
    await renamed;
    const events = (await shop.app.get(EventBus).read('0-0', 5000))
      .map(({ json }) => JSON.parse(json) as LatheDto)
      .filter(({ id, locked }) => id === 'lathe-4' && locked);
    expect(events.map(({ name }) => name)).toEqual(['Lathe 04', 'Renamed']);
    expect(await lathes.get('lathe-4')).toMatchObject({ lockedBy: 'alert-1' });
  });

  it('tell of a health band that nobody has touched', async () => {
    const { client } = shop.app.get(RedisService);
    const told = nextEvent('lathe-5', ({ healthBand }) => healthBand === 'poor');
    const live = { health: 0.3, failureProbability: 0.2, atMs: Date.now(), jobId: null };
    await client.hset(KEYS.live, 'lathe-5', JSON.stringify(live));
    expect(await told).toMatchObject({ health: 0.3, failureProbability: 0.2 });
  });
});
