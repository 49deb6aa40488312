import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toolRuns } from '#domain/prediction/live-history.js';
import { until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { SimulationModule } from '../simulation/simulation.module.js';
import { PredictionsRepository, type StoredSample } from './predictions.repository.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '2', TICK_HZ: '10' }, [SimulationModule]);
  const material = 'Alloy Steel 4140';
  const job = simpleJob('lathe-1', { material, estimatedTime: 100, timeScale: 20, seed: 4 });
  await shop.operator('POST', '/api/jobs', job);
}, 60_000);
afterAll(() => shop?.close());

const predictions = () => shop.app.get(PredictionsRepository, { strict: false });

async function stored(): Promise<StoredSample[]> {
  const samples: StoredSample[] = [];
  for await (const sample of predictions().between(0, Date.now() + 60_000)) samples.push(sample);
  return samples;
}

describe('stored predictions', () => {
  it('come with what they were told, model and tool', async () => {
    const [sample] = await until('a prediction is stored', 30_000, async () => {
      const samples = await stored();
      return samples.length > 0 ? samples : undefined;
    });
    expect(sample).toMatchObject({ latheId: 'lathe-1', toolNo: 1, model: { name: 'lathe' } });
    expect(sample!.row.every(Number.isFinite)).toBe(true);
    expect(sample!.failureProbability).toBeGreaterThanOrEqual(0);
    expect(toolRuns([sample!])).toHaveLength(1);
  }, 40_000);

  it('are stored once for a lathe and a time', async () => {
    const before = await stored();
    await predictions().add([before[0]!, { ...before[0]!, atMs: before[0]!.atMs - 60_000 }]);
    const after = await stored();
    expect(after.filter(({ atMs }) => atMs === before[0]!.atMs)).toHaveLength(1);
    expect(after.filter(({ atMs }) => atMs === before[0]!.atMs - 60_000)).toHaveLength(1);
  });
});
