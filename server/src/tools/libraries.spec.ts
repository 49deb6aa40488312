import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MaterialSchema, ToolSchema } from '#domain/contract/library.js';
import { MATERIALS } from '#domain/machining/materials.js';
import { TOOLS } from '#domain/machining/tools.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '4' });
});
afterAll(() => shop?.close());

const grooving = {
  name: 'Grooving',
  insert: 'MGMN 300',
  jobTypes: ['turning'],
  kind: 'coatedCarbide',
  enteringAngle: 90,
  noseRadius: 0.4,
  rakeAngle: 0,
  speedFactor: 0.8,
  taylorN: 0.25,
  feed: { min: 0.05, max: 0.15 },
  depthOfCut: { min: 0.5, max: 3 },
  forceLimit: 2500,
};
const inconel = {
  name: 'Inconel 718',
  ferrous: false,
  hardness: 340,
  kc1: 2400,
  mc: 0.25,
  density: 8190,
  specificHeat: 435,
  conductivity: 11.4,
  limitTemperature: 1530,
  heatFactor: 0.6,
  rippleFactor: 0.08,
  speed15: 45,
};

describe('libraries', () => {
  it('come with the tables of the machining domain and their source', async () => {
    const tools = (await shop.operator('GET', '/api/tools')).body;
    const materials = (await shop.manager('GET', '/api/materials')).body;
    expect(tools).toMatchObject(TOOLS);
    expect(materials).toMatchObject(MATERIALS);
    for (const tool of tools) expect(ToolSchema.parse(tool).source).toContain('Groover');
    for (const material of materials) expect(MaterialSchema.parse(material).source).toContain('VDI 3323');
  });

  it('take a new tool and a new material, with which jobs can be planned', async () => {
    const tool = await shop.manager('POST', '/api/tools', grooving);
    expect([tool.status, tool.body.toolNo]).toEqual([201, 11]);
    expect((await shop.manager('POST', '/api/tools', { ...grooving, toolNo: 11 })).body.code).toBe('tool_exists');
    expect((await shop.manager('POST', '/api/materials', inconel)).status).toBe(201);
    expect((await shop.manager('POST', '/api/materials', inconel)).body.code).toBe('material_exists');
    expect((await shop.manager('POST', '/api/materials', { ...inconel, name: 'Custom' })).status).toBe(409);
    const job = await shop.operator('POST', '/api/jobs', simpleJob('lathe-1', { toolNo: 11, material: 'Inconel 718' }));
    expect([job.status, job.body.Material]).toEqual([201, 'Inconel 718']);
  });

  it('take changes', async () => {
    expect((await shop.manager('PATCH', '/api/tools/1', { forceLimit: 5500 })).body).toMatchObject({
      toolNo: 1,
      forceLimit: 5500,
      insert: 'CNMG 120408',
    });
    const name = encodeURIComponent('Titanium Ti-6Al-4V');
    expect((await shop.manager('PATCH', `/api/materials/${name}`, { hardness: 340 })).body.hardness).toBe(340);
    expect((await shop.manager('PATCH', '/api/tools/99', { forceLimit: 1 })).body.code).toBe('tool_not_found');
    expect((await shop.manager('PATCH', '/api/tools/x', { forceLimit: 1 })).body.code).toBe('tool_not_found');
    expect((await shop.manager('PATCH', '/api/materials/Gold', { hardness: 1 })).body.code).toBe('material_not_found');
  });

  it.each([
    ['POST', '/api/tools', { ...grooving, kind: 'stone' }],
    ['POST', '/api/tools', { ...grooving, feed: { min: 2, max: 1 } }],
    ['POST', '/api/tools', { ...grooving, colour: 'red' }],
    ['PATCH', '/api/tools/1', {}],
    ['PATCH', '/api/tools/1', { toolNo: 5 }],
    ['POST', '/api/materials', { ...inconel, mc: 0.7 }],
    ['PATCH', '/api/materials/Brass', { name: 'Gold' }],
  ])('refuse %s %s %j', async (method, path, body) => {
    const answer = await shop.manager(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });

  it('are changed by managers alone', async () => {
    expect((await shop.operator('POST', '/api/tools', grooving)).status).toBe(403);
    expect((await shop.operator('PATCH', '/api/materials/Brass', { hardness: 80 })).status).toBe(403);
    expect((await shop.nobody('GET', '/api/tools')).status).toBe(401);
  });
});
