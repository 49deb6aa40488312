import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { ConfigError } from '../config/settings.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { CheckpointStore } from '../simulation/checkpoint-store.js';
import { SimulationModule } from '../simulation/simulation.module.js';
import { ActiveModel } from './active-model.js';
import { ModelsRepository } from './models.repository.js';
import { readStartModel } from './start-model.js';

const LATHES = 12;
const SHIPPED = resolve('models/lathe/1');
const folder = mkdtempSync(join(tmpdir(), 'byte-astra-model-'));
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: String(LATHES), TICK_HZ: '10' }, [SimulationModule]);
  for (let i = 1; i <= LATHES; i++) {
    await shop.operator('POST', '/api/jobs', simpleJob(`lathe-${i}`, { estimatedTime: 30 }));
  }
}, 60_000);
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a model that is swapped while lathes run', () => {
  it('loses no tick: every lathe goes on in its beat, judged by one or the other', async () => {
    const checkpoints = shop.app.get(CheckpointStore, { strict: false });
    const models = shop.app.get(ModelsRepository, { strict: false });
    const active = shop.app.get(ActiveModel, { strict: false });
    const shipped = (await models.find('lathe', '1'))!;
    await models.add({ ...shipped, version: 'plant-1', registeredAt: new Date() } as never);
    const ticks = async () => {
      const all = await Promise.all(Array.from({ length: LATHES }, (_, i) => checkpoints.read(`lathe-${i + 1}`)));
      return all.every((each) => each && each.tick > 20)
        ? all.map((each) => ({ tick: each!.tick, atMs: each!.atMs }))
        : undefined;
    };
    const bus = shop.app.get(RedisService, { strict: false }).connect('model-swap', { maxRetriesPerRequest: null });
    const nextTicks = () => bus.xread('BLOCK', 5000, 'STREAMS', KEYS.ticks, '$');
    const before = await until('all lathes run', 60_000, ticks);
    const judges = new Set<string>();
    for (let swap = 0; swap < 12; swap++) {
      await models.activate('lathe', swap % 2 ? '1' : 'plant-1', new Date(Date.now() + swap));
      await active.look();
      judges.add(active.current!.version);
      await nextTicks();
    }
    expect([...judges].sort()).toEqual(['1', 'plant-1']);
    const after = await until('another second is stored', 20_000, async () => {
      const now = await ticks();
      return now?.every(({ tick }, i) => tick > before[i]!.tick + 15) ? now : undefined;
    });
    for (const [i, { tick, atMs }] of after.entries()) {
      // a lost tick would leave a hole in the grid of 100 ms
      expect(tick - before[i]!.tick).toBe(Math.round((atMs - before[i]!.atMs) / 100));
    }
  }, 120_000);
});

describe('ML_MODEL_PATH', () => {
  const copy = (name: string) => {
    const to = join(folder, name, '1');
    mkdirSync(to, { recursive: true });
    cpSync(SHIPPED, to, { recursive: true });
    return to;
  };

  it('takes a folder or a file in it', () => {
    expect(readStartModel(SHIPPED)).toMatchObject({ name: 'lathe', version: '1' });
    expect(readStartModel(join(SHIPPED, 'model.json'))).toMatchObject({ name: 'lathe' });
    expect(readStartModel(undefined)).toBeNull();
  });

  it.each([
    ['changed', (path: string) => writeFileSync(join(path, 'weights.json'), '{}'), /weights\.json: was changed/],
    ['incomplete', (path: string) => rmSync(join(path, 'model.json')), /model\.json: is missing/],
    ['no JSON', (path: string) => writeFileSync(join(path, 'manifest.json'), 'pickle'), /manifest\.json: is not JSON/],
  ])('refuses a model that is %s, in one line', (name, breakIt, message) => {
    const path = copy(name);
    breakIt(path);
    const refused = () => readStartModel(path);
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(/\n/);
  });

  it('refuses a model that reads other things than lathes tell', () => {
    expect(() => readStartModel('models/ai4i/1')).toThrow(/ML_MODEL_PATH: .*ai4i layout/);
  });
});
