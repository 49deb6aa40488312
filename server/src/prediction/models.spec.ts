import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import {
  ComparisonSchema,
  DriftSchema,
  RegisteredModelSchema,
  ScoreBoardSchema,
  TrainingSchema,
} from '#domain/contract/prediction-model.js';
import { callerFor } from '../../test/client.js';
import { until } from '../../test/product.js';
import { openShop, type Shop } from '../../test/shop.js';
import { AlertTransitionDocument, AlertTransitionMongoSchema } from '../alerts/alert-transition.schema.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { ActiveModel } from './active-model.js';
import { EvaluationThread } from './evaluation-thread.js';
import { ModelFigures } from './model-figures.service.js';
import { ModelsController } from './models.controller.js';
import { ModelsRepository } from './models.repository.js';
import { ModelsService } from './models.service.js';
import { TrainingWorker } from './training.worker.js';
import { TrainingProcess } from './training-process.js';
import { TrainingQueue } from './training-queue.js';
import { TrainingStoreModule } from './training-store.module.js';
import { TrainingsController } from './trainings.controller.js';
import { TrainingsService } from './trainings.service.js';
import { VerdictsRepository } from './verdicts.repository.js';

const built = (file: string) => pathToFileURL(resolve(`dist/server/src/prediction/${file}`));

/** As in the modules, with thread and process as they are built: they cannot be started from the sources. */
@Module({
  imports: [
    TrainingStoreModule,
    MongooseModule.forFeature([{ name: AlertTransitionDocument.name, schema: AlertTransitionMongoSchema }]),
  ],
  controllers: [TrainingsController, ModelsController],
  providers: [
    ModelsService,
    ModelFigures,
    TrainingsService,
    TrainingQueue,
    VerdictsRepository,
    TrainingWorker,
    { provide: EvaluationThread, useFactory: () => new EvaluationThread(built('evaluation.thread.js')) },
    { provide: TrainingProcess, useFactory: () => new TrainingProcess(built('training.child.js')) },
  ],
})
class ModelsSpecModule {}

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '1' }, [ModelsSpecModule]);
  const models = shop.app.get(ModelsRepository, { strict: false });
  const shipped = (await models.find('lathe', '1'))!;
  await models.add({ ...shipped, version: 'plant-1', source: 'plant', registeredAt: new Date() } as never);
}, 60_000);
afterAll(() => shop?.close());

const active = () => shop.app.get(ActiveModel, { strict: false });
const post = (path: string, body: unknown = {}) => shop.manager('POST', `/api/models/${path}`, body);

describe('the registry over HTTP', () => {
  it('lists what is shipped, with metrics, the newest lathe model active', async () => {
    const { status, body } = await shop.manager('GET', '/api/models');
    expect(status).toBe(200);
    const models = RegisteredModelSchema.array().parse(body);
    const lathe = models.find(({ name, source }) => name === 'lathe' && source === 'shipped')!;
    expect(lathe).toMatchObject({ active: true, forLathes: true });
    expect(lathe.metrics.figures['prAuc']!.value).toBeGreaterThan(0.5);
    expect(models.find(({ name }) => name === 'ai4i')).toMatchObject({ active: false, forLathes: false });
  });

  it('activates at once in this process and tells browsers', async () => {
    const from = await shop.app.get(EventBus, { strict: false }).readLatestId();
    const { status, body } = await post('lathe/plant-1/activate');
    expect([status, body.version, body.active]).toEqual([200, 'plant-1', true]);
    expect(active().current?.version).toBe('plant-1');
    const events = await shop.app.get(EventBus, { strict: false }).read(from);
    expect(events.filter(({ kind }) => kind === 'model').map(({ json }) => JSON.parse(json).version)).toEqual([
      'plant-1',
    ]);
  });

  it('rolls back to the one before, and no further than there is', async () => {
    const { status, body } = await post('rollback');
    expect([status, body.version]).toEqual([200, '1']);
    expect(active().current?.version).toBe('1');
    const further = await post('rollback');
    expect([further.status, further.body.code]).toEqual([409, 'nothing_to_roll_back']);
  });

  it('never lets a model judge lathes that it was not made for', async () => {
    const { status, body } = await post('ai4i/1/activate');
    expect([status, body.code]).toEqual([409, 'model_not_for_lathes']);
  });

  it('has one challenger beside the active one', async () => {
    const { status } = await post('lathe/plant-1/challenge');
    expect(status).toBe(200);
    expect(active().challenger?.version).toBe('plant-1');
    expect(active().current?.version).toBe('1');
    await shop.manager('DELETE', '/api/models/challenger');
    expect(active().challenger).toBeNull();
  });

  it('compares two versions on the same rows', async () => {
    const { status, body } = await shop.manager('GET', '/api/models/compare?a=lathe:1&b=lathe:plant-1');
    expect(status).toBe(200);
    const { data, models, better } = ComparisonSchema.parse(body);
    expect(data.failures).toBeGreaterThan(30);
    expect(models[0]!.figures).toEqual(models[1]!.figures); // the same content under two names
    expect(better).toBeNull();
    const other = await shop.manager('GET', '/api/models/compare?a=lathe:1&b=ai4i:1');
    expect([other.status, other.body.code]).toEqual([409, 'models_not_comparable']);
  }, 90_000);

  it('has drift and scores even where nothing was predicted yet', async () => {
    const drift = DriftSchema.parse((await shop.manager('GET', '/api/models/lathe/1/drift')).body);
    expect(drift).toMatchObject({ rows: 0, enough: false });
    const board = ScoreBoardSchema.parse((await shop.manager('GET', '/api/models/score-board')).body);
    expect(board).toMatchObject({ models: [], lathes: [] });
  });

  it('answers 404 for what there is not, 422 for what it cannot read', async () => {
    expect((await post('lathe/99/activate')).body.code).toBe('model_not_found');
    expect((await shop.manager('GET', '/api/models/nothing/1')).status).toBe(404);
    expect((await shop.manager('GET', '/api/models/compare?a=lathe&b=lathe:1')).status).toBe(422);
    expect((await post('train', { source: 'rumours' })).status).toBe(422);
  });

  it('is for managers', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/score-board'],
      ['GET', '/trainings'],
      ['POST', '/lathe/1/activate'],
      ['POST', '/rollback'],
      ['POST', '/train'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined;
      expect([path, (await shop.operator(method, `/api/models${path}`, body)).status]).toEqual([path, 403]);
      expect([path, (await shop.nobody(method, `/api/models${path}`, body)).status]).toEqual([path, 401]);
    }
  });

  it('is described as it is', async () => {
    const { body } = await callerFor(shop.url)('GET', '/api/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/models', '/api/models/{name}/{version}/activate', '/api/models/train']),
    );
    expect(Object.keys(body.paths['/api/models/train'].post.responses)).toEqual(expect.arrayContaining(['202', '409']));
  });
});

describe('training over HTTP', () => {
  const read = async (id: string) => {
    const list = TrainingSchema.array().parse((await shop.manager('GET', '/api/models/trainings')).body);
    return list.find(({ trainingId }) => trainingId === id)!;
  };

  it('is refused where the plant has seen too few failures', async () => {
    const { status, body } = await post('train');
    expect([status, body.code]).toEqual([409, 'too_few_failures']);
  });

  it('goes on one at a time, tells its progress and can be called off', async () => {
    const started = await post('train', { source: 'generated', tools: 40, seed: 3 });
    expect(started.status).toBe(202);
    const { trainingId } = TrainingSchema.parse(started.body);
    const second = await post('train', { source: 'generated', tools: 40 });
    expect([second.status, second.body.code]).toEqual([409, 'training_runs']);
    await until('it gets on', 60_000, async () => ((await read(trainingId)).progress > 0 ? true : undefined));
    expect((await post(`trainings/${trainingId}/cancel`)).status).toBe(202);
    const ended = await until('it is called off', 20_000, async () => {
      const training = await read(trainingId);
      return training.state === 'cancelled' ? training : undefined;
    });
    expect(ended.endedAt).toBeDefined();
    const again = await post(`trainings/${trainingId}/cancel`);
    expect([again.status, again.body.code]).toEqual([409, 'training_over']);
    expect((await post('trainings/unheard-of/cancel')).status).toBe(404);
  }, 90_000);
});
