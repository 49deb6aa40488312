import { describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '../telemetry/channels.js';
import { trueChannels, writeChannels } from './channels.js';
import { MachiningInputError } from './errors.js';
import { injectFault } from './faults.js';
import {
  createMachineState,
  type MachineState,
  relaxIdle,
  replaceTool,
  restoreMachine,
  snapshotMachine,
} from './machine-state.js';
import { planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { type BeginJobOptions, beginJob, drainEvents, endJob, step } from './step.js';

const C = CHANNEL_INDEX;

function machineWith(request: MachiningRequest, options: Partial<BeginJobOptions> = {}): MachineState {
  const state = createMachineState(7);
  beginJob(state, planJob(request), { seed: 7, estimatedMinutes: 60, ...options });
  return state;
}

function ticks(state: MachineState, count: number, dtS = 0.1): Float32Array[] {
  const rows: Float32Array[] = [];
  for (let i = 0; i < count; i++) {
    step(state, dtS);
    const row = new Float32Array(CHANNEL_COUNT);
    writeChannels(state, row, 0);
    rows.push(row);
  }
  return rows;
}

const turning: MachiningRequest = { jobType: 'turning', material: 'Alloy Steel 4140', toolNo: 1 };

describe('a job on the machine', () => {
  it('that is completed stays so, whatever befalls the tool after it', () => {
    const state = machineWith(turning, { estimatedMinutes: 0.5 });
    ticks(state, 31, 1);
    expect(state.job!.status).toBe('completed');
    injectFault(state, { type: 'toolBreakage', severity: 1 });
    ticks(state, 3, 1);
    expect([state.job!.status, state.tools[0]!.broken]).toEqual(['completed', true]);
  });

  it('approaches, cuts pass by pass, and changes the part with the spindle stopped', () => {
    const state = machineWith(turning, { noise: false });
    const phases: string[] = [];
    const diameters = new Set<number>();
    let stoppedRpm = Number.NaN;
    for (let i = 0; i < 1000; i++) {
      step(state, 0.1);
      const { phase, partsDone } = state.job!;
      if (phases.at(-1) !== phase) phases.push(phase);
      if (phase === 'cut') diameters.add(state.workDiameterMm);
      if (phase === 'partChange' && state.job!.phaseS > 5) stoppedRpm = state.rpm;
      if (partsDone === 1 && phase === 'approach') break;
    }
    expect(phases).toEqual([...Array(3).fill(['approach', 'cut', 'retract']).flat(), 'partChange', 'approach']);
    expect([...diameters]).toEqual([60, 56, 52]);
    expect(stoppedRpm).toBe(0);
  });

  it('holds its speed under a load that the drive bears, whatever the tick', () => {
    const heavy = { diameter: 180, endDiameter: 150, coolant: 'mist' as const };
    for (const dtS of [0.1, 1, 10]) {
      const state = machineWith({ ...turning, toolNo: 9, parameters: heavy }, { noise: false });
      ticks(state, 20 / dtS, dtS);
      expect(state.cut.spindleTorqueNm).toBeGreaterThan(100);
      expect(state.rpm).toBeCloseTo(state.job!.plan.spindle.rpm, 9);
    }
  });

  it('stops everything with the spindle', () => {
    const state = machineWith(turning, { noise: false });
    while (state.job!.phase !== 'partChange' || state.job!.phaseS < 5) step(state, 0.1);
    const row = new Float32Array(CHANNEL_COUNT);
    trueChannels(state, row, 0);
    for (const channel of [C.rpm, C.torque, C.power, C.vibration, C.feedRate, C.cuttingForce])
      expect(row[channel]).toBe(0);
  });

  it('lets the diameter fall in facing while the speed rises', () => {
    const state = machineWith({ jobType: 'facing', material: 'Mild Steel' }, { noise: false });
    while (state.job!.phase !== 'cut') step(state, 0.1);
    const before = { diameter: state.workDiameterMm, rpm: state.rpm };
    for (let i = 0; i < 10; i++) step(state, 0.1);
    expect(state.workDiameterMm).toBeLessThan(before.diameter);
    expect(state.rpm).toBeGreaterThan(before.rpm);
    expect(state.x).toBe(state.workDiameterMm);
  });

  it('completes at its estimated time and says so once', () => {
    const state = machineWith(turning, { estimatedMinutes: 0.5, noise: false });
    const rows = ticks(state, 400);
    expect(state.job!.status).toBe('completed');
    expect(state.job!.elapsedS).toBeCloseTo(30, 9);
    expect(rows.at(-1)![C.progress]).toBe(1);
    expect(drainEvents(state).map((event) => event.type)).toEqual(['jobCompleted']);
    expect(drainEvents(state)).toEqual([]);
  });

  it('reports a worn tool, then breaks it', () => {
    const state = machineWith(turning, { noise: false, diameterHeld: true, initialFlankWearMm: 0.299 });
    for (let i = 0; i < 60 * 60 && state.job!.status === 'running'; i++) step(state, 1);
    expect(state.job!.status).toBe('toolBroken');
    expect(drainEvents(state).map((event) => event.type)).toEqual(['toolWorn', 'toolBroken']);
    expect(state.truth[C.health]).toBe(0);
    expect(state.truth[C.remainingUsefulLife]).toBe(0);
    expect(state.truth[C.failureProbability]).toBe(1);
    endJob(state);
    expect(() => beginJob(state, planJob(turning), { seed: 1, estimatedMinutes: 1 })).toThrow(MachiningInputError);
    replaceTool(state, 1);
    beginJob(state, planJob(turning), { seed: 1, estimatedMinutes: 1 });
    expect(state.truth[C.flankWear]).toBe(0);
  });

  it('holds the feed when the cut asks for more than the drive has, and trips if that does not help', () => {
    const state = machineWith(
      { ...turning, parameters: { rpm: 400, diameter: 200, endDiameter: 180, depthOfCut: 8, feed: 0.8 } },
      { noise: false },
    );
    for (let i = 0; i < 1200 && state.job!.status === 'running'; i++) step(state, 0.1);
    const types = drainEvents(state).map((event) => event.type);
    expect(types.slice(0, 4)).toEqual(['overload', 'feedHold', 'feedResumed', 'overload']);
    expect(types.at(-1)).toBe('overloadTrip');
    expect(state.job!.status).toBe('tripped');
  });

  it('trips the drive after half an hour at its peak power', () => {
    const state = machineWith(
      { ...turning, parameters: { rpm: 706, diameter: 200, endDiameter: 100, depthOfCut: 4, feed: 0.16, length: 500 } },
      { noise: false, diameterHeld: true },
    );
    for (let i = 0; i < 3600 && state.job!.status === 'running'; i++) {
      state.tools[0]!.lifeUsed = 0;
      step(state, 1);
    }
    expect(state.cut.spindleTorqueNm).toBeGreaterThan(149);
    expect(drainEvents(state).map((event) => event.type)).toEqual(['thermalTrip']);
  });

  it('refuses a tick out of range', () => {
    const state = machineWith(turning);
    for (const dt of [0, 0.009, 10.1, Number.NaN]) expect(() => step(state, dt)).toThrow(MachiningInputError);
  });
});

describe('checkpoints', () => {
  it.each(['turning', 'facing', 'boring', 'drilling', 'threading', 'knurling'])(
    'goes on with %s bit for bit after a restart',
    (jobType) => {
      const state = machineWith({ jobType, material: 'Stainless 304' });
      ticks(state, 137);
      const copy = restoreMachine(JSON.parse(JSON.stringify(snapshotMachine(state))));
      expect(ticks(copy, 300)).toEqual(ticks(state, 300));
      expect(snapshotMachine(copy)).toEqual(snapshotMachine(state));
    },
  );

  it('goes on from one of before the figures of a pass were kept', () => {
    const state = machineWith(turning);
    ticks(state, 137);
    const old = JSON.parse(JSON.stringify(snapshotMachine(state)));
    for (const name of ['dynamics', 'taylorN', 'softeningK', 'runOutS', 'runOutAfterBreakageS']) delete old.job[name];
    delete old.cut.zoneTargetK;
    expect(ticks(restoreMachine(old), 300)).toEqual(ticks(state, 300));
  });

  it('refuses one of another version', () => {
    const snapshot = snapshotMachine(machineWith(turning));
    const later = { ...snapshot, version: 2 } as unknown as typeof snapshot;
    expect(() => restoreMachine(later)).toThrow(MachiningInputError);
  });

  it('shares nothing with the machine that it was taken from', () => {
    const state = machineWith(turning);
    const snapshot = snapshotMachine(state);
    const before = JSON.stringify(snapshot);
    ticks(state, 50);
    expect(JSON.stringify(snapshot)).toBe(before);
    expect(before.length).toBeLessThan(10_000);
  });
});

describe('seeds', () => {
  it('gives equal logs for equal seeds and other logs for others', () => {
    const log = (seed: number) => ticks(machineWith(turning, { seed }), 100);
    expect(log(3)).toEqual(log(3));
    expect(log(3)).not.toEqual(log(4));
  });

  it('scatters readings as the sensors do, whatever the tick', () => {
    for (const dtS of [0.1, 1]) {
      const state = machineWith(turning, { diameterHeld: true });
      ticks(state, 100, dtS);
      let squares = 0;
      const count = 1500;
      for (let i = 0; i < count; i++) {
        step(state, dtS);
        squares += (state.measured[C.torque]! / state.truth[C.torque]! - 1) ** 2;
      }
      const deviation = Math.sqrt(squares / count);
      expect(deviation).toBeGreaterThan(0.012);
      expect(deviation).toBeLessThan(0.018);
    }
  });
});

describe('an idle machine', () => {
  it('cools to the air exactly as time says', () => {
    const state = machineWith(turning, { noise: false, diameterHeld: true });
    ticks(state, 600, 1);
    endJob(state);
    const { spindle, tool, coolant } = state.nodes;
    relaxIdle(state, 1800);
    const { nodes } = state;
    // time constants: 0.030 · 80000, 0.60 · 350 (no coolant flows), 600000 / 150 s
    expect(nodes.spindle).toBeCloseTo(nodes.air + (spindle - nodes.air) * Math.exp(-1800 / 2400), 9);
    expect(nodes.tool).toBeCloseTo(nodes.air + (tool - nodes.air) * Math.exp(-1800 / 210), 9);
    expect(nodes.coolant).toBeCloseTo(nodes.air + (coolant - nodes.air) * Math.exp(-1800 / 4000), 9);
  });

  it('has no cut, no diameter, and a tool that did not change', () => {
    const state = machineWith(turning, { noise: false, diameterHeld: true });
    ticks(state, 300, 1);
    const { flankWearMm, minutes } = state.tools[0]!;
    endJob(state);
    const row = ticks(state, 100).at(-1)!;
    expect(row[C.rpm]).toBe(0);
    expect(row[C.workDiameter]).toBeNaN();
    expect(state.tools[0]).toMatchObject({ flankWearMm, minutes });
  });
});
