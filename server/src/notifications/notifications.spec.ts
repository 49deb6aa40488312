import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { CreateChannelDto, DeliveryDto, DeliveryState } from '#domain/contract/notification.js';
import { CreateChannelSchema } from '#domain/contract/notification.js';
import { torqueAlarm } from '../../test/alarms.js';
import { openMailReceiver, openWebhookReceiver, type ReceivedCall } from '../../test/receivers.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { AlarmJournal } from '../alerts/alarm-journal.js';
import { type AlarmProposal, subjectOf } from '../alerts/alarm-proposal.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { AlertActs } from '../alerts/alert-acts.service.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { ConfigModule } from '../config/config.module.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { ChannelsService } from './channels.service.js';
import { DeliveryLog } from './delivery-log.service.js';
import { DEFAULT_PACE, NOTIFICATION_PACE } from './notification-pace.js';
import { NotificationsApiModule, NotificationsWorkerModule } from './notifications.module.js';

const FOUNDATION = [ConfigModule, StoreModule, RealtimeBusModule];
const SECRET = 'sixteen characters';
const pace = { ...DEFAULT_PACE, pollMs: 20, attempts: 4, firstRetryMs: 50, overdueMs: 400, minuteMs: 1000 };

let sandbox: Sandbox;
/** What raises alarms and holds the settings. */
let plant: TestingModule;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({ FLEET_SIZE: '2' });
  plant = await sandbox.start([...FOUNDATION, AlertsModule, NotificationsApiModule]);
});
afterAll(async () => {
  await plant?.close();
  await sandbox?.close();
});
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
  for (const { id } of await channels().list()) await channels().remove(id);
});

const channels = () => plant.get(ChannelsService);
const alerts = () => plant.get(AlertsService);

/** What fails on purpose here would fill the report with warnings. */
const SILENT: LoggerService = { log: () => undefined, error: () => undefined, warn: () => undefined };

async function startWorker(): Promise<TestingModule> {
  const compiled = await Test.createTestingModule({ imports: [...FOUNDATION, NotificationsWorkerModule] })
    .setLogger(SILENT)
    .overrideProvider(NOTIFICATION_PACE)
    .useValue(pace)
    .compile();
  opened.push(compiled);
  return compiled.init();
}

async function receiver(answer?: (call: ReceivedCall) => number | null) {
  const hook = await openWebhookReceiver(answer);
  opened.push(hook);
  return hook;
}

const add = (wish: CreateChannelDto) => channels().create(CreateChannelSchema.parse(wish), 'Sahil', new Date());
const webhook = (url: string, more: Partial<CreateChannelDto> = {}) =>
  add({ kind: 'webhook', name: 'Hook', url, secret: SECRET, ...more } as CreateChannelDto);

let lastLathe = 0;
/** An alarm of a lathe that has none yet. */
const torque = (more: Partial<AlarmProposal> = {}) =>
  torqueAlarm(`lathe-${++lastLathe}`, { priority: 2, value: 160.123456, ...more });

async function deliveries(state?: DeliveryState): Promise<DeliveryDto[]> {
  return (await plant.get(DeliveryLog).list({ limit: 500, ...(state ? { state } : {}) })).items;
}
async function untilDelivery(isIt: (delivery: DeliveryDto) => boolean): Promise<DeliveryDto> {
  for (;;) {
    const found = (await deliveries()).find(isIt);
    if (found) return found;
    await new Promise((next) => setTimeout(next, 50));
  }
}

describe('a webhook', () => {
  it('tells of a raised alarm, signed, with what it was when it was raised', async () => {
    const hook = await receiver();
    const channel = await webhook(hook.url);
    await startWorker();
    const proposal = torque();
    await alerts().propose(proposal);
    const [call] = await hook.calls.until((calls) => calls.length === 1);
    const { headers, text, body } = call!;
    const timestamp = String(headers['x-byte-astra-timestamp']);
    expect(headers['x-byte-astra-signature']).toBe(
      `v1=${createHmac('sha256', SECRET).update(`${timestamp}.${text}`).digest('hex')}`,
    );
    expect(Math.abs(Number(timestamp) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(headers['idempotency-key']).toBe(body.id);
    expect(body).toMatchObject({
      id: `${channel.id}.${body.alert.id}.1`,
      event: 'alert.raised',
      alert: { lathe_id: proposal.latheId, state: 'unacknowledged', priority: 2, n: 1 },
      transition: { n: 1, event: 'limitExceeded' },
    });
    const { error: _, ...delivery } = await untilDelivery(({ id, state }) => id === body.id && state === 'delivered');
    expect(delivery).toMatchObject({ attempts: 1, latheId: proposal.latheId, type: 'alert', news: 'raised' });
  });

  it('is tried again with the same key until it is taken, and given up at once where that cannot help', async () => {
    let tries = 0;
    const slow = await receiver(() => (++tries < 3 ? 503 : 200));
    const wrong = await receiver(() => 404);
    const moved = await receiver(() => 302);
    for (const { url } of [slow, wrong, moved]) await webhook(url, { name: url });
    await startWorker();
    await alerts().propose(torque());
    const calls = await slow.calls.until((all) => all.length === 3);
    expect(new Set(calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(
      await untilDelivery(({ channelName, state }) => channelName === slow.url && state === 'delivered'),
    ).toMatchObject({
      attempts: 3,
    });
    for (const { url } of [wrong, moved]) {
      const lost = await untilDelivery(({ channelName, state }) => channelName === url && state === 'failed');
      expect(lost).toMatchObject({ attempts: 1, error: expect.stringMatching(/answered (404|302)/) });
    }
  });

  it('hears only of its priorities, lathes and kinds of news', async () => {
    const hook = await receiver();
    const mine = torque({ priority: 1 });
    await webhook(hook.url, { priorities: [1], lathes: [mine.latheId], news: ['raised', 'acknowledged', 'over'] });
    await startWorker();
    await alerts().propose(torque({ priority: 1 }));
    await alerts().propose({ ...mine, type: 'HIGH_VIBRATION', channel: 'vibration', priority: 2, atMs: Date.now() });
    await alerts().propose({ ...mine, atMs: Date.now() }); // what was before the channel is not told
    const [first] = await hook.calls.until((calls) => calls.length === 1);
    await plant.get(AlertActs).acknowledge(first!.body.alert.id, { actor: 'Yash', atMs: Date.now(), comment: 'I go' });
    await alerts().propose({ ...mine, kind: 'returned', atMs: Date.now() });
    const calls = await hook.calls.until((all) => all.length === 3);
    expect(calls.map(({ body }) => body.event).sort()).toEqual(['alert.acknowledged', 'alert.over', 'alert.raised']);
    expect(new Set(calls.map(({ body }) => body.alert.id)).size).toBe(1);
    expect(calls.find(({ body }) => body.event === 'alert.acknowledged')?.body.transition).toMatchObject({
      actor: 'Yash',
      comment: 'I go',
    });
  });
});

describe('an e-mail', () => {
  it('goes to all who are named, through an account, under an id that does not change', async () => {
    const mail = await openMailReceiver();
    opened.push(mail);
    const smtp = {
      host: '127.0.0.1',
      port: mail.port,
      security: 'none' as const,
      user: 'plant',
      password: 'mail-password',
    };
    const to = ['shift@plant.example', 'lead@plant.example'];
    await add({ kind: 'email', name: 'Shift', to, from: 'astra@plant.example', smtp });
    await startWorker();
    await alerts().propose(torque({ message: 'Torque is\r\nBcc: all@plant.example too high' }));
    const [got] = await mail.mails.until((mails) => mails.length === 1);
    const { id } = await untilDelivery(({ state, channelName }) => channelName === 'Shift' && state === 'delivered');
    expect(got).toMatchObject({ from: 'astra@plant.example', to, user: 'plant' });
    expect(got!.headers['message-id']).toBe(`<${id}@byte-astra>`);
    expect(got!.headers['bcc']).toBeUndefined();
    expect(got!.headers['subject']).toMatch(/^Alarm P2 lathe-\d+: Torque is Bcc: all@plant\.example too high$/);
    expect(got!.text).toContain('Value: 160.12');
  });

  it('that the server refuses is not tried again', async () => {
    const mail = await openMailReceiver((address) => address !== 'nobody@plant.example');
    opened.push(mail);
    const account = { host: '127.0.0.1', port: mail.port, security: 'none' as const, user: 'plant' };
    const common = { kind: 'email' as const, from: 'astra@plant.example' };
    await add({
      ...common,
      name: 'Typo',
      to: ['nobody@plant.example'],
      smtp: { ...account, password: 'mail-password' },
    });
    await add({ ...common, name: 'Locked', to: ['a@plant.example'], smtp: { ...account, password: 'wrong' } });
    await startWorker();
    await alerts().propose(torque());
    for (const name of ['Typo', 'Locked']) {
      const lost = await untilDelivery(({ channelName, state }) => channelName === name && state === 'failed');
      expect(lost).toMatchObject({ attempts: 1, error: expect.stringMatching(/No such mailbox|Wrong user/) });
    }
    expect(mail.mails.items).toEqual([]);
  });
});

describe('escalation', () => {
  it('tells further people only of what nobody has acknowledged in time', async () => {
    const hook = await receiver();
    await webhook(hook.url, { name: 'Boss', afterMinutes: 2 });
    await startWorker();
    const [taken, left] = [torque(), torque()];
    await alerts().propose(taken);
    await alerts().propose(left);
    const open = await plant.get(AlarmsRepository).listOpen(taken.latheId);
    await plant.get(AlertActs).acknowledge(open[0]!.id, { actor: 'Yash', atMs: Date.now() });
    await alerts().propose({ ...left, kind: 'returned', atMs: left.atMs + 1 });
    const [call] = await hook.calls.until((calls) => calls.length === 1);
    expect(call!.atMs - left.atMs).toBeGreaterThanOrEqual(2 * pace.minuteMs);
    expect(call!.body).toMatchObject({ unacknowledgedMin: 2, alert: { lathe_id: left.latheId } });
    const spared = await untilDelivery(({ latheId, state }) => latheId === taken.latheId && state === 'notNeeded');
    expect(spared).toMatchObject({ attempts: 0, error: 'Somebody took care in time' });
    expect(hook.calls.items).toHaveLength(1);
  });
});

describe('a flood', () => {
  it('stays within the limit, keeps room for the most urgent, and loses nothing', async () => {
    const hook = await receiver();
    const windowMs = 4 * pace.minuteMs;
    await webhook(hook.url, { name: 'Flooded', priorities: [1, 2], limit: { messages: 8, perMinutes: 4 } });
    const flood = Array.from({ length: 100 }, () => torque());
    await Promise.all(flood.map((proposal) => alerts().propose(proposal)));
    await startWorker();
    await hook.calls.until((calls) => calls.length >= 6);
    const urgent = torque({ priority: 1 });
    await alerts().propose(urgent);
    const heard = (calls: ReceivedCall[]) =>
      calls.reduce((sum, { body }) => sum + (body.event === 'digest' ? body.digest.count : 1), 0);
    const calls = await hook.calls.until((all) => heard(all) >= 101);
    expect(heard(calls)).toBe(101);
    const spanned = Math.ceil((calls.at(-1)!.atMs - calls[0]!.atMs) / windowMs) + 1;
    expect(calls.length).toBeLessThanOrEqual(spanned * (8 + 1));
    expect(calls.some(({ body }) => body.alert?.lathe_id === urgent.latheId)).toBe(true);
    const digest = calls.find(({ body }) => body.event === 'digest')!.body.digest;
    expect(digest.lines).toHaveLength(Math.min(20, digest.count));
    expect(calls.some(({ body }) => /Further alarms follow in one message/.test(body.note ?? ''))).toBe(true);
    const told = await deliveries();
    expect(told.filter(({ state, channelName }) => state === 'held' && channelName === 'Flooded')).toEqual([]);
  });
});

describe('whoever dies in between', () => {
  it('the api after the transition, before its event: it is told once', async () => {
    const hook = await receiver();
    await webhook(hook.url);
    await startWorker();
    const proposal = torque();
    const repository = plant.get(AlarmsRepository);
    const stored = await repository.open(subjectOf(proposal), { isManual: false, isLatching: false }, proposal.atMs);
    const { kind: _, atMs, priority, message } = proposal;
    const transition = {
      n: 1,
      event: 'limitExceeded' as const,
      from: 'normal' as const,
      to: 'unacknowledged' as const,
    };
    await repository.append(stored!, { ...transition, actor: 'system', atMs, priority, message, alertId: stored!.id });
    const journal = plant.get(AlarmJournal);
    await journal.catchUp(new Date(Date.now() + 1000));
    await alerts().propose({ ...proposal, kind: 'returned', atMs: atMs + 1 });
    await alerts().propose({ ...torque(), latheId: 'lathe-999' });
    const calls = await hook.calls.until((all) => all.some(({ body }) => body.alert.lathe_id === 'lathe-999'));
    expect(calls.filter(({ body }) => body.alert.id === stored!.id)).toHaveLength(1);
    expect((await repository.listTransitions(stored!.id)).map(({ n }) => n)).toEqual([1, 2]);
  });

  it('the router before it has remembered its place, or before it has queued: nothing is told twice, nothing is lost', async () => {
    const hook = await receiver();
    await webhook(hook.url);
    const worker = await startWorker();
    const before = await sandbox.redis.get(KEYS.notifyPlace);
    await alerts().propose(torque());
    await hook.calls.until((calls) => calls.length === 1);
    opened.splice(opened.indexOf(worker), 1);
    await worker.close();
    await sandbox.redis.set(KEYS.notifyPlace, before ?? '0-0');
    for (const key of await sandbox.redis.keys('ba:bull:notifications:*')) await sandbox.redis.del(key);
    await alerts().propose(torque());
    await startWorker();
    const calls = await hook.calls.until((all) => all.length === 2);
    expect(new Set(calls.map(({ body }) => body.id)).size).toBe(2);
  });

  it('the bus that has forgotten the events: the alerts themselves are read', async () => {
    const hook = await receiver();
    await webhook(hook.url);
    const place = await sandbox.redis.get(KEYS.notifyPlace);
    const lost = torque();
    await alerts().propose(lost);
    await sandbox.redis.xtrim(KEYS.events, 'MAXLEN', 0);
    await sandbox.redis.set(KEYS.notifyPlace, place ?? '0-1');
    await alerts().propose(torque());
    await startWorker();
    const calls = await hook.calls.until((all) => all.length === 2);
    expect(calls.map(({ body }) => body.alert.lathe_id)).toContain(lost.latheId);
  });

  it('kill -9 of the worker while a message is under way: it comes again under the same key, from one transition', async () => {
    const workers: ChildProcess[] = [];
    const startRole = () => {
      const child = spawn(process.execPath, ['dist/server/src/main.js', '--role=worker'], {
        env: { ...process.env, ...sandbox.env, LOG_LEVEL: 'silent', NODE_OPTIONS: '' },
        stdio: 'ignore',
      });
      workers.push(child);
      return child;
    };
    let killed: Promise<unknown> | undefined;
    const hook = await receiver(() => {
      if (killed) return 204;
      const [first] = workers;
      killed = once(first!, 'exit');
      first!.kill('SIGKILL');
      return null;
    });
    await webhook(hook.url);
    startRole();
    await alerts().propose(torque());
    await hook.calls.until((calls) => calls.length === 1);
    await killed;
    startRole();
    const calls = await hook.calls.until((all) => all.length === 2);
    const ids = calls.map(({ headers }) => headers['idempotency-key']);
    expect(ids[1]).toBe(ids[0]);
    const { alertId } = await untilDelivery(({ id, state }) => id === ids[0] && state === 'delivered');
    expect(await plant.get(AlarmsRepository).listTransitions(alertId!)).toHaveLength(1);
    const over = once(workers[1]!, 'exit');
    workers[1]!.kill('SIGTERM');
    await over;
  }, 90_000);
});
