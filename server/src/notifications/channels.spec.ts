import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelDto, DeliveryDto } from '#domain/contract/notification.js';
import type { Page } from '#domain/contract/page.js';
import { openWebhookReceiver } from '../../test/receivers.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AccountPolicy } from '../auth/account-policy.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { HealthModule } from '../health/health.module.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { NotificationsApiModule } from './notifications.module.js';
import { assertAllowed, guardedLookup, isForbidden } from './safe-address.js';
import { SecretBox } from './secret-box.js';

let sandbox: Sandbox;
let url: string;
let app: Awaited<ReturnType<Sandbox['serve']>>['app'];
let manager: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  const modules = [ConfigModule, StoreModule, RealtimeBusModule, HealthModule, AuthModule, NotificationsApiModule];
  ({ url, app } = await sandbox.serve(modules));
  await app.get(AccountPolicy).prepare();
  manager = await signIn('Sahil', 'man123');
});
afterAll(async () => {
  await app?.close();
  await sandbox?.close();
});

const send = (method: string, path: string, body?: unknown, cookie = manager) =>
  fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const signIn = async (userID: string, password: string) =>
  (await send('POST', '/login', { userID, password }, '')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
const PATH = '/api/notifications/channels';
const hookOf = (address: string) => ({ kind: 'webhook', name: 'Hook', url: address, secret: 'a secret nobody sees' });
const smtp = {
  host: 'mail.plant.example',
  port: 587,
  security: 'starttls',
  user: 'plant',
  password: 'a password nobody sees',
};
const mailOf = () => ({ kind: 'email', name: 'Shift', to: ['shift@plant.example'], from: 'astra@plant.example', smtp });
const create = async (body: unknown) => (await (await send('POST', PATH, body)).json()) as ChannelDto;

describe('channels', () => {
  it('are made, changed and removed by managers, and never give out a secret', async () => {
    const hook = await create(hookOf('http://127.0.0.1:9/hook'));
    expect(hook).toMatchObject({
      ...{ enabled: true, priorities: [1, 2], lathes: 'all', news: ['raised'], afterMinutes: 0 },
      limit: { messages: 20, perMinutes: 10 },
    });
    const mail = await create(mailOf());
    expect(mail).toMatchObject({ smtp: { user: 'plant', hasPassword: true } });
    const changed = await send('PATCH', `${PATH}/${hook.id}`, { lathes: ['LATHE-02'], enabled: false });
    expect(await changed.json()).toEqual({ ...hook, lathes: ['lathe-2'], enabled: false });
    expect(await (await send('PATCH', `${PATH}/${hook.id}`, { lathes: 'all' })).json()).toMatchObject({
      lathes: 'all',
    });
    const all = await (await send('GET', PATH)).text();
    expect(all).not.toMatch(/nobody sees|sealed/);
    expect((await send('DELETE', `${PATH}/${hook.id}`)).status).toBe(204);
    expect((await send('GET', `${PATH}/${hook.id}`)).status).toBe(404);
  });

  it('forget the password of a mail account when they are pointed at another server', async () => {
    const { id } = await create(mailOf());
    const { password: _, ...open } = smtp;
    const moved = await send('PATCH', `${PATH}/${id}`, { smtp: { ...open, host: 'mail.elsewhere.example' } });
    expect(await moved.json()).toMatchObject({ smtp: { host: 'mail.elsewhere.example', hasPassword: false } });
  });

  it.each([
    ['an address of the link', hookOf('http://169.254.169.254/latest/meta-data'), 'url'],
    ['the same in IPv6', hookOf('http://[::ffff:169.254.169.254]/'), 'url'],
    ['another protocol', hookOf('file:///etc/passwd'), 'url'],
    ['a password in the address', hookOf('http://me:secret@127.0.0.1/'), 'url'],
    ['a short secret', { ...hookOf('http://127.0.0.1/'), secret: 'short' }, 'secret'],
    ['a mail server of the link', { ...mailOf(), smtp: { ...smtp, host: '169.254.1.1' } }, 'smtp.host'],
    ['an address list with a line break', { ...mailOf(), to: ['a@b.example\r\nBcc: c@d.example'] }, 'to.0'],
    ['a field of the other kind', { ...hookOf('http://127.0.0.1/'), to: ['a@b.example'] }, 'to'],
    ['a priority twice', { ...hookOf('http://127.0.0.1/'), priorities: [1, 1] }, 'priorities'],
  ])('refuse %s', async (_, body, path) => {
    const answer = await send('POST', PATH, body);
    expect(answer.status).toBe(422);
    expect((await answer.json()) as object).toMatchObject({ errors: [{ path }] });
  });

  it('are no business of operators', async () => {
    const yash = await signIn('Yash', 'op123');
    const asked: [string, string][] = [
      ['GET', PATH],
      ['POST', PATH],
      ['PATCH', `${PATH}/x`],
      ['DELETE', `${PATH}/x`],
      ['POST', `${PATH}/x/test`],
      ['GET', '/api/notifications/deliveries'],
    ];
    for (const [method, path] of asked) {
      const body = method === 'GET' ? undefined : {};
      expect((await send(method, path, body, yash)).status).toBe(403);
    }
  });

  it('are tested at once; the answer and the log say what became of it, and tests are limited', async () => {
    const hook = await openWebhookReceiver();
    const { id } = await create(hookOf(hook.url));
    const test = async () => (await (await send('POST', `${PATH}/${id}/test`)).json()) as DeliveryDto;
    const taken = await test();
    expect(taken).toMatchObject({ type: 'test', state: 'delivered', attempts: 1, channelName: 'Hook' });
    expect(hook.calls.items).toHaveLength(1);
    expect(hook.calls.items[0]).toMatchObject({ headers: { 'x-byte-astra-event': 'test' }, body: { id: taken.id } });
    await hook.close();
    expect(await test()).toMatchObject({ state: 'failed', error: expect.stringContaining('ECONNREFUSED') });
    for (const _ of [3, 4, 5]) await test();
    const refused = await send('POST', `${PATH}/${id}/test`);
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
    const log = async (query: string) =>
      (await (await send('GET', `/api/notifications/deliveries?channelId=${id}${query}`)).json()) as Page<DeliveryDto>;
    const { items } = await log('');
    expect(items).toHaveLength(5);
    const first = await log('&limit=2');
    const rest = await log(`&limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    expect((await log('&state=delivered')).items).toEqual([taken]);
  });
});

describe('addresses', () => {
  it.each([
    ...['169.254.169.254', '169.254.0.1', '100.100.100.200', '0.0.0.0', '255.255.255.255', '224.0.0.1', '::'],
    ...['fe80::1', 'fd00:ec2::254', 'ff02::1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe'],
  ])('%s is forbidden', (address) => {
    expect(isForbidden(address)).toBe(true);
  });

  it.each(['127.0.0.1', '10.1.2.3', '192.168.1.9', '8.8.8.8', '::1', 'fd12::1', '2001:db8::1'])(
    '%s is allowed',
    (address) => {
      expect(isForbidden(address)).toBe(false);
    },
  );

  it('that a URL writes as a number or in brackets are known all the same', () => {
    for (const text of ['http://2852039166/', 'http://0xa9fea9fe/', 'http://[fe80::1]/', 'http://169.254.43518/']) {
      expect(() => assertAllowed(new URL(text).hostname)).toThrow('must not go to');
    }
  });

  it('are judged where a name is looked up for the connection itself', async () => {
    const ask = (host: string) =>
      new Promise((resolve, reject) =>
        guardedLookup(host, { all: false }, (error, address) => (error ? reject(error) : resolve(address))),
      );
    expect(['127.0.0.1', '::1']).toContain(await ask('localhost'));
    await expect(ask('169.254.169.254')).rejects.toThrow('must not go to');
  });
});

describe('a kept secret', () => {
  it('opens under the same key alone, and not after it was altered', () => {
    const box = (secretKey: string) => new SecretBox({ secretKey } as never);
    const sealed = box('k'.repeat(32)).seal('the secret');
    expect(sealed).not.toContain(Buffer.from('the secret').toString('base64').slice(0, 6));
    expect(box('k'.repeat(32)).open(sealed)).toBe('the secret');
    expect(() => box('j'.repeat(32)).open(sealed)).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    bytes[bytes.length - 1]! ^= 1;
    expect(() => box('k'.repeat(32)).open(bytes.toString('base64'))).toThrow();
  });
});
