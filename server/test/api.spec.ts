import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, type Caller, callerFor, StreamListener, signIn } from './client.js';
import { type Product, startProduct, until } from './product.js';

jest.setTimeout(90_000);

type Role = 'manager' | 'operator' | 'display' | 'nobody';
const ROLES: Role[] = ['manager', 'operator', 'display', 'nobody'];

let product: Product;
const callers = {} as Record<Role, Caller>;
let operator: Caller;
let manager: Caller;

beforeAll(async () => {
  product = await startProduct();
  manager = callers.manager = callerFor(product.url, await signIn(product.url, 'Sahil'));
  operator = callers.operator = callerFor(product.url, await signIn(product.url, 'Yash'));
  const { token } = (await manager('POST', '/api/display-tokens', { name: 'Hall' })).body;
  const display = callerFor(product.url);
  callers.display = (method, path, body, headers) =>
    display(method, path, body, { authorization: `Bearer ${token}`, ...headers });
  callers.nobody = callerFor(product.url);
});
afterAll(() => product?.stop());

const expectProblem = (answer: Answer, status: number, code: string) => {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    detail: expect.any(String),
    status,
  });
};

const job = (latheId: string, more: object = {}) => ({
  latheId,
  jobType: 'turning',
  material: 'Mild Steel',
  toolNo: 1,
  estimatedTime: 10,
  ...more,
});

describe('who may call what', () => {
  it.each<[string, string, string, unknown?]>([
    ['MOD', 'GET', '/api/me'],
    ['MOD', 'GET', '/api/lathes'],
    ['MOD', 'GET', '/api/lathes/lathe-20'],
    ['M', 'PATCH', '/api/lathes/lathe-20', {}],
    ['O', 'POST', '/api/jobs', {}],
    ['O', 'POST', '/jobs/create', {}],
    ['O', 'POST', '/simulator/start', {}],
    ['MO', 'GET', '/api/jobs'],
    ['MO', 'GET', '/jobs/lathe-20'],
    ['MO', 'POST', '/api/jobs/JOB_19990101_001/stop', {}],
    ['MO', 'POST', '/api/jobs/JOB_19990101_001/faults', {}],
    ['MO', 'GET', '/api/tools'],
    ['MO', 'GET', '/api/materials'],
    ['MO', 'POST', '/api/machining/calculate', {}],
    ['MO', 'POST', '/api/machining/simulate', {}],
    ['MOD', 'GET', '/api/telemetry/lathe-1'],
    ['MOD', 'GET', '/api/sensor-data/lathe-1'],
    ['MOD', 'GET', '/api/alerts'],
    ['MO', 'POST', '/api/alerts', {}],
    ['MO', 'GET', '/api/alerts/kpi'],
    ['MO', 'GET', '/api/thresholds/lathe-20'],
    ['M', 'PUT', '/api/thresholds/lathe-20', {}],
    ['M', 'POST', '/api/lathes/lathe-20/maintenance', {}],
    ['M', 'GET', '/debug/mongodb'],
    ['MODN', 'GET', '/healthz'],
    ['MODN', 'GET', '/readyz'],
    ['MODN', 'GET', '/metrics'],
    ['MODN', 'GET', '/api/openapi.json'],
  ])('%s: %s %s', async (...[allowed, method, path, body]) => {
    for (const role of ROLES) {
      const { status } = await callers[role](method, path, body);
      const may = allowed.includes(role.charAt(0).toUpperCase());
      if (may)
        expect([role, [401, 403].includes(status) || status >= 500 ? status : 'admitted']).toEqual([role, 'admitted']);
      else expect([role, status]).toEqual([role, role === 'nobody' ? 401 : 403]);
    }
  });
});

describe('lathes', () => {
  it('are listed plainly with all that the floor shows', async () => {
    const { body: lathes } = await operator('GET', '/api/lathes');
    expect(lathes).toHaveLength(20);
    for (const lathe of lathes) {
      expect(lathe).toMatchObject({
        id: expect.stringMatching(/^lathe-\d+$/),
        name: expect.any(String),
        model: expect.any(String),
        status: expect.stringMatching(/^(idle|running|maintenance|alarm|offline)$/),
        healthBand: expect.stringMatching(/^(good|watch|poor|critical|unknown)$/),
        position: { x: expect.any(Number), z: expect.any(Number) },
        activeAlerts: expect.any(Number),
        updatedAt: expect.stringMatching(/Z$/),
      });
    }
  });

  it('answer to the id of the original system too', async () => {
    expect((await operator('GET', '/api/lathes/LATHE-07')).body.id).toBe('lathe-7');
    expectProblem(await operator('GET', '/api/lathes/lathe-777'), 404, 'lathe_not_found');
  });

  it('are changed by managers, field by field', async () => {
    const changed = await manager('PATCH', '/api/lathes/lathe-20', { name: 'Corner lathe' });
    expect([changed.status, changed.body.name]).toEqual([200, 'Corner lathe']);
    expectProblem(await manager('PATCH', '/api/lathes/lathe-20', { colour: 'red' }), 422, 'validation_failed');
    expectProblem(
      await manager('PATCH', '/api/lathes/lathe-20', { position: { x: 'left', z: 1 } }),
      422,
      'validation_failed',
    );
  });
});

describe('jobs', () => {
  it('run, are seen running, and stop within a second', async () => {
    const created = await operator('POST', '/api/jobs', job('LATHE-13'));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      JobID: expect.stringMatching(/^JOB_\d{8}_\d{3,}$/),
      latheId: 'lathe-13',
      JobType: 'turning',
      Material: 'Mild Steel',
      ToolNo: 1,
      operator: 'Yash',
      EstimatedTime: 10,
    });
    const { JobID } = created.body;
    expectProblem(await operator('POST', '/api/jobs', job('lathe-13')), 409, 'lathe_busy');
    const running = await until('the job runs', 5_000, async () => {
      const { body } = await operator('GET', `/api/jobs/${JobID}`);
      return body.Status === 'In Progress' ? body : undefined;
    });
    expect(running.StartTime).toBeDefined();
    await until('the lathe is seen running', 5_000, async () => {
      const { body } = await operator('GET', '/api/lathes/lathe-13');
      return body.status === 'running' && body.currentJob === JobID ? true : undefined;
    });

    const stoppedAtMs = Date.now();
    expect((await manager('POST', `/api/jobs/${JobID}/stop`)).status).toBe(200);
    await until('the job is cancelled', 1_000, async () => {
      const { body } = await operator('GET', `/api/jobs/${JobID}`);
      return body.Status === 'Cancelled' ? body : undefined;
    });
    expect(Date.now() - stoppedAtMs).toBeLessThan(1_500);
  });

  it('complete when their machine minutes are done', async () => {
    const { JobID } = (await operator('POST', '/api/jobs', job('lathe-14', { estimatedTime: 3, timeScale: 100 }))).body;
    const done = await until('the job completes', 15_000, async () => {
      const { body } = await operator('GET', `/api/jobs/${JobID}`);
      return body.Status === 'Completed' ? body : undefined;
    });
    expect(done.progress).toBe(1);
    expect(done.ActualDuration).toBeCloseTo(3, 1);
    expect(done.EndTime > done.StartTime).toBe(true);
  });

  it.each<[string, object, string]>([
    ['an unknown field', { colour: 'red' }, 'validation_failed'],
    ['text for a number', { estimatedTime: 'long' }, 'not_a_number'],
    ['a negative time', { estimatedTime: -1 }, 'out_of_range'],
    ['an unknown job type', { jobType: 'milling' }, 'job_type_unknown'],
    ['an unknown material', { material: 'Cheese' }, 'material_unknown'],
    ['an unknown tool', { toolNo: 99 }, 'tool_unknown'],
    ['a tool that does not fit', { toolNo: 6 }, 'tool_mismatch'],
    ['a speed beyond the machine', { parameters: { rpm: 9000 } }, 'out_of_range'],
    ['an end diameter above the start', { parameters: { diameter: 40, endDiameter: 50 } }, 'bad_geometry'],
    ['knurled wood', { jobType: 'knurling', toolNo: 8, material: 'Wood' }, 'not_formable'],
    ['a time scale beyond 100', { timeScale: 101 }, 'out_of_range'],
  ])('refuse %s', async (_, fault, code) => {
    const answer = await operator('POST', '/api/jobs', job('lathe-15', fault));
    expectProblem(answer, 422, code);
    expect(answer.body.errors?.length).toBeGreaterThan(0);
  });

  it('refuse a lathe and a job that do not exist', async () => {
    expectProblem(await operator('POST', '/api/jobs', job('lathe-999')), 404, 'lathe_not_found');
    expectProblem(await operator('GET', '/api/jobs/JOB_19990101_001'), 404, 'job_not_found');
    expectProblem(await operator('POST', '/api/jobs', '{"latheId":'), 400, 'malformed_json');
  });

  it('are paged without a gap or a repeat', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await operator(
        'GET',
        `/api/jobs?limit=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...body.items.map((item: { JobID: string }) => item.JobID));
      cursor = body.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(12);
    expectProblem(await operator('GET', '/api/jobs?cursor=rubbish'), 422, 'validation_failed');
    expectProblem(await operator('GET', '/api/jobs?status=Dancing'), 422, 'validation_failed');
  });
});

describe('the original addresses', () => {
  it('start a simulation with the first fitting tool where the numbered one does not fit', async () => {
    const body = { lathe_id: 'LATHE-16', material: 'Mild Steel', job_type: 'turning', tool_no: 5, duration: 30 };
    const answer = await operator('POST', '/simulator/start', body);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      job_id: expect.stringMatching(/^JOB_/),
      lathe_id: 'lathe-16',
      status: expect.any(String),
    });
    expect(answer.body.warnings.length).toBeGreaterThan(0);
    expect((await operator('GET', `/api/jobs/${answer.body.job_id}`)).body.ToolNo).toBe(1);
    await operator('POST', `/api/jobs/${answer.body.job_id}/stop`);
    expect((await operator('POST', '/simulator/start', { ...body, duration: 301 })).status).toBe(422);
  });

  it('list the jobs of a lathe as JSON, or show the page', async () => {
    expect(Array.isArray((await operator('GET', '/jobs/lathe-1')).body)).toBe(true);
    const page = await operator('GET', '/jobs/lathe-1', undefined, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('create a job from a form', async () => {
    const form = new URLSearchParams({
      latheId: 'lathe-17',
      jobType: 'facing',
      material: 'Brass',
      toolNo: '3',
      estimatedTime: '5',
    });
    const answer = await operator('POST', '/jobs/create', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(303);
  });

  it('tell managers of the store', async () => {
    expect((await manager('GET', '/debug/mongodb')).body).toMatchObject({
      connected: true,
      engine: expect.any(String),
      version: expect.any(String),
      databases: expect.any(Array),
      latencyMs: expect.any(Number),
    });
  });
});

describe('history', () => {
  it('holds samples of the running lathes, newest first', async () => {
    const samples = await until('two samples', 30_000, async () => {
      const { body } = await operator('GET', '/api/sensor-data/lathe-1?limit=10');
      return body.length >= 2 ? body : undefined;
    });
    expect(Object.keys(samples[0]).sort()).toEqual(
      [
        'failure_probability',
        'job_id',
        'power',
        'rpm',
        'temperature',
        'timestamp',
        'tool_wear',
        'torque',
        'vibration',
      ].sort(),
    );
    const times = samples.map((sample: { timestamp: string }) => Date.parse(sample.timestamp));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('is drawn in at most as many buckets as asked for', async () => {
    const { status, body } = await operator('GET', '/api/telemetry/lathe-1?points=50&channels=rpm,torque');
    expect(status).toBe(200);
    expect(body.t.length).toBeLessThanOrEqual(50);
    expect(Object.keys(body.channels).sort()).toEqual(['rpm', 'torque']);
    for (const series of ['min', 'max', 'mean']) expect(body.channels.rpm[series]).toHaveLength(body.t.length);
    expect((await operator('GET', '/api/telemetry/lathe-1?channels=colour')).status).toBe(422);
    expect((await operator('GET', '/api/telemetry/lathe-999')).status).toBe(404);
    expect((await operator('GET', '/api/sensor-data/lathe-1?limit=0')).status).toBe(422);
  });
});

describe('alerts', () => {
  it('are raised by hand, acknowledged once, and resolved', async () => {
    const created = await operator('POST', '/api/alerts', {
      latheId: 'LATHE-18',
      message: 'Swarf in the way',
      severity: 'warning',
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      lathe_id: 'lathe-18',
      alert_type: 'MANUAL',
      severity: 'warning',
      state: 'unacknowledged',
      resolved: false,
    });
    const act = (what: string) => operator('POST', `/api/alerts/${created.body.id}/${what}`, { comment: 'on it' });
    const acknowledged = await act('acknowledge');
    expect([acknowledged.status, acknowledged.body.state, acknowledged.body.acknowledgedBy]).toEqual([
      200,
      'acknowledged',
      'Yash',
    ]);
    expect((await act('acknowledge')).body).toEqual(acknowledged.body);
    const resolved = await act('resolve');
    expect(resolved.body).toMatchObject({ state: 'normal', resolved: true, resolvedAt: expect.any(String) });
    expectProblem(await act('acknowledge'), 409, 'illegal_transition');
    const { body: transitions } = await operator('GET', `/api/alerts/${created.body.id}/transitions`);
    expect(transitions.map((t: { n: number }) => t.n)).toEqual([1, 2, 3]);
    expectProblem(await operator('POST', '/api/alerts/unknown/acknowledge', {}), 404, 'alert_not_found');
  });

  it('stop a lathe and lock it until maintenance', async () => {
    const { JobID } = (await operator('POST', '/api/jobs', job('lathe-18'))).body;
    const stop = { latheId: 'lathe-18', message: 'Smoke', severity: 'critical', stop: true };
    const { body: alert } = await operator('POST', '/api/alerts', stop);
    expect(alert.priority).toBe(1);
    await until('the job has ended', 5_000, async () => {
      const { body } = await operator('GET', `/api/jobs/${JobID}`);
      return body.Status === 'Alert Triggered' ? true : undefined;
    });
    await until('the lathe shows alarm', 5_000, async () => {
      const { body } = await operator('GET', '/api/lathes/lathe-18');
      return body.status === 'alarm' ? true : undefined;
    });
    expectProblem(await operator('POST', '/api/jobs', job('lathe-18')), 409, 'lathe_locked');
    const window = await manager('POST', '/api/lathes/lathe-18/maintenance', { minutes: 30, reason: 'Clean' });
    expect(window.status).toBe(201);
    expectProblem(await operator('POST', '/api/jobs', job('lathe-18')), 409, 'lathe_in_maintenance');
    await manager('DELETE', `/api/lathes/lathe-18/maintenance/${window.body.id}`);
    const unlocked = await operator('POST', '/api/jobs', job('lathe-18'));
    expect(unlocked.status).toBe(201);
    await operator('POST', `/api/jobs/${unlocked.body.JobID}/stop`);
  });

  it('come from a rule when a fault is injected', async () => {
    const { JobID } = (await operator('POST', '/api/jobs', job('lathe-19'))).body;
    await until('the job runs', 5_000, async () => {
      const { body } = await operator('GET', `/api/jobs/${JobID}`);
      return body.Status === 'In Progress' ? true : undefined;
    });
    const stream = await StreamListener.open(product.url, { cookie: await signIn(product.url, 'Raj') });
    await stream.subscribe({ lathes: ['lathe-19'], hz: 1 });
    const fault = await operator('POST', `/api/jobs/${JobID}/faults`, { type: 'chatter', severity: 1 });
    expect(fault.status).toBeLessThan(300);
    const { data } = await stream.message(
      'alert',
      (alert) => alert.lathe_id === 'lathe-19' && alert.alert_type === 'HIGH_VIBRATION',
      40_000,
    );
    expect(data).toMatchObject({ state: 'unacknowledged', value: expect.any(Number), threshold: expect.any(Number) });
    await stream.close();
    await operator('POST', `/api/jobs/${JobID}/stop`);
  });

  it('refuse what makes no sense', async () => {
    const body = { latheId: 'lathe-20', message: 'x', severity: 'info' };
    expect((await operator('POST', '/api/alerts', { ...body, severity: 'loud' })).status).toBe(422);
    expect((await operator('POST', '/api/alerts', { ...body, stop: true })).status).toBe(422);
    expect((await operator('POST', '/api/alerts', { ...body, latheId: 'lathe-999' })).status).toBe(404);
    expect((await operator('GET', '/api/alerts?state=sleepy')).status).toBe(422);
  });
});

describe('what nobody reads', () => {
  it.each([
    '/api/me?colour=red',
    '/api/lathes/lathe-1?colour=red',
    '/api/thresholds/lathe-1?colour=red',
    '/jobs/lathe-1?colour=red',
    '/api/jobs?constructor=red',
    '/api/alerts?colour=red',
  ])('is refused in the query of %s', async (path) => {
    const answer = await operator('GET', path);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ message: 'is not a known field' }]);
  });

  it('is refused in a body, by whatever name', async () => {
    expectProblem(
      await operator('POST', '/api/jobs/JOB_19990101_001/stop', { colour: 'red' }),
      422,
      'validation_failed',
    );
    const sly = JSON.stringify({ latheId: 'lathe-20', message: 'x', severity: 'info' }).replace(
      '{',
      '{"__proto__":{},',
    );
    expectProblem(await operator('POST', '/api/alerts', sly), 422, 'validation_failed');
  });

  it('does not hide that an address does not exist', async () => {
    expectProblem(await operator('GET', '/api/nowhere?colour=red'), 404, 'address_not_found');
    expectProblem(await operator('PUT', '/api/lathes?colour=red'), 404, 'address_not_found');
  });

  it.each(['/api/jobs', '/api/alerts', '/api/alerts/kpi', '/api/sensor-data/lathe-1', '/api/telemetry/lathe-1'])(
    '%s: a span that ends before it begins is refused',
    async (path) => {
      const answer = await operator('GET', `${path}?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z`);
      expectProblem(answer, 422, 'validation_failed');
      expect(answer.body.errors[0].path).toBe('from');
    },
  );
});

describe('operations', () => {
  it('says what it is and how it is', async () => {
    expect((await callers.nobody('GET', '/healthz')).status).toBe(200);
    expect((await callers.nobody('GET', '/readyz')).body).toMatchObject({ ready: true });
    const metrics = await callers.nobody('GET', '/metrics');
    expect(metrics.body).toContain('byte_astra_stream_clients');
    const { paths } = (await callers.nobody('GET', '/api/openapi.json')).body;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/jobs', '/api/lathes/{id}', '/api/alerts/{id}/acknowledge']),
    );
  });
});
