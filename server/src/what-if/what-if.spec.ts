import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { WhatIfAnswerSchema } from '#domain/contract/what-if.js';
import { whatIf } from '#domain/what-if/what-if.js';
import { callerFor } from '../../test/client.js';
import { until } from '../../test/product.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { PlanningModule } from '../machining/planning.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';
import { WhatIfController } from './what-if.controller.js';
import { WhatIfService } from './what-if.service.js';
import { WhatIfThread } from './what-if-thread.js';

/** As in the module, with the thread as it is built: a thread cannot be started from the sources. */
const thread = () => new WhatIfThread(pathToFileURL(resolve('dist/server/src/what-if/what-if.thread.js')));
@Module({
  imports: [LathesModule, MachineStateModule, PlanningModule],
  controllers: [WhatIfController],
  providers: [WhatIfService, { provide: WhatIfThread, useFactory: thread }],
})
class WhatIfSpecModule {}

let shop: Shop;
let jobId: string;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '2', TICK_HZ: '10' }, [WhatIfSpecModule, SimulationModule]);
  const material = 'Alloy Steel 4140';
  const job = await shop.operator(
    'POST',
    '/api/jobs',
    simpleJob('lathe-1', { material, estimatedTime: 100, timeScale: 50 }),
  );
  jobId = job.body.JobID;
  await until('the lathe has cut', 30_000, async () => {
    const { status, body } = await ask({ horizonMinutes: 1 });
    return (status === 200 && body.basis.start.tools[0].lifeUsed > 0) || undefined;
  });
}, 60_000);
afterAll(() => shop?.close());

const ask = (body: unknown, latheId = 'lathe-1') => shop.operator('POST', `/api/what-if/${latheId}`, body);

describe('what if over HTTP', () => {
  it('answers from the state of the running job', async () => {
    const { status, body } = await ask({ parameters: { cuttingSpeed: 300 }, horizonMinutes: 20 });
    expect(status).toBe(200);
    const answer = WhatIfAnswerSchema.parse(body);
    expect(answer).toMatchObject({ latheId: 'lathe-1', jobId, horizonMinutes: 20 });
    expect(answer.t.at(-1)).toBeCloseTo(20);
    expect(answer.current.curves.flankWear[0]).toBeGreaterThan(0);
    expect(answer.proposed.end.flankWear).toBeGreaterThan(answer.current.end.flankWear);
    expect(answer.sweep?.minimumCost?.cuttingSpeed).toBeGreaterThan(0);
  });

  it('brings what anybody needs to come to the same answer elsewhere', async () => {
    const question = { parameters: { feed: 0.2, coolant: 'dry' as const }, horizonMinutes: 10 };
    const { latheId: _, jobId: __, at: ___, ...answer } = WhatIfAnswerSchema.parse((await ask(question)).body);
    expect(JSON.parse(JSON.stringify(whatIf(answer.basis, question)))).toEqual(answer);
  });

  it('knows the shop’s own tools', async () => {
    const added = await shop.manager('POST', '/api/tools', {
      name: 'Wiper',
      insert: 'CNMG 120408-W',
      jobTypes: ['turning'],
      kind: 'coatedCarbide',
      enteringAngle: 95,
      noseRadius: 0.8,
      rakeAngle: 5,
      speedFactor: 1.2,
      taylorN: 0.25,
      feed: { min: 0.1, max: 0.6 },
      depthOfCut: { min: 0.5, max: 5 },
      forceLimit: 6000,
    });
    const { body } = await ask({ toolNo: added.body.toolNo, horizonMinutes: 10 });
    expect(body.proposed.toolNo).toBe(added.body.toolNo);
    expect(body.proposed.toolLife).toBeGreaterThan(body.current.toolLife);
  });

  it('is for managers and operators', async () => {
    const question = { horizonMinutes: 5 };
    expect((await shop.manager('POST', '/api/what-if/LATHE-01', question)).status).toBe(200);
    expect((await shop.nobody('POST', '/api/what-if/lathe-1', question)).status).toBe(401);
    const created = await shop.manager('POST', '/api/display-tokens', { name: 'Hall' });
    const wall = await fetch(`${shop.url}/api/what-if/lathe-1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${created.body.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    expect(wall.status).toBe(403);
  });

  it('needs a lathe and a job that runs on it', async () => {
    const free = await ask({ horizonMinutes: 5 }, 'lathe-2');
    expect([free.status, free.body.code]).toEqual([409, 'no_running_job']);
    const unknown = await ask({ horizonMinutes: 5 }, 'lathe-77');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'lathe_not_found']);
  });

  it.each([
    [{}, 'validation_failed', 'horizonMinutes'],
    [{ horizonMinutes: 5, colour: 'red' }, 'validation_failed', 'colour'],
    [{ horizonMinutes: 5, parameters: { feeed: 1 } }, 'validation_failed', 'parameters.feeed'],
    [{ horizonMinutes: 0 }, 'out_of_range', 'horizonMinutes'],
    [{ horizonMinutes: 1e6 }, 'out_of_range', 'horizonMinutes'],
    [{ horizonMinutes: 'long' }, 'not_a_number', 'horizonMinutes'],
    [{ horizonMinutes: 5, parameters: { feed: null } }, 'not_a_number', 'parameters.feed'],
    [{ horizonMinutes: 5, parameters: { cuttingSpeed: 1e9 } }, 'out_of_range', 'parameters.cuttingSpeed'],
    [{ horizonMinutes: 5, parameters: { diameter: 20, endDiameter: 40 } }, 'bad_geometry', 'parameters.endDiameter'],
    [{ horizonMinutes: 5, material: 'Cheese' }, 'material_unknown', 'material'],
    [{ horizonMinutes: 5, toolNo: 99 }, 'tool_unknown', 'toolNo'],
    [{ horizonMinutes: 5, toolNo: 6 }, 'tool_mismatch', 'toolNo'],
    [{ horizonMinutes: 5, economics: { energyPrice: -1 } }, 'out_of_range', 'economics.energyPrice'],
  ])('refuses %j', async (body, code, path) => {
    const answer = await ask(body);
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([422, code, path]);
  });

  it('is described as it is', async () => {
    const { body } = await callerFor(shop.url)('GET', '/api/openapi.json');
    const { post } = body.paths['/api/what-if/{latheId}'];
    const schema = post.requestBody.content['application/json'].schema;
    expect(schema.required).toEqual(['horizonMinutes']);
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['parameters', 'material', 'toolNo', 'horizonMinutes', 'economics']),
    );
    expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['200', '404', '409']));
  });
});
