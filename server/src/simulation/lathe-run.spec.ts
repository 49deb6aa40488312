import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createMachineState, restoreMachine } from '#domain/machining/machine-state.js';
import { planJob } from '#domain/machining/plan.js';
import { beginJob } from '#domain/machining/step.js';
import { CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { RECORD_FLAG } from '#domain/telemetry/frame.js';
import type { AlarmProposal } from '../alerts/alarm-proposal.js';
import type { TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import type { Checkpoint } from './checkpoint.js';
import { type AlarmWatch, CATCH_UP_MS, LatheRun, MAX_WAITING_SAMPLES, type RunStart } from './lathe-run.js';

Logger.overrideLogger(false); // a refused fault is logged

const T0 = Date.UTC(2025, 0, 6, 8);
const PERIOD_MS = 100;
const noRules: AlarmWatch = { evaluate: () => [], judgeEvent: () => null, memory: () => null };

function freshStart(minutes = 10, changes: Partial<RunStart> = {}): RunStart {
  const machine = createMachineState(7);
  const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters: {} });
  beginJob(machine, plan, { seed: 42, estimatedMinutes: minutes });
  return {
    latheId: 'lathe-1',
    latheIndex: 0,
    jobId: 'JOB_20250106_001',
    epoch: 1,
    timeScale: 1,
    machine,
    t0Ms: T0,
    tick: 0,
    sampleNumber: 100,
    samplesBefore: 100,
    commandId: '0-0',
    proposals: [],
    periodMs: PERIOD_MS,
    sensorIntervalMs: 500,
    ...changes,
  };
}

const start = (options: Partial<RunStart> = {}, minutes?: number, alarms = noRules) =>
  new LatheRun(freshStart(minutes, options), alarms, () => undefined);

/** Makes every tick up to `tick`, in turns of a tenth of a second. */
function runTo(run: LatheRun, tick: number): TelemetrySample[] {
  for (let n = run.tickNumber + 1; n <= tick; n++) run.advance(run.timeMs + PERIOD_MS, 1);
  return run.samples;
}

function resume(checkpoint: Checkpoint): LatheRun {
  const { machine, t0Ms, tick, sampleNumber, samplesBefore, commandId, proposals } = JSON.parse(
    JSON.stringify(checkpoint),
  ) as Checkpoint;
  const state = { machine: restoreMachine(machine), t0Ms, tick, sampleNumber, samplesBefore, commandId, proposals };
  return start({ ...state, epoch: 2 });
}

describe('ticks and samples of a run', () => {
  it.each([
    [1.005, 1000],
    [10.05, 100],
    [100, 1000],
    [1, 20],
  ])('make machine time at %d times the wall time and a tick of %d ms', (timeScale, periodMs) => {
    const run = start({ timeScale, periodMs, sensorIntervalMs: periodMs });
    for (let tick = 1; tick <= 3; tick++) run.advance(T0 + tick * periodMs, 1);
    expect(run.samples.at(-1)!.machineMinutes).toBeCloseTo((3 * timeScale * periodMs) / 60_000, 9);
  });

  it('fall on the grid of the period and carry numbers that go on from the last job', () => {
    const run = start();
    const samples = runTo(run, 16);
    expect(samples.map(({ number, tick, tickTimeMs }) => [number, tick, tickTimeMs - T0])).toEqual([
      [101, 1, 100],
      [102, 6, 600],
      [103, 11, 1100],
      [104, 16, 1600],
    ]);
    expect(run.record).toMatchObject({ latheIndex: 0, status: 1, tickNumber: 16, tickTimeMs: T0 + 1600 });
  });

  it('make several ticks at once after a pause, at most as many as asked for', () => {
    const run = start();
    expect(run.advance(T0 + 99, 20)).toBe(false);
    expect(run.advance(T0 + 1050, 20)).toBe(true);
    expect(run.tickNumber).toBe(10);
    run.advance(T0 + 10_000, 20);
    expect(run.tickNumber).toBe(30);
  });

  it('leave out what was missed for longer than the catch-up, without a gap in the numbers', () => {
    const run = start();
    runTo(run, 10);
    const late = T0 + 1000 + 10 * CATCH_UP_MS;
    while (run.advance(late, 100));
    expect(run.timeMs).toBe(late);
    expect(run.tickNumber).toBe(10 + CATCH_UP_MS / PERIOD_MS);
    const numbers = run.samples.map((sample) => sample.number);
    expect(numbers).toEqual(numbers.map((_, i) => 101 + i));
  });

  it('go on when the clock is set back', () => {
    const run = start();
    runTo(run, 10);
    run.advance(T0 - 3_600_000, 1);
    expect(run.advance(T0 - 3_600_000 + PERIOD_MS, 1)).toBe(true);
    expect(run.tickNumber).toBe(11);
  });

  it('stand still while too many samples wait to be stored, and lose none', () => {
    const run = start({ sensorIntervalMs: 100 }, 1000);
    runTo(run, MAX_WAITING_SAMPLES + 50);
    expect(run.samples).toHaveLength(MAX_WAITING_SAMPLES);
    expect(run.tickNumber).toBe(MAX_WAITING_SAMPLES);
    run.dropSamples(run.samples[99]!.number);
    runTo(run, MAX_WAITING_SAMPLES + 100);
    expect(run.samples[0]!.number).toBe(201);
    expect(run.samples.at(-1)!.number).toBe(100 + MAX_WAITING_SAMPLES + 100);
  });

  it('pass machine time at the scale of the job', () => {
    const run = start({ timeScale: 60 });
    const samples = runTo(run, 51);
    expect(samples.at(-1)!.machineMinutes).toBeCloseTo((51 * 0.1 * 60) / 60, 9);
  });
});

describe('a run that goes on from a checkpoint', () => {
  it.each([1, 37, 150])('after tick %i gives the same samples as one that was never interrupted', (at) => {
    const whole = runTo(start(), 300).map((sample) => ({ ...sample, values: [...sample.values] }));
    const first = start();
    runTo(first, at);
    const stored = first.samples.map((sample) => ({ ...sample, values: [...sample.values] }));
    const second = resume(first.checkpoint());
    runTo(second, 300);
    const resumed = second.samples.map((sample) => ({ ...sample, values: [...sample.values] }));
    expect([...stored, ...resumed]).toEqual(whole);
  });

  it('holds no number that JSON cannot carry', () => {
    const run = start();
    runTo(run, 120);
    const checkpoint = run.checkpoint();
    expect(JSON.parse(JSON.stringify(checkpoint))).toEqual(checkpoint);
    expect(JSON.stringify(checkpoint).length).toBeLessThan(16_384);
  });
});

describe('the end of a run', () => {
  it('comes when the machine minutes are done', () => {
    const run = start({}, 0.05);
    runTo(run, 40);
    expect(run.outcome).toMatchObject({ status: 'Completed', result: { samples: 6 } });
    expect(run.outcome!.machineMinutes).toBeCloseTo(0.05, 6);
    expect(run.tickNumber).toBe(30);
    expect(run.checkpoint()).toMatchObject({ jobId: null, ended: { jobId: run.jobId, outcome: run.outcome } });
  });

  it('is a failure with its reason when the tool breaks', () => {
    const run = start();
    const fault = { type: 'toolBreakage', severity: 1 } as const;
    run.receive([{ id: '1-0', command: { type: 'fault', jobId: run.jobId, fault } }]);
    runTo(run, 600);
    expect(run.outcome).toMatchObject({ status: 'Failed', result: { reason: 'tool 1 is broken' } });
  });
});

describe('commands to a run', () => {
  it('stop it between two ticks, once', () => {
    const run = start();
    runTo(run, 12);
    const stop = { type: 'stop', jobId: run.jobId, reason: 'operator', by: 'Yash' } as const;
    run.receive([{ id: '5-0', command: stop }]);
    expect(run.advance(run.timeMs + 10, 20)).toBe(false);
    expect(run.outcome).toMatchObject({
      status: 'Cancelled',
      endedAtMs: T0 + 1200,
      result: { reason: 'stopped by Yash' },
    });
    expect(run.wantsCommit).toBe(true);
    expect(run.checkpoint().commandId).toBe('5-0');
  });

  it('of a critical alert end it as Alert Triggered', () => {
    const run = start();
    run.receive([
      { id: '5-0', command: { type: 'stop', jobId: run.jobId, reason: 'alert', alertId: 'a1', by: 'system' } },
    ]);
    run.advance(T0 + 100, 1);
    expect(run.outcome).toMatchObject({ status: 'Alert Triggered' });
  });

  it('have no effect when they were for another job or have been applied before', () => {
    const run = start({ commandId: '9-0' });
    run.receive([
      { id: '8-0', command: { type: 'stop', jobId: run.jobId, reason: 'operator', by: 'Yash' } },
      { id: '10-0', command: { type: 'stop', jobId: 'JOB_20250101_001', reason: 'operator', by: 'Yash' } },
    ]);
    runTo(run, 3);
    expect(run.outcome).toBeNull();
    expect(run.checkpoint().commandId).toBe('10-0');
  });

  it('inject a fault that shows in the flags', () => {
    const run = start();
    runTo(run, 20);
    expect(run.record.flags).toBe(0);
    const fault = { type: 'sensorDropout', severity: 1, channel: 'torque' } as const;
    run.receive([{ id: '1-0', command: { type: 'fault', jobId: run.jobId, fault } }]);
    runTo(run, 25);
    expect(run.record.flags & RECORD_FLAG.faultInjected).toBe(RECORD_FLAG.faultInjected);
    expect(run.record.values[CHANNEL_INDEX.torque]).toBeNaN();
  });

  it('leave the machine alone where they falsify a sensor: the truth is stored beside what it tells', () => {
    const sound = freshStart();
    const untouched = new LatheRun(sound, noRules, () => undefined);
    const run = start();
    const fault = { type: 'sensorDrift', severity: 1, channel: 'vibration' } as const;
    run.receive([{ id: '1-0', command: { type: 'fault', jobId: run.jobId, fault } }]);
    const [lying, vibration] = [run.samples, CHANNEL_INDEX.vibration];
    for (let tick = 1; tick <= 300; tick += 5) {
      runTo(untouched, tick);
      runTo(run, tick);
      const [told, other] = [lying.at(-1)!, untouched.samples.at(-1)!];
      expect(told.injected!.truth).toEqual({ vibration: Math.fround(sound.machine.truth[vibration]!) });
      expect(other).not.toHaveProperty('injected');
      const drift = (20 * 0.05 * (tick - 1)) / 600;
      expect(told.values[vibration]! - other.values[vibration]!).toBeCloseTo(drift, 2);
      const rest = (values: Float32Array) => [...values].filter((_, channel) => channel !== vibration);
      expect(rest(told.values)).toEqual(rest(other.values));
    }
  });

  it('end a fault at the tick at which they come, and its record says who and when', () => {
    const run = start();
    const fault = { type: 'sensorStuck', severity: 1, channel: 'rpm' } as const;
    const inject = { type: 'fault', jobId: run.jobId, fault, by: 'Yash' } as const;
    run.receive([{ id: '1750000000000-3', command: inject }]);
    runTo(run, 25);
    const [label] = run.samples.at(-1)!.injected!.faults;
    expect(label).toEqual({ id: '1750000000000-3', type: 'sensorStuck', severity: 1, channel: 'rpm' });
    expect(run.samples.at(-1)!.injected!.truth.rpm).toBeGreaterThan(run.samples.at(-1)!.values[CHANNEL_INDEX.rpm]!);
    run.receive([
      { id: '1750000000001-0', command: { type: 'endFault', jobId: run.jobId, faultId: label!.id, by: 'Sahil' } },
    ]);
    runTo(run, 36);
    expect(run.record.flags).toBe(0);
    expect(run.samples.at(-1)).not.toHaveProperty('injected');
    expect(run.checkpoint().faults).toEqual([
      expect.objectContaining({
        id: '1750000000000-3',
        by: 'Yash',
        requestedAtMs: 1_750_000_000_000,
        startedAtMs: T0 + 100,
        endedAtMs: T0 + 2500,
        endedBy: 'Sahil',
      }),
    ]);
  });

  it('pass over a fault that does not exist', () => {
    const run = start();
    const fault = { type: 'gremlins', severity: 1 } as never;
    run.receive([{ id: '1-0', command: { type: 'fault', jobId: run.jobId, fault } }]);
    runTo(run, 2);
    expect(run.outcome).toBeNull();
  });
});

describe('alarm proposals of a run', () => {
  const proposal = { kind: 'raised', latheId: 'lathe-1' } as unknown as AlarmProposal;

  it('wait in the checkpoint until they are stored', () => {
    const rules: AlarmWatch = {
      evaluate: (_, atMs) => (atMs === T0 + 300 ? [proposal] : []),
      judgeEvent: () => null,
      memory: () => ({ since: 1 }),
    };
    const run = start({}, 10, rules);
    runTo(run, 5);
    expect(run.checkpoint()).toMatchObject({ proposals: [proposal], alarms: { since: 1 } });
    run.proposals.shift();
    expect(run.checkpoint().proposals).toEqual([]);
  });
});
