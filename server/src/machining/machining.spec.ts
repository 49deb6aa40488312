import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop, type Shop } from '../../test/shop.js';
import { answerRun } from './simulation-run.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '1' });
});
afterAll(() => shop?.close());

const cut = {
  jobType: 'turning',
  material: 'Alloy Steel 4140',
  toolNo: 1,
  parameters: { mode: 'constantRpm', cuttingSpeed: 200, feed: 0.25, depthOfCut: 2, diameter: 60 },
};
const calculate = (body: unknown) => shop.operator('POST', '/api/machining/calculate', body);

describe('calculator over HTTP', () => {
  it('answers with the handbook’s figures', async () => {
    const { status, body } = await calculate(cut);
    expect(status).toBe(200);
    expect(body.spindleSpeed).toBeCloseTo(1061.03, 1);
    expect(body.cuttingForce).toBeCloseTo(1313.3, 0);
    expect(body.removalRate).toBeCloseTo(96.67, 1);
  });

  it('cuts with the shop’s own tools', async () => {
    await shop.manager('PATCH', '/api/tools/1', { rakeAngle: 0 });
    const { body } = await calculate(cut);
    expect(body.cuttingForce).toBeCloseTo(1313.3 / 1.06, 0);
  });

  it.each([
    ['an unknown field', { ...cut, colour: 'red' }, 'validation_failed'],
    ['an unknown parameter', { ...cut, parameters: { feeed: 0.2 } }, 'validation_failed'],
    ['nothing for a number', { ...cut, parameters: { feed: null } }, 'not_a_number'],
    ['a feed out of range', { ...cut, parameters: { feed: 9 } }, 'out_of_range'],
    ['css without a top speed', { ...cut, parameters: { mode: 'css', cuttingSpeed: 200 } }, 'missing_max_rpm'],
    ['a bad shape', { ...cut, parameters: { diameter: 60, endDiameter: 70 } }, 'bad_geometry'],
    ['wood to knurl', { jobType: 'knurling', material: 'Wood', toolNo: 8 }, 'not_formable'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await calculate(body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('refuses accelerated runs beyond a day and fields it does not know', async () => {
    for (const misfit of [{ minutes: 1441 }, { minutes: 1, points: 1 }, { minutes: 1, dt: 11 }]) {
      const answer = await shop.operator('POST', '/api/machining/simulate', { ...cut, ...misfit });
      expect([answer.status, answer.body.code]).toEqual([422, 'out_of_range']);
    }
    const answer = await shop.operator('POST', '/api/machining/simulate', { ...cut, minutes: 1, speed: 1 });
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });
});

describe('one accelerated run', () => {
  it('is answered with its result or with the reason why there is none', () => {
    const request = { jobType: 'turning', material: 'Brass', toolNo: 3, minutes: 2, points: 5 };
    const answer = answerRun({ id: 7, question: { request, library: {} } });
    expect(answer).toMatchObject({ id: 7, kind: 'result', result: { t: expect.any(Array) } });
    expect(answerRun({ id: 8, question: { request: { ...request, toolNo: 5 }, library: {} } })).toMatchObject({
      id: 8,
      kind: 'refused',
      errors: [{ code: 'tool_mismatch' }],
    });
  });
});
