import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AlertDto, Threshold } from '#domain/contract/alert.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AccountPolicy } from '../auth/account-policy.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { HealthModule } from '../health/health.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import type { AlarmProposal } from './alarm-proposal.js';
import { AlarmShelves } from './alarm-shelves.js';
import { AlertsService } from './alerts.service.js';
import { AlertsApiModule } from './alerts-api.module.js';

jest.setTimeout(30_000);
let sandbox: Sandbox;
let url: string;
let app: Awaited<ReturnType<Sandbox['serve']>>['app'];
const cookies: Record<string, string> = {};

beforeAll(async () => {
  sandbox = await openSandbox();
  const modules = [ConfigModule, StoreModule, RealtimeBusModule, HealthModule, AuthModule, AlertsApiModule];
  ({ url, app } = await sandbox.serve(modules));
  await app.get(AccountPolicy).prepare();
  for (const [userID, password] of [
    ['Yash', 'op123'],
    ['Raj', 'op123'],
    ['Sahil', 'man123'],
  ] as const) {
    const answer = await call('POST', '/login', { userID, password });
    cookies[userID] = answer.cookie;
  }
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of a body
  body: any;
  cookie: string;
}

async function call(method: string, path: string, body?: unknown, user?: string, key?: string): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(user ? { cookie: cookies[user] ?? '' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status: response.status, body: text ? JSON.parse(text) : undefined, cookie };
}

const raise = async (more: object = {}): Promise<AlertDto> =>
  (
    await call(
      'POST',
      '/api/alerts',
      { latheId: 'LATHE-03', message: 'Chips in the way', severity: 'warning', ...more },
      'Yash',
    )
  ).body;
const historyOf = async (id: string): Promise<{ n: number; event: string; actor: string; comment?: string }[]> =>
  (await call('GET', `/api/alerts/${id}/transitions`, undefined, 'Sahil')).body;

let lathe = 10;
/** An alert that a rule has raised, on a lathe of its own. */
async function raiseByRule(more: Partial<AlarmProposal> = {}): Promise<{ alert: AlertDto; proposal: AlarmProposal }> {
  const proposal: AlarmProposal = {
    kind: 'raised',
    latheId: `lathe-${++lathe}`,
    jobId: 'JOB_20250101_001',
    type: 'HIGH_TEMPERATURE',
    channel: 'processTemperature',
    priority: 3,
    atMs: Date.now(),
    value: 370,
    limit: 368.15,
    message: 'Process temperature 96.9 °C is above 95.0 °C',
    isLatching: false,
    stop: false,
    ...more,
  };
  await app.get(AlertsService).propose(proposal);
  const { body } = await call('GET', `/api/alerts?latheId=${proposal.latheId}`, undefined, 'Yash');
  return { alert: body.items[0], proposal };
}

describe('an alert raised by a person', () => {
  it('is created, acknowledged and resolved by name', async () => {
    const created = await call(
      'POST',
      '/api/alerts',
      { latheId: 'LATHE-03', message: 'Chips in the way', severity: 'warning' },
      'Yash',
    );
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.any(String),
      lathe_id: 'lathe-3',
      alert_type: 'MANUAL',
      severity: 'warning',
      priority: 2,
      state: 'unacknowledged',
      message: 'Chips in the way',
      timestamp: expect.stringMatching(/Z$/),
      changedAt: created.body.timestamp,
      resolved: false,
      n: 1,
    });
    const path = `/api/alerts/${created.body.id}`;
    const acknowledged = await call('POST', `${path}/acknowledge`, undefined, 'Raj');
    expect([acknowledged.status, acknowledged.body.state, acknowledged.body.acknowledgedBy]).toEqual([
      200,
      'acknowledged',
      'Raj',
    ]);
    const again = await call('POST', `${path}/acknowledge`, { comment: 'me too' }, 'Yash');
    expect([again.status, again.body]).toEqual([200, acknowledged.body]);
    const resolved = await call('POST', `${path}/resolve`, { comment: 'swept' }, 'Sahil');
    expect(resolved.body).toMatchObject({ state: 'normal', resolved: true, resolvedAt: expect.any(String) });
    expect(await historyOf(created.body.id)).toMatchObject([
      { n: 1, event: 'limitExceeded', from: 'normal', to: 'unacknowledged', actor: 'Yash' },
      { n: 2, event: 'acknowledged', from: 'unacknowledged', to: 'acknowledged', actor: 'Raj' },
      { n: 3, event: 'resolved', from: 'acknowledged', to: 'normal', actor: 'Sahil', comment: 'swept' },
    ]);
    for (const act of ['acknowledge', 'resolve', 'unshelve']) {
      const refused = await call('POST', `${path}/${act}`, {}, 'Yash');
      expect([refused.status, refused.body.code]).toEqual([409, 'illegal_transition']);
    }
  });

  it.each<[string, object, number, string]>([
    ['an unknown lathe', { latheId: 'lathe-999' }, 404, 'lathe_not_found'],
    ['an unknown field', { colour: 'red' }, 422, 'validation_failed'],
    ['an unknown severity', { severity: 'loud' }, 422, 'validation_failed'],
    ['a stop that is not critical', { stop: true }, 422, 'validation_failed'],
    ['an empty message', { message: ' ' }, 422, 'validation_failed'],
  ])('is refused for %s', async (_, fault, status, code) => {
    const body = { latheId: 'lathe-3', message: 'x', severity: 'warning', ...fault };
    const answer = await call('POST', '/api/alerts', body, 'Yash');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('an alert raised by a rule', () => {
  it('says in a sentence what is wrong, with reading, limit and unit', async () => {
    const { alert } = await raiseByRule();
    expect(alert).toMatchObject({
      alert_type: 'HIGH_TEMPERATURE',
      channel: 'processTemperature',
      job_id: 'JOB_20250101_001',
      severity: 'warning',
      value: 370,
      threshold: 368.15,
      message: 'Process temperature 96.9 °C is above 95.0 °C',
    });
  });

  it('cannot be resolved while its condition holds, and closes when it has returned', async () => {
    const { alert, proposal } = await raiseByRule();
    const path = `/api/alerts/${alert.id}`;
    const refused = await call('POST', `${path}/resolve`, {}, 'Yash');
    expect([refused.status, refused.body.code]).toEqual([409, 'condition_active']);
    await app.get(AlertsService).propose({ ...proposal, kind: 'returned', value: 350 });
    expect((await call('GET', path, undefined, 'Yash')).body.state).toBe('returnedUnacknowledged');
    const closed = await call('POST', `${path}/acknowledge`, {}, 'Yash');
    expect(closed.body).toMatchObject({ state: 'normal', resolved: true, acknowledgedBy: 'Yash' });
    expect((await call('POST', `${path}/acknowledge`, {}, 'Raj')).body).toEqual(closed.body);
  });

  it('rests on the shelf with its reason, and comes back unacknowledged when the time is over', async () => {
    const { alert } = await raiseByRule();
    const path = `/api/alerts/${alert.id}`;
    expect((await call('POST', `${path}/shelve`, { minutes: 481, reason: 'x' }, 'Yash')).status).toBe(422);
    expect((await call('POST', `${path}/shelve`, { minutes: 5 }, 'Yash')).status).toBe(422);
    await call('POST', `${path}/acknowledge`, {}, 'Yash');
    const shelved = await call('POST', `${path}/shelve`, { minutes: 30, reason: 'sensor is being changed' }, 'Yash');
    expect([shelved.status, shelved.body.state]).toEqual([200, 'shelved']);
    const untilMs = Date.parse(shelved.body.shelvedUntil);
    expect(untilMs - Date.now()).toBeGreaterThan(29 * 60_000);
    const refused = await call('POST', `${path}/acknowledge`, {}, 'Yash');
    expect([refused.status, refused.body.code]).toEqual([409, 'illegal_transition']);

    const shelves = app.get(AlarmShelves);
    await shelves.expire(untilMs - 1);
    expect((await call('GET', path, undefined, 'Yash')).body.state).toBe('shelved');
    await Promise.all([shelves.expire(untilMs), shelves.expire(untilMs), shelves.expire(untilMs)]);
    const back = (await call('GET', path, undefined, 'Yash')).body;
    expect(back).toMatchObject({ state: 'unacknowledged', n: 4 });
    expect(back).not.toHaveProperty('shelvedUntil');
    expect((await historyOf(alert.id)).map(({ event, comment }) => [event, comment])).toEqual([
      ['limitExceeded', undefined],
      ['acknowledged', undefined],
      ['shelved', 'sensor is being changed'],
      ['shelfExpired', undefined],
    ]);
  });

  it('is taken off the shelf by hand', async () => {
    const { alert } = await raiseByRule();
    const path = `/api/alerts/${alert.id}`;
    await call('POST', `${path}/shelve`, { minutes: 0.5, reason: 'coffee' }, 'Yash');
    const back = await call('POST', `${path}/unshelve`, undefined, 'Raj');
    expect([back.status, back.body.state]).toEqual([200, 'unacknowledged']);
  });
});

describe('two people at once', () => {
  it('acknowledge once, and both see the same', async () => {
    const { id } = await raise();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => call('POST', `/api/alerts/${id}/acknowledge`, {}, i % 2 ? 'Yash' : 'Raj')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await historyOf(id)).map(({ event }) => event)).toEqual(['limitExceeded', 'acknowledged']);
  });
});

describe('a repeated request', () => {
  it('with its key gets the same answer, and acts once', async () => {
    const { id } = await raise();
    const path = `/api/alerts/${id}`;
    const body = { minutes: 10, reason: 'known' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => call('POST', `${path}/shelve`, body, 'Yash', 'key-1')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await call('POST', `${path}/unshelve`, {}, 'Yash');
    expect((await call('POST', `${path}/shelve`, body, 'Yash', 'key-1')).body).toEqual(answers[0]?.body);
    expect((await historyOf(id)).map(({ event }) => event)).toEqual(['limitExceeded', 'shelved', 'unshelved']);
  });

  it('with its key raises one alert', async () => {
    const body = { latheId: 'lathe-4', message: 'Door left open', severity: 'info' };
    const first = await call('POST', '/api/alerts', body, 'Yash', 'key-2');
    const second = await call('POST', '/api/alerts', body, 'Yash', 'key-2');
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect((await call('POST', '/api/alerts', body, 'Raj', 'key-2')).body.id).not.toBe(first.body.id);
  });

  it('is refused where its key was used for something else or is no key', async () => {
    const { id } = await raise();
    await call('POST', `/api/alerts/${id}/acknowledge`, {}, 'Yash', 'key-3');
    const refused = await call('POST', `/api/alerts/${id}/resolve`, {}, 'Yash', 'key-3');
    expect([refused.status, refused.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await call('POST', `/api/alerts/${id}/resolve`, {}, 'Yash', 'k'.repeat(256))).status).toBe(422);
  });

  it('may be tried again with its key after a refusal', async () => {
    const { alert, proposal } = await raiseByRule();
    const resolve = () => call('POST', `/api/alerts/${alert.id}/resolve`, {}, 'Yash', 'key-4');
    expect((await resolve()).status).toBe(409);
    await app.get(AlertsService).propose({ ...proposal, kind: 'returned' });
    expect((await resolve()).status).toBe(200);
  });
});

describe('the list of alerts', () => {
  it('is paged newest first, without a hole or a double', async () => {
    const raised: string[] = [];
    for (let i = 0; i < 7; i++) raised.unshift((await raise({ latheId: 'lathe-5' })).id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await call('GET', `/api/alerts?latheId=LATHE-05&limit=3${cursor}`, undefined, 'Yash');
      seen.push(...body.items.map((alert: AlertDto) => alert.id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(raised);
  });

  it('is filtered by state, priority, type and time', async () => {
    const before = new Date().toISOString();
    const { id } = await raise({ latheId: 'lathe-6', severity: 'critical' });
    const list = async (query: string) =>
      (await call('GET', `/api/alerts?latheId=lathe-6&${query}`, undefined, 'Yash')).body.items.map(
        (a: AlertDto) => a.id,
      );
    expect(await list('state=unacknowledged&priority=1&type=MANUAL')).toEqual([id]);
    expect(await list(`from=${before}`)).toEqual([id]);
    expect(await list(`to=${before}`)).toEqual([]);
    expect(await list('state=acknowledged')).toEqual([]);
    expect(await list('priority=2')).toEqual([]);
  });

  it('holds what is not over on demand', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await raise({ latheId: 'lathe-7' })).id);
    const [over, standing, shelved] = ids;
    await call('POST', `/api/alerts/${over}/resolve`, {}, 'Yash');
    await call('POST', `/api/alerts/${shelved}/shelve`, { minutes: 5, reason: 'known' }, 'Yash');
    const list = async (query: string) =>
      (await call('GET', `/api/alerts?latheId=lathe-7&${query}`, undefined, 'Yash')).body.items.map(
        (a: AlertDto) => a.id,
      );
    expect(await list('open=true')).toEqual([shelved, standing]);
    expect(await list('open=false')).toEqual([over]);
    expect(await list('open=true&state=shelved')).toEqual([shelved]);
    expect(await list('open=true&state=normal')).toEqual([]);
  });

  it.each(['state=asleep', 'open=maybe', 'priority=5', 'limit=0', 'cursor=abc', 'colour=red', 'from=yesterday'])(
    'refuses ?%s',
    async (query) => {
      expect((await call('GET', `/api/alerts?${query}`, undefined, 'Yash')).status).toBe(422);
    },
  );

  it('knows no alert of another name', async () => {
    for (const path of ['', '/transitions']) {
      const answer = await call('GET', `/api/alerts/nobody${path}`, undefined, 'Yash');
      expect([answer.status, answer.body.code]).toEqual([404, 'alert_not_found']);
    }
    expect((await call('POST', '/api/alerts/nobody/acknowledge', {}, 'Yash')).body.code).toBe('alert_not_found');
  });
});

describe('figures', () => {
  it('say honestly that there is not enough data', async () => {
    const { status, body } = await call('GET', '/api/alerts/kpi', undefined, 'Yash');
    expect(status).toBe(200);
    expect(body).toMatchObject({ enoughData: false, days: 0, byPriority: { 1: expect.any(Number) } });
    expect(body.total).toBeGreaterThan(5);
    expect(body.timeToAcknowledgeS.count).toBeGreaterThan(1);
    expect(
      (await call('GET', '/api/alerts/kpi?from=2025-02-01T00:00:00Z&to=2025-01-01T00:00:00Z', undefined, 'Yash'))
        .status,
    ).toBe(422);
  });
});

describe('thresholds', () => {
  const limit: Threshold = {
    channel: 'torque',
    type: 'HIGH_TORQUE',
    priority: 3,
    high: 90,
    deadband: 2,
    onDelayS: 1,
    offDelayS: 1,
  };

  it('are the defaults until a manager sets them', async () => {
    const defaults = await call('GET', '/api/thresholds/LATHE-07', undefined, 'Yash');
    expect(defaults.body).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'TOOL_WEAR', high: 0.3 })]));
    const set = await call('PUT', '/api/thresholds/lathe-7', [limit], 'Sahil');
    expect([set.status, set.body]).toEqual([200, [limit]]);
    expect((await call('GET', '/api/thresholds/lathe-7', undefined, 'Yash')).body).toEqual([limit]);
    expect((await call('PUT', '/api/thresholds/lathe-7', [], 'Yash')).status).toBe(403);
  });

  it.each<[string, unknown, string]>([
    ['a stop without priority 1', [{ ...limit, stop: true }], 'thresholds_invalid'],
    ['the same twice', [limit, limit], 'thresholds_invalid'],
    ['no limit at all', [{ ...limit, high: undefined }], 'validation_failed'],
    ['an unknown channel', [{ ...limit, channel: 'mood' }], 'validation_failed'],
    ['a rate below zero', [{ ...limit, rate: -1 }], 'validation_failed'],
    ['something that is no list', limit, 'validation_failed'],
  ])('are refused for %s', async (_, body, code) => {
    const answer = await call('PUT', '/api/thresholds/lathe-8', body, 'Sahil');
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('that are made from others than those in force are refused, and nothing is set', async () => {
    const path = `${url}/api/thresholds/lathe-9`;
    const headers = { 'content-type': 'application/json', cookie: cookies['Sahil'] ?? '' };
    const put = (high: number, tag?: string) =>
      fetch(path, {
        method: 'PUT',
        headers: { ...headers, ...(tag === undefined ? {} : { 'if-match': tag }) },
        body: JSON.stringify([{ ...limit, high }]),
      });
    const seen = (await fetch(path, { headers })).headers.get('etag') ?? '';
    expect(seen).toMatch(/^"[\w-]{22}"$/);
    const answers = await Promise.all([put(91, seen), put(92, seen), put(93, seen)]);
    const won = answers.filter(({ status }) => status === 200);
    expect([won.length, answers.filter(({ status }) => status === 412).length]).toEqual([1, 2]);
    const inForce = (await call('GET', '/api/thresholds/lathe-9', undefined, 'Yash')).body;
    expect(await won[0]?.json()).toEqual(inForce);
    const late = await put(94, seen);
    expect(await late.json()).toMatchObject({ status: 412, code: 'limits_changed', title: 'Changed meanwhile' });
    expect((await put(95, `"other", ${won[0]?.headers.get('etag')}`)).status).toBe(200);
    expect([(await put(96, '*')).status, (await put(97)).status]).toEqual([200, 200]);
  });

  it('of a lathe that is not there are not found', async () => {
    expect((await call('GET', '/api/thresholds/lathe-999', undefined, 'Yash')).body.code).toBe('lathe_not_found');
    expect((await call('PUT', '/api/thresholds/nothing', [], 'Sahil')).status).toBe(404);
  });

  it('that are taken away let their alarms return', async () => {
    const { alert, proposal } = await raiseByRule();
    await call('PUT', `/api/thresholds/${proposal.latheId}`, [limit], 'Sahil');
    expect((await call('GET', `/api/alerts/${alert.id}`, undefined, 'Yash')).body.state).toBe('returnedUnacknowledged');
  });
});

describe('without a session', () => {
  it.each([
    ['GET', '/api/alerts'],
    ['POST', '/api/alerts'],
    ['POST', '/api/alerts/x/acknowledge'],
    ['GET', '/api/thresholds/lathe-1'],
    ['GET', '/api/alerts/kpi'],
  ])('%s %s is closed', async (method, path) => expect((await call(method, path)).status).toBe(401));
});
