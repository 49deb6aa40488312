import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import { HealthModule } from '../health/health.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { AccountPolicy } from './account-policy.js';
import { UnsafeAccountsError } from './auth.errors.js';
import { AuthModule } from './auth.module.js';
import { IdentityService } from './identity.service.js';
import { UsersService } from './users.service.js';

let sandbox: Sandbox;
let url: string;
let app: Awaited<ReturnType<Sandbox['serve']>>['app'];

beforeAll(async () => {
  sandbox = await openSandbox();
  ({ url, app } = await sandbox.serve([
    ConfigModule,
    StoreModule,
    RealtimeBusModule,
    HealthModule,
    AuthModule,
    PagesModule,
  ]));
  await app.get(AccountPolicy).prepare();
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});
beforeEach(async () => {
  for (const key of await sandbox.redis.keys('ba:login-*')) await sandbox.redis.del(key);
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (path: string, cookie?: string, headers: Record<string, string> = {}) =>
  fetch(url + path, { redirect: 'manual', headers: { ...(cookie ? { cookie } : {}), ...headers } });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const signIn = async (userID: string, password: string) => cookieOf(await post('/login', { userID, password }));

describe('signing in', () => {
  it('answers a program with the user and an http-only cookie, and records the time', async () => {
    const response = await post('/login', { userID: 'Yash', password: 'op123' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      user: { userID: 'Yash', employeeId: 'EMP003', userType: 'operator', lastLogin: expect.any(String) },
    });
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly.*SameSite=Lax/);
    const me = await get('/api/me', cookieOf(response));
    expect(((await me.json()) as { user: { lastLogin: string } }).user.lastLogin).toBeDefined();
  });

  it.each([
    ['Sahil', 'man123', '/manager'],
    ['Yash', 'op123', '/dashboard'],
  ])('sends the form of %s to their own page', async (userID, password, home) => {
    const form = new URLSearchParams({ userID, password }).toString();
    const response = await post('/login', form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect([response.status, response.headers.get('location')]).toEqual([303, home]);
  });

  it.each([
    ['a wrong password', { userID: 'Yash', password: 'no' }, 401, 'invalid_credentials'],
    ['an unknown user', { userID: 'Nobody', password: 'op123' }, 401, 'invalid_credentials'],
    ['a missing password', { userID: 'Yash' }, 422, 'validation_failed'],
    ['an object for a password', { userID: 'Yash', password: { $ne: '' } }, 422, 'validation_failed'],
    ['an unknown field', { userID: 'Yash', password: 'op123', admin: true }, 422, 'validation_failed'],
    ['broken JSON', '{"userID":', 400, 'malformed_json'],
  ])('refuses %s', async (_, body, status, code) => {
    const response = await post('/login', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
    });
  });

  it('stops guessing after ten wrong passwords, and says when to come back', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await post('/login', { userID: 'Raj', password: `guess ${i}` })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const refused = await post('/login', { userID: 'Raj', password: 'op123' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post('/login', { userID: 'Jay', password: 'op123' })).status).toBe(200);
  });

  it('does not count right passwords', async () => {
    for (let i = 0; i < 12; i++) expect((await post('/login', { userID: 'Jay', password: 'op123' })).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends for good at logout, wherever its cookie is kept', async () => {
    const cookie = await signIn('Yash', 'op123');
    expect((await get('/api/me', cookie)).status).toBe(200);
    const out = await post('/logout', '', { cookie, accept: 'application/json' });
    expect(out.status).toBe(204);
    expect((await get('/api/me', cookie)).status).toBe(401);
    const leave = await get('/logout', cookie);
    expect([leave.status, leave.headers.get('location')]).toEqual([303, '/login']);
  });

  it('cannot be forged', async () => {
    const cookie = await signIn('Yash', 'op123');
    const [id] = cookie.split('.');
    expect((await get('/api/me', `${id}.${'A'.repeat(43)}`)).status).toBe(401);
    expect((await get('/api/me', id)).status).toBe(401);
  });

  it('changes nothing for a page of another origin', async () => {
    const cookie = await signIn('Yash', 'op123');
    const foreign: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      const response = await post('/logout', '', { cookie, ...headers });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'cross_origin']);
    }
    expect((await get('/api/me', cookie)).status).toBe(200);
    expect((await post('/logout', '', { cookie, origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });

  it('leaves nothing behind for its user once it is over', async () => {
    const key = 'ba:user-sessions:Jay';
    await sandbox.redis.del(key);
    for (let n = 1; n <= 3; n++) await sandbox.redis.zadd(key, String(Date.now() - n), `over-${n}`);
    const cookie = await signIn('Jay', 'op123');
    expect(await sandbox.redis.zrange(key, '0', '-1')).toEqual([cookie.split(/[=.]/)[1]]);
    await post('/logout', '', { cookie });
    expect(await sandbox.redis.exists(key)).toBe(0);
  });

  it('opens its role and no other', async () => {
    const operator = await signIn('Yash', 'op123');
    expect((await get('/api/display-tokens', operator)).status).toBe(403);
    expect((await get('/api/display-tokens', await signIn('Sahil', 'man123'))).status).toBe(200);
    expect((await get('/api/display-tokens')).status).toBe(401);
  });
});

describe('pages', () => {
  it.each([
    ['/manager', null, '/login'],
    ['/dashboard', null, '/login'],
    ['/lathes/lathe-1', null, '/login'],
    ['/manager', ['Yash', 'op123'], '/dashboard'],
    ['/analytics', ['Yash', 'op123'], '/dashboard'],
    ['/', ['Yash', 'op123'], '/dashboard'],
    ['/', ['Sahil', 'man123'], '/manager'],
    ['/', null, '/login'],
  ] as const)('%s sends %p to %s', async (path, account, target) => {
    const response = await get(path, account ? await signIn(account[0], account[1]) : undefined);
    expect([response.status, response.headers.get('location')]).toEqual([303, target]);
  });

  it('are not what a program gets for an unknown address', async () => {
    const response = await get('/api/nothing', undefined, { accept: 'text/html' });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'address_not_found']);
  });
});

describe('a display token', () => {
  it('is shown once, reads, opens the wall without its address keeping it, and can be revoked', async () => {
    const manager = await signIn('Rohit', 'man123');
    const created = await post('/api/display-tokens', { name: 'Hall 1' }, { cookie: manager });
    expect(created.status).toBe(201);
    const { id, token } = (await created.json()) as { id: string; token: string };
    const listed = (await (await get('/api/display-tokens', manager)).json()) as object[];
    expect(listed).toEqual([expect.objectContaining({ id, name: 'Hall 1' })]);
    expect(JSON.stringify(listed)).not.toContain(token);

    const me = await get('/api/me', undefined, { authorization: `Bearer ${token}` });
    expect(await me.json()).toMatchObject({ user: { userType: 'display' } });
    const wall = await get(`/wall?token=${token}`);
    expect([wall.status, wall.headers.get('location')]).toEqual([303, '/wall']);
    expect((await get('/api/me', cookieOf(wall))).status).toBe(200);
    expect((await get('/api/display-tokens', cookieOf(wall))).status).toBe(403);

    const identity = app.get(IdentityService);
    const display = await identity.identify({ headers: { authorization: `Bearer ${token}` } });
    expect(await identity.isStillAdmitted(display!)).toBe(true);
    const revoked = await fetch(`${url}/api/display-tokens/${id}`, { method: 'DELETE', headers: { cookie: manager } });
    expect(revoked.status).toBe(204);
    expect((await get('/api/me', cookieOf(wall))).status).toBe(401);
    expect(await identity.isStillAdmitted(display!)).toBe(false);
  });
});

describe('accounts at start', () => {
  it('keeps demo passwords off the network and out of production', async () => {
    const users = app.get(UsersService);
    const open = { ...sandbox.config, host: '0.0.0.0' };
    await expect(new AccountPolicy(users, open).prepare()).rejects.toThrow(UnsafeAccountsError);
    await expect(new AccountPolicy(users, { ...open, allowDemoUsers: true }).prepare()).resolves.toBeUndefined();
    await expect(new AccountPolicy(users, { ...sandbox.config, production: true }).prepare()).rejects.toThrow(
      /production/,
    );
  });

  it('asks a first manager for a new password before anything else', async () => {
    const users = app.get(UsersService);
    await users.createManager('Asha', 'first-password');
    const cookie = await signIn('Asha', 'first-password');
    expect(((await (await get('/api/display-tokens', cookie)).json()) as { code: string }).code).toBe(
      'password_change_required',
    );
    const body = { currentPassword: 'first-password', newPassword: 'a better one' };
    const changed = await post('/api/me/password', body, { cookie });
    expect(changed.status).toBe(200);
    expect((await get('/api/display-tokens', cookieOf(changed))).status).toBe(200);
    expect((await get('/api/me', cookie)).status).toBe(401);
  });
});
