import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { transitionFor } from '#domain/alarms/alarm.js';
import type { AlertDto } from '#domain/contract/alert.js';
import { torqueAlarm } from '../../test/alarms.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { ConfigModule } from '../config/config.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { LathesService } from '../lathes/lathes.service.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { RealtimeBusModule } from '../realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../store/store.module.js';
import { AlarmJournal } from './alarm-journal.js';
import { SYSTEM } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertsModule } from './alerts.module.js';
import { AlertsService } from './alerts.service.js';
import { AlertsQuery } from './alerts-query.service.js';

jest.setTimeout(30_000);
type App = Awaited<ReturnType<Sandbox['start']>>;
let sandbox: Sandbox;
/** Two processes of a plant. */
let one: App;
let other: App;

beforeAll(async () => {
  sandbox = await openSandbox();
  const modules = [ConfigModule, StoreModule, RealtimeBusModule, LathesModule, AlertsModule];
  one = await sandbox.start(modules);
  other = await sandbox.start(modules);
});
afterAll(async () => {
  await one?.close();
  await other?.close();
  await sandbox?.close();
});

const list = async (latheId: string): Promise<AlertDto[]> =>
  (await one.get(AlertsQuery).list({ latheId: latheId, limit: 50 })).items;
const eventsOf = async (id: string): Promise<AlertDto[]> => {
  const events = await one.get(EventBus).read('0-0', 5000);
  return events
    .filter(({ kind }) => kind === 'alert')
    .map(({ json }) => JSON.parse(json) as AlertDto)
    .filter((alert) => alert.id === id);
};

describe('a condition', () => {
  it('has one open alert, however many workers propose it', async () => {
    const proposals = Array.from({ length: 10 }, (_, i) =>
      (i % 2 ? one : other).get(AlertsService).propose(torqueAlarm('lathe-1')),
    );
    await Promise.all(proposals);
    const alerts = await list('lathe-1');
    expect(alerts).toMatchObject([
      { state: 'unacknowledged', n: 1, message: 'Spindle torque 160.0 N·m is above 149.0 N·m' },
    ]);
    expect((await eventsOf(alerts[0]!.id)).map(({ n }) => n)).toEqual([1]);
  });

  it('is told once, though its worker died and all was proposed again after it had returned', async () => {
    const service = one.get(AlertsService);
    const raised = torqueAlarm('lathe-12');
    const returned = torqueAlarm('lathe-12', { kind: 'returned', atMs: raised.atMs + 100 });
    const worse = torqueAlarm('lathe-12', { kind: 'escalated', priority: 2, atMs: raised.atMs + 50 });
    for (const proposal of [raised, worse, returned, raised, worse, returned]) await service.propose(proposal);
    const [alert] = await list('lathe-12');
    expect(alert).toMatchObject({ state: 'returnedUnacknowledged', n: 3 });
    await one.get(AlertActs).acknowledge(alert!.id, { actor: 'Yash', atMs: raised.atMs + 200 });
    for (const proposal of [raised, returned]) await other.get(AlertsService).propose(proposal);
    expect(await list('lathe-12')).toMatchObject([{ id: alert!.id, state: 'normal', n: 4 }]);
    await service.propose(torqueAlarm('lathe-12', { atMs: raised.atMs + 300 }));
    expect(await list('lathe-12')).toHaveLength(2);
  });

  it('gets a new alert only after the old one is closed', async () => {
    const service = one.get(AlertsService);
    await service.propose(torqueAlarm('lathe-2'));
    await service.propose(torqueAlarm('lathe-2', { kind: 'returned', value: 100 }));
    await service.propose(torqueAlarm('lathe-2', { atMs: Date.now() + 1 }));
    const [first] = await list('lathe-2');
    expect(first).toMatchObject({ state: 'unacknowledged', n: 3 });
    await one.get(AlertActs).acknowledge(first!.id, { actor: 'Yash', atMs: Date.now() });
    await service.propose(torqueAlarm('lathe-2', { kind: 'returned' }));
    await service.propose(torqueAlarm('lathe-2'));
    expect((await list('lathe-2')).map(({ state, n }) => [state, n])).toEqual([
      ['unacknowledged', 1],
      ['normal', 5],
    ]);
  });

  it('that becomes more urgent alarms again', async () => {
    const service = one.get(AlertsService);
    await service.propose(torqueAlarm('lathe-3'));
    const [alert] = await list('lathe-3');
    await one.get(AlertActs).acknowledge(alert!.id, { actor: 'Yash', atMs: Date.now() });
    const worse = torqueAlarm('lathe-3', {
      kind: 'escalated',
      priority: 2,
      value: 200,
      limit: 193,
      atMs: Date.now() + 5,
    });
    await service.propose(worse);
    await service.propose(worse);
    expect(await list('lathe-3')).toMatchObject([{ state: 'unacknowledged', priority: 2, threshold: 193, n: 3 }]);
    expect((await list('lathe-3'))[0]).not.toHaveProperty('acknowledgedBy');
  });

  it('of the cut returns with the end of the job, one of the tool when the tool is replaced', async () => {
    const service = one.get(AlertsService);
    await service.propose(torqueAlarm('lathe-4'));
    await service.propose(torqueAlarm('lathe-4', { type: 'TOOL_WEAR', channel: 'flankWear', value: 0.31, limit: 0.3 }));
    const states = async () =>
      Object.fromEntries((await list('lathe-4')).map((alert) => [alert.alert_type, alert.state]));
    await service.jobEnded('lathe-4', Date.now());
    expect(await states()).toEqual({ HIGH_TORQUE: 'returnedUnacknowledged', TOOL_WEAR: 'unacknowledged' });
    await service.toolReplaced('lathe-4', Date.now());
    expect(await states()).toEqual({ HIGH_TORQUE: 'returnedUnacknowledged', TOOL_WEAR: 'returnedUnacknowledged' });
  });
});

describe('a process that dies', () => {
  /** Appends an acknowledgement as a process would that is killed right afterwards. */
  async function acknowledgeAndDie(latheId: string): Promise<string> {
    await one.get(AlertsService).propose(torqueAlarm(latheId));
    const repository = one.get(AlarmsRepository);
    const stored = (await repository.findOpen(`${latheId}|HIGH_TORQUE|torque`))!;
    const event = { type: 'acknowledged' as const, atMs: Date.now(), actor: 'Yash' };
    await repository.append(stored, { ...transitionFor(stored.alarm, event), alertId: stored.id });
    return stored.id;
  }

  it('between transition and event leaves an event that is published once after the restart', async () => {
    const id = await acknowledgeAndDie('lathe-5');
    expect((await eventsOf(id)).map(({ n }) => n)).toEqual([1]);
    const now = new Date();
    await Promise.all([one.get(AlarmJournal).catchUp(now), other.get(AlarmJournal).catchUp(now)]);
    await other.get(AlarmJournal).catchUp(now);
    expect((await eventsOf(id)).map(({ n, state }) => [n, state])).toEqual([
      [1, 'unacknowledged'],
      [2, 'acknowledged'],
    ]);
  });

  it('between event and note of it causes no second event', async () => {
    const id = await acknowledgeAndDie('lathe-6');
    const [alert] = await list('lathe-6');
    await one.get(EventBus).publish('alert', alert!, `alert:${id}:2`);
    expect(await other.get(AlarmJournal).catchUp(new Date())).toBe(1);
    expect(await other.get(AlarmJournal).catchUp(new Date())).toBe(0);
    expect((await eventsOf(id)).map(({ n }) => n)).toEqual([1, 2]);
  });

  it('before it has carried the state over loses no transition', async () => {
    const id = await acknowledgeAndDie('lathe-7');
    const alerts = one.get<Connection>(getConnectionToken()).collection<{ _id: string }>('alerts');
    await alerts.updateOne({ _id: id }, { $set: { n: 1, state: 'unacknowledged' }, $unset: { acknowledgedBy: 1 } });
    await other.get(AlertsService).propose(torqueAlarm('lathe-7', { kind: 'returned' }));
    expect(await list('lathe-7')).toMatchObject([{ id, state: 'normal', acknowledgedBy: 'Yash', n: 3 }]);
  });

  it('after opening an alert without a transition leaves nothing visible, and the next worker goes on', async () => {
    const subject = {
      latheId: 'lathe-8',
      type: 'HIGH_TORQUE' as const,
      channel: 'torque' as const,
      slot: 'lathe-8|HIGH_TORQUE|torque',
    };
    await one.get(AlarmsRepository).open(subject, { isManual: false, isLatching: false }, Date.now());
    expect(await list('lathe-8')).toEqual([]);
    await other.get(AlertsService).propose(torqueAlarm('lathe-8'));
    expect(await list('lathe-8')).toMatchObject([{ state: 'unacknowledged', n: 1 }]);
  });
});

describe('a critical stop', () => {
  const commandsTo = async (latheId: string) =>
    (await one.get(CommandBus).read(latheId, '0-0')).map(({ command }) => command);

  it('locks the lathe and stops its job, also where the rule becomes urgent later', async () => {
    await one.get(AlertsService).propose(torqueAlarm('lathe-9'));
    expect((await one.get(LathesService).get('lathe-9')).locked).toBe(false);
    await one.get(AlertsService).propose(torqueAlarm('lathe-9', { kind: 'escalated', priority: 1, stop: true }));
    const [alert] = await list('lathe-9');
    expect(alert).toMatchObject({ severity: 'critical', priority: 1 });
    expect(await one.get(LathesService).get('lathe-9')).toMatchObject({ locked: true, lockedBy: alert!.id });
    expect(await commandsTo('lathe-9')).toEqual([
      { type: 'stop', jobId: 'JOB_20250101_007', reason: 'alert', alertId: alert!.id, by: SYSTEM },
    ]);
  });

  it('is carried out by the next process where the first one dies before it', async () => {
    const repository = one.get(AlarmsRepository);
    const subject = { latheId: 'lathe-10', jobId: 'JOB_20250101_008', type: 'MANUAL' as const, slot: 'manual|test' };
    const stored = (await repository.open(subject, { isManual: true, isLatching: false }, Date.now()))!;
    const event = { type: 'limitExceeded' as const, atMs: Date.now(), actor: 'Yash', message: 'Smoke', priority: 1 };
    await repository.append(stored, { ...transitionFor(stored.alarm, event), alertId: stored.id, stop: true });
    expect((await one.get(LathesService).get('lathe-10')).locked).toBe(false);
    await other.get(AlarmJournal).catchUp(new Date());
    expect((await one.get(LathesService).get('lathe-10')).locked).toBe(true);
    expect(await commandsTo('lathe-10')).toMatchObject([{ jobId: 'JOB_20250101_008', reason: 'alert', by: 'Yash' }]);
  });

  it('of a lathe without a job only locks it', async () => {
    const body = { latheId: 'lathe-11', message: 'Coolant on the floor', severity: 'critical' as const, stop: true };
    const alert = await one.get(AlertActs).raise(body, { actor: 'Raj', atMs: Date.now() });
    expect(alert).toMatchObject({ severity: 'critical', priority: 1, state: 'unacknowledged' });
    expect((await one.get(LathesService).get('lathe-11')).lockedBy).toBe(alert.id);
    expect(await commandsTo('lathe-11')).toEqual([]);
  });
});
