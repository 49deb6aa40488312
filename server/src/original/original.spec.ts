import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '8', SIMULATION_TIMEOUT: '120' });
});
afterAll(() => shop?.close());

const wish = (more: object = {}) => ({
  lathe_id: 'LATHE-01',
  material: 'Mild Steel',
  job_type: 'turning',
  tool_no: 1,
  duration: 90,
  ...more,
});

describe('POST /simulator/start', () => {
  it('starts a job of that many seconds', async () => {
    const answer = await shop.operator('POST', '/simulator/start', wish());
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ job_id: expect.any(String), lathe_id: 'lathe-1', status: 'Queued', warnings: [] });
    const job = (await shop.operator('GET', `/api/jobs/${answer.body.job_id}`)).body;
    expect(job).toMatchObject({ EstimatedTime: 1.5, timeScale: 1, ToolNo: 1 });
  });

  it('takes the first fitting tool where the wished one does not fit, and says so', async () => {
    const answer = await shop.operator('POST', '/simulator/start', wish({ lathe_id: 'lathe-2', tool_no: 5 }));
    expect(answer.status).toBe(202);
    expect(answer.body.warnings).toMatchObject([{ code: 'w_tool_replaced', field: 'tool_no' }]);
    expect(answer.body.warnings[0].message).toContain('tool 1');
    expect((await shop.operator('GET', `/api/jobs/${answer.body.job_id}`)).body.ToolNo).toBe(1);
  });

  it.each([
    [{ duration: 121 }, 422, 'out_of_range'],
    [{ duration: 'long' }, 422, 'not_a_number'],
    [{ tool_no: 55 }, 422, 'tool_unknown'],
    [{ material: 'Cheese' }, 422, 'material_unknown'],
    [{ colour: 'red' }, 422, 'validation_failed'],
    [{ lathe_id: 'lathe-99' }, 404, 'lathe_not_found'],
    [{ lathe_id: 'lathe-1' }, 409, 'lathe_busy'],
  ])('refuses %j', async (misfit, status, code) => {
    const answer = await shop.operator('POST', '/simulator/start', wish({ lathe_id: 'lathe-3', ...misfit }));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('names a refused field as the request does', async () => {
    const answer = await shop.operator('POST', '/simulator/start', wish({ lathe_id: 'lathe-3', tool_no: 55 }));
    expect(answer.body.errors).toMatchObject([{ path: 'tool_no', code: 'tool_unknown' }]);
  });

  it('is for operators', async () => {
    expect((await shop.manager('POST', '/simulator/start', wish())).status).toBe(403);
    expect((await shop.nobody('POST', '/simulator/start', wish())).status).toBe(401);
  });
});

describe('POST /jobs/create', () => {
  const form = (fields: Record<string, string>) =>
    fetch(`${shop.url}/jobs/create`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: shop.cookies.operator, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const fields = { latheId: 'lathe-4', jobType: 'facing', material: 'Aluminum', toolNo: '3', estimatedTime: '2' };

  it('takes a form and leads on to the lathe’s jobs', async () => {
    const response = await form({ ...fields, feed: '0.12' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/jobs/lathe-4']);
    const [job] = (await shop.operator('GET', '/jobs/lathe-4')).body;
    expect(job).toMatchObject({ JobType: 'facing', EstimatedTime: 2, parameters: { feed: 0.12 } });
  });

  it('takes JSON and answers with the job', async () => {
    const answer = await shop.operator('POST', '/jobs/create', simpleJob('lathe-5'));
    expect([answer.status, answer.body.latheId]).toEqual([201, 'lathe-5']);
  });

  it('refuses a form that does not fit', async () => {
    const response = await form({ ...fields, latheId: 'lathe-6', toolNo: 'three' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'not_a_number' });
    expect((await shop.operator('POST', '/jobs/create')).status).toBe(422);
    expect((await shop.manager('POST', '/jobs/create', simpleJob('lathe-6'))).status).toBe(403);
  });
});

describe('GET /debug/mongodb', () => {
  it('tells managers how the store is', async () => {
    const { status, body } = await shop.manager('GET', '/debug/mongodb');
    expect(status).toBe(200);
    expect(body).toMatchObject({ connected: true, version: expect.stringMatching(/^\d+\.\d+/) });
    expect(['embedded', 'mongodb']).toContain(body.engine);
    expect(body.databases.length).toBeGreaterThan(0);
    expect(body.latencyMs).toBeGreaterThan(0);
    expect((await shop.operator('GET', '/debug/mongodb')).status).toBe(403);
  });
});
