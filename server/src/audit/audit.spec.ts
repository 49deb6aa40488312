import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import mongoose, { type Connection } from 'mongoose';
import type { AuditEntryDto, AuditVerdict } from '#domain/contract/audit.js';
import type { Page } from '#domain/contract/page.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AccountPolicy } from '../auth/account-policy.js';
import { UnavailableError } from '../common/errors.js';
import { ConfigModule } from '../config/config.module.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { ApiRoleModule } from '../roles/api-role.module.js';
import { StoreModule } from '../store/store.module.js';
import { AuditRepository } from './audit.repository.js';
import { AuditChain } from './audit-chain.js';
import { AuditTrail } from './audit-trail.js';
import { AUDITED, NOT_AUDITED } from './audited.decorator.js';

let sandbox: Sandbox;
let url: string;
let app: Awaited<ReturnType<Sandbox['serve']>>['app'];
let store: Connection;
let manager: string;

beforeAll(async () => {
  sandbox = await openSandbox({ FLEET_SIZE: '2' });
  ({ url, app } = await sandbox.serve([ConfigModule, StoreModule, RealtimeBusModule, ApiRoleModule]));
  await app.get(AccountPolicy).prepare();
  store = await mongoose.createConnection(sandbox.env.MONGO_URI).asPromise();
  manager = await signIn('Sahil', 'man123');
});
afterAll(async () => {
  await app?.close();
  await store?.close();
  await sandbox?.close();
});

const send = (method: string, path: string, cookie?: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const signIn = async (userID: string, password: string) =>
  (await send('POST', '/login', undefined, { userID, password })).headers.getSetCookie()[0]?.split(';')[0] ?? '';
const list = async (query = '') =>
  (await (await send('GET', `/api/audit${query}`, manager)).json()) as Page<AuditEntryDto>;
const verify = async () => (await (await send('GET', '/api/audit/verify', manager)).json()) as AuditVerdict;
const newest = async (act: string) => (await list(`?act=${act}&limit=1`)).items[0];

describe('the record of acts', () => {
  it('knows every route that changes something', () => {
    const scanner = new MetadataScanner();
    const silent: string[] = [];
    for (const module of app.get(ModulesContainer).values()) {
      for (const { metatype } of module.controllers.values()) {
        const prototype = (metatype as { prototype: Record<string, object> }).prototype;
        for (const name of scanner.getAllMethodNames(prototype)) {
          const handler = prototype[name]!;
          const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
          if (method === undefined || method === RequestMethod.GET) continue;
          if (!Reflect.hasMetadata(AUDITED, handler) && !Reflect.hasMetadata(NOT_AUDITED, handler)) {
            silent.push(`${(metatype as { name: string }).name}.${name}`);
          }
        }
      }
    }
    expect(silent).toEqual([]);
  });

  it('tells who came, who tried to, and who left', async () => {
    await send('POST', '/login', undefined, { userID: 'Yash', password: 'wrong' });
    const cookie = await signIn('Yash', 'op123');
    await send('POST', '/logout', cookie);
    const { items } = await list('?actor=Yash');
    expect(items.map(({ act, outcome }) => [act, outcome])).toEqual([
      ['signedOut', 'done'],
      ['signedIn', 'done'],
      ['signInFailed', 'done'],
    ]);
    expect(items[1]).toMatchObject({ role: 'operator', address: expect.stringMatching(/127\.0\.0\.1$/) });
  });

  it('keeps no secret', async () => {
    await send('POST', '/api/me/password', manager, { currentPassword: 'man123', newPassword: 'a very new one' }).then(
      (answer) => {
        manager = answer.headers.getSetCookie()[0]!.split(';')[0]!;
      },
    );
    const { token, id } = (await (await send('POST', '/api/display-tokens', manager, { name: 'Hall' })).json()) as {
      token: string;
      id: string;
    };
    const text = JSON.stringify((await list()).items);
    for (const secret of ['man123', 'op123', 'a very new one', token]) expect(text).not.toContain(secret);
    expect(await newest('displayTokenCreated')).toMatchObject({
      subject: id,
      actor: 'Sahil',
      details: { name: 'Hall' },
    });
  });

  it('leaves out what was refused and enters a repeated request once', async () => {
    const yash = await signIn('Yash', 'op123');
    const body = { latheId: 'lathe-1', message: 'Oil on the floor', severity: 'warning' };
    const { id } = (await (await send('POST', '/api/alerts', yash, body)).json()) as { id: string };
    const key = { 'idempotency-key': 'the-same-press' };
    for (const _ of [1, 2]) await send('POST', `/api/alerts/${id}/acknowledge`, yash, { comment: 'seen' }, key);
    await send('POST', `/api/alerts/${id}/acknowledge`, await signIn('Sahil', 'a very new one'), {});
    expect((await send('POST', `/api/alerts/${id}/reset`, yash, {})).status).toBe(409);
    expect((await send('POST', `/api/alerts/${id}/shelve`, yash, { minutes: 9999, reason: 'x' })).status).toBe(422);
    expect((await send('PATCH', '/api/lathes/LATHE-01', yash, { name: 'Mine' })).status).toBe(403);
    const { items } = await list('?actor=Yash&limit=3');
    expect(items.map(({ act, subject }) => [act, subject])).toEqual([
      ['alertAcknowledged', id],
      ['alertRaised', id],
      ['signedIn', undefined],
    ]);
    expect(items[0]?.details).toMatchObject({ comment: 'seen' });
    expect(await newest('alertReset')).toBeUndefined();
    expect(await sandbox.redis.hlen(KEYS.auditOpen)).toBe(0);
  });

  it('is paged without overlap, filtered by time, and for managers only', async () => {
    await send('PATCH', '/api/lathes/LATHE-01', manager, { name: 'First' });
    const all = (await list()).items;
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 4));
    expect((await list(`?from=${all[0]!.at}`)).items).toEqual([all[0]]);
    expect(all[0]).toMatchObject({ act: 'latheChanged', subject: 'lathe-1', details: { name: 'First' } });
    expect((await send('GET', '/api/audit?cursor=x', manager)).status).toBe(422);
    const yash = await signIn('Yash', 'op123');
    for (const path of ['/api/audit', '/api/audit/verify']) expect((await send('GET', path, yash)).status).toBe(403);
  });
});

describe('an act', () => {
  const intent = { act: 'jobStarted', actor: 'Ann' } as const;

  it('is not begun where it cannot be noted', async () => {
    const redis = { client: { hset: () => Promise.reject(new Error('away')) } };
    let begun = false;
    const trail = new AuditTrail(redis as never);
    const act = trail.around(intent, async () => {
      begun = true;
    });
    await expect(act).rejects.toThrow(UnavailableError);
    expect(begun).toBe(false);
  });

  it('whose server dies before its end is entered with unknown outcome, and once more when it ends after all', async () => {
    const trail = app.get(AuditTrail);
    let finish = () => {};
    const running = trail.around({ ...intent, subject: 'J1' }, () => new Promise<void>((done) => (finish = done)));
    while ((await sandbox.redis.hlen(KEYS.auditOpen)) === 0) await new Promise(setImmediate);
    await trail.abandon(new Date(Date.now() + 1000));
    expect(await newest('jobStarted')).toMatchObject({ outcome: 'unknown', subject: 'J1' });
    finish();
    await running;
    const { items } = await list('?act=jobStarted');
    expect(items.map(({ outcome }) => outcome)).toEqual(['done', 'unknown']);
    expect(items[0]?.id).toBe(`${items[1]?.id}.late`);
  });

  it('that broke off is entered as failed', async () => {
    const trail = app.get(AuditTrail);
    await expect(trail.around(intent, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    expect(await newest('jobStarted')).toMatchObject({ outcome: 'failed' });
  });

  it('is entered once although several writers take it, and one of them died before it could say so', async () => {
    const trail = app.get(AuditTrail);
    const { checked } = await verify();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => trail.record({ act: 'jobStopped', actor: 'Ann', subject: `J${i}` })),
    );
    const again = await sandbox.redis.xrange(KEYS.audit, '-', '+');
    const others = [1, 2, 3].map(
      () => new AuditChain(trail, app.get(AuditRepository), { client: sandbox.redis } as never),
    );
    await Promise.all([app.get(AuditChain), ...others].map((chain) => chain.catchUp()));
    for (const [, fields] of again) await sandbox.redis.xadd(KEYS.audit, '*', ...fields);
    expect(await verify()).toMatchObject({ ok: true, checked: checked + 40 });
    const { items } = await list('?act=jobStopped&limit=100');
    expect(new Set(items.map(({ subject }) => subject)).size).toBe(40);
    expect(items).toHaveLength(40);
  });
});

describe('verifying', () => {
  const entries = () => store.collection<{ _id: string; n: number }>('audit');

  it('finds an entry that was altered, removed, or cut off at the end, in the store itself', async () => {
    const { head, checked } = await verify();
    expect(await verify()).toEqual({ ok: true, checked, head });
    const third = await entries().findOne({ n: 3 });
    await entries().updateOne({ n: 3 }, { $set: { actor: 'Nobody' } });
    expect(await verify()).toMatchObject({ ok: false, firstBroken: 3, fault: 'altered' });
    await entries().deleteOne({ n: 3 });
    expect(await verify()).toMatchObject({ ok: false, firstBroken: 3, fault: 'missing' });
    await entries().insertOne(third!);
    expect(await verify()).toMatchObject({ ok: true });
    const last = await entries().findOne({ n: head!.n });
    await entries().deleteOne({ n: head!.n });
    expect(await verify()).toMatchObject({ ok: false, firstBroken: head!.n, fault: 'cutOff' });
    await entries().insertOne(last!);
    expect(await verify()).toMatchObject({ ok: true });
  });
});
