import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMachineState, snapshotMachine } from '#domain/machining/machine-state.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { openSandbox, type Sandbox } from '../../test/sandbox.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import { TelemetryBus } from '../realtime-bus/telemetry-bus.js';
import type { Checkpoint } from './checkpoint.js';
import { CheckpointStore, type Commit } from './checkpoint-store.js';

let sandbox: Sandbox;
let redis: RedisService;
let store: CheckpointStore;

beforeAll(async () => {
  sandbox = await openSandbox();
  redis = new RedisService(sandbox.config);
  store = new CheckpointStore(redis);
});
afterAll(async () => {
  await redis.onApplicationShutdown();
  await sandbox.close();
});

const sample = (number: number): TelemetrySample => ({
  number,
  tick: number,
  tickTimeMs: 1_750_000_000_000 + number,
  machineMinutes: 0,
  values: new Float32Array(CHANNEL_COUNT),
});

function commitOf(turn: number, samples: TelemetrySample[], sampleNumber: number, jobId = 'JOB_1'): Commit {
  const checkpoint: Checkpoint = {
    jobId,
    ended: null,
    atMs: 1000 + turn,
    t0Ms: 1000,
    periodMs: 100,
    tick: turn,
    sampleNumber,
    samplesBefore: 0,
    commandId: '0-0',
    machine: snapshotMachine(createMachineState(1)),
    alarms: null,
    proposals: [],
  };
  return { turn, checkpoint, samples, live: { health: 1, failureProbability: 0, atMs: 1000, jobId }, progressed: true };
}

async function storedNumbers(latheId: string): Promise<number[]> {
  const bus = new TelemetryBus(redis);
  await bus.ensureGroup();
  const entries = await bus.readNew(redis.client, 'reader', 1000, 1);
  await bus.acknowledge(entries.map((entry) => entry.id));
  return entries
    .filter((entry) => entry.latheId === latheId)
    .flatMap((entry) => entry.samples.map((each) => each.number));
}

describe('the grip on a lathe', () => {
  it('has a greater epoch each time and brings the newest checkpoint', async () => {
    const first = await store.acquire('lathe-1', 'JOB_1');
    expect(first).toMatchObject({ checkpoint: null, starts: 1 });
    const commit = commitOf(1, [], 0);
    await store.commit('lathe-1', first.epoch, commit);
    const second = await store.acquire('lathe-1', 'JOB_1');
    expect(second.epoch).toBeGreaterThan(first.epoch);
    expect(second.checkpoint).toEqual(commit.checkpoint);
  });

  it('has a greater epoch even after Redis has lost its data', async () => {
    const before = await store.acquire('lathe-2', 'JOB_1');
    await sandbox.redis.del(KEYS.epoch('lathe-2'));
    await new Promise((resolve) => setTimeout(resolve, 1000)); // epochs begin at the second of their making
    expect((await store.acquire('lathe-2', 'JOB_1')).epoch).toBeGreaterThan(before.epoch);
  });

  it('counts starts without progress', async () => {
    await store.acquire('lathe-3', 'JOB_3');
    const second = await store.acquire('lathe-3', 'JOB_3');
    expect(second.starts).toBe(2);
    await store.commit('lathe-3', second.epoch, { ...commitOf(1, [], 0, 'JOB_3'), progressed: false });
    const third = await store.acquire('lathe-3', 'JOB_3');
    expect(third.starts).toBe(3);
    await store.commit('lathe-3', third.epoch, commitOf(1, [], 0, 'JOB_3'));
    expect((await store.acquire('lathe-3', 'JOB_3')).starts).toBe(1);
  });
});

describe('a commit', () => {
  it('of an earlier holder writes neither state nor samples', async () => {
    const frozen = await store.acquire('lathe-4', 'JOB_1');
    await store.commit('lathe-4', frozen.epoch, commitOf(1, [sample(1)], 1));
    const holder = await store.acquire('lathe-4', 'JOB_1');
    const late = await store.commit('lathe-4', frozen.epoch, commitOf(2, [sample(2)], 2));
    expect(late).toEqual({ kind: 'fenced' });
    expect((await store.read('lathe-4'))?.sampleNumber).toBe(1);
    expect(await store.commit('lathe-4', holder.epoch, commitOf(1, [sample(2)], 2))).toEqual({
      kind: 'stored',
      commands: [],
    });
    expect(await storedNumbers('lathe-4')).toEqual([1, 2]);
  });

  it('that is repeated because its answer was lost says what is stored already', async () => {
    const { epoch } = await store.acquire('lathe-5', 'JOB_1');
    await store.commit('lathe-5', epoch, commitOf(1, [sample(1), sample(2)], 2));
    const again = await store.commit('lathe-5', epoch, commitOf(2, [sample(1), sample(2), sample(3)], 3));
    expect(again).toEqual({ kind: 'repeated', upTo: 2 });
    expect(await store.commit('lathe-5', epoch, commitOf(3, [sample(3)], 3))).toMatchObject({ kind: 'stored' });
    expect(await storedNumbers('lathe-5')).toEqual([1, 2, 3]);
  });

  it('that comes late does not undo a later one', async () => {
    const { epoch } = await store.acquire('lathe-6', 'JOB_1');
    await store.commit('lathe-6', epoch, commitOf(2, [sample(1)], 1));
    expect(await store.commit('lathe-6', epoch, commitOf(1, [], 0))).toEqual({ kind: 'repeated', upTo: 1 });
    expect((await store.read('lathe-6'))?.tick).toBe(2);
  });

  it('brings the commands behind the one that the state knows', async () => {
    const commands = new CommandBus(redis);
    const { epoch } = await store.acquire('lathe-7', 'JOB_1');
    const first = await commands.send('lathe-7', { type: 'replaceTool', toolNo: 1 });
    const second = await commands.send('lathe-7', { type: 'replaceTool', toolNo: 2 });
    const commit = commitOf(1, [], 0);
    const reply = await store.commit('lathe-7', epoch, {
      ...commit,
      checkpoint: { ...commit.checkpoint, commandId: first },
    });
    expect(reply).toEqual({
      kind: 'stored',
      commands: [{ id: second, command: { type: 'replaceTool', toolNo: 2 } }],
    });
  });

  it('shows the lathe in the table of live values', async () => {
    const { epoch } = await store.acquire('lathe-8', 'JOB_1');
    const commit = commitOf(1, [], 0);
    await store.commit('lathe-8', epoch, commit);
    expect(JSON.parse((await sandbox.redis.hget(KEYS.live, 'lathe-8')) ?? '')).toEqual(commit.live);
  });
});

describe('the state of a lathe at rest', () => {
  it('is replaced only where it is still the one that was read', async () => {
    const idle = { ...commitOf(1, [], 0).checkpoint, jobId: null };
    expect(await store.replaceIdle('lathe-9', null, idle)).toBe(true);
    expect(await store.replaceIdle('lathe-9', null, idle)).toBe(false);
    expect(await store.replaceIdle('lathe-9', idle, { ...idle, atMs: 5000 })).toBe(true);
    expect(await store.readTimes(['lathe-9', 'lathe-10'])).toEqual(['5000', null]);
  });
});
