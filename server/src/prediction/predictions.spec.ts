import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PredictionSchema } from '#domain/contract/prediction.js';
import { callerFor } from '../../test/client.js';
import { until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { RecorderModule } from '../recorder/recorder.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';
import { ActiveModel } from './active-model.js';
import { ModelNotice } from './model-notice.js';
import { ModelsRepository } from './models.repository.js';
import { PredictionsModule } from './predictions.module.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '3', TICK_HZ: '10', SENSOR_INTERVAL: '1' }, [
    PredictionsModule,
    SimulationModule,
    RecorderModule,
  ]);
  const material = 'Alloy Steel 4140';
  await shop.operator(
    'POST',
    '/api/jobs',
    simpleJob('lathe-1', { material, parameters: { cuttingSpeed: 240 }, estimatedTime: 100, timeScale: 20, seed: 4 }),
  );
}, 60_000);
afterAll(() => shop?.close());

const read = async (latheId = 'lathe-1') => PredictionSchema.parse((await ask(latheId)).body);
const ask = (latheId: string) => shop.operator('GET', `/api/predictions/${latheId}`);
const readJudged = () =>
  until('the model has judged', 30_000, async () => {
    const prediction = await read();
    return prediction.model.kind === 'trained' ? prediction : undefined;
  });

describe('predictions over HTTP', () => {
  it('come from the active model once the tool has cut', async () => {
    const prediction = await readJudged();
    expect(prediction.model).toMatchObject({ name: 'lathe', kind: 'trained' });
    expect(prediction.jobId).toMatch(/^JOB_/);
    const { failureProbability, interval, base, explanation, rulMinutes } = prediction;
    expect(interval[0]).toBeLessThanOrEqual(failureProbability);
    expect(interval[1]).toBeGreaterThanOrEqual(failureProbability);
    expect(explanation.reduce((sum, { contribution }) => sum + contribution, base)).toBeCloseTo(failureProbability, 6);
    expect(explanation.map(({ feature }) => feature).sort()).toEqual(
      ['conditions', 'heat', 'load', 'pace', 'vibration', 'wear'].sort(),
    );
    expect(rulMinutes.p10).toBeLessThanOrEqual(rulMinutes.p50!);
    expect(rulMinutes.p50).toBeLessThanOrEqual(rulMinutes.p90!);
  });

  it('say the same as the channels of the lathe', async () => {
    const lathe = await until('the list has a risk', 5000, async () => {
      const { body } = await shop.operator('GET', '/api/lathes/lathe-1');
      return body.failureProbability === null ? undefined : body;
    });
    const prediction = await read();
    expect(Math.abs(lathe.failureProbability - prediction.failureProbability)).toBeLessThan(0.2);
  });

  it('grow with wear, name it, advise against it and tell their trend', async () => {
    const first = await read();
    const late = await until('the tool is worn', 60_000, async () => {
      const prediction = await read();
      return prediction.failureProbability > 0.6 ? prediction : undefined;
    });
    expect(late.rulMinutes.p50).toBeLessThan(first.rulMinutes.p50!);
    const [strongest] = [...late.explanation].sort((a, b) => b.contribution - a.contribution);
    expect(['wear', 'conditions', 'pace']).toContain(strongest!.feature);
    expect(late.counterfactual.join(' ')).toMatch(/risk (under|to) \d/);
    expect(late.likelyMode).toBe('wearOut');
    expect(late.trend.length).toBeGreaterThan(0);
  }, 70_000);

  it('are physical for a lathe that has not cut, and say so', async () => {
    const prediction = await read('LATHE-02');
    expect(prediction).toMatchObject({ latheId: 'lathe-2', model: { kind: 'physical' }, rulMinutes: { p50: null } });
    expect(prediction.note).toMatch(/hardly cut/);
    expect(prediction.failureProbability).toBeLessThan(0.05);
  });

  it('are physical without a model, from the next tick on', async () => {
    const models = shop.app.get(ModelsRepository, { strict: false });
    const active = (await models.active())!;
    await models.takeBack(active, new Date());
    await shop.app.get(ModelNotice, { strict: false }).send();
    await until('no model is active', 5000, () =>
      shop.app.get(ActiveModel, { strict: false }).current ? undefined : true,
    );
    const prediction = await read();
    expect(prediction).toMatchObject({ model: { kind: 'physical' }, base: 0, threshold: null });
    await models.activate(active.name, active.version, new Date());
    await shop.app.get(ModelNotice, { strict: false }).send();
    await readJudged();
  });

  it('are for everybody who may see lathes', async () => {
    expect((await shop.manager('GET', '/api/predictions/lathe-1')).status).toBe(200);
    expect((await shop.nobody('GET', '/api/predictions/lathe-1')).status).toBe(401);
    const unknown = await ask('lathe-9');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'lathe_not_found']);
  });

  it('are described as they are', async () => {
    const { body } = await callerFor(shop.url)('GET', '/api/openapi.json');
    const { schema } = body.paths['/api/predictions/{latheId}'].get.responses['200'].content['application/json'];
    expect(schema.required).toEqual(
      expect.arrayContaining(['at', 'failureProbability', 'interval', 'modes', 'rulMinutes', 'anomalyScore']),
    );
  });
});
