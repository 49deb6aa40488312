import { describe, expect, it } from '@jest/globals';
import type { FaultType } from '../contract/enums.js';
import { injectFault } from '../machining/faults.js';
import { createMachineState, type MachineState } from '../machining/machine-state.js';
import { type JobPlan, planJob } from '../machining/plan.js';
import { beginJob, step } from '../machining/step.js';
import { HISTORY_INPUTS } from './histories-layout.js';
import { LatheSignals } from './live-signals.js';

const plan = planJob({
  jobType: 'turning',
  material: 'Alloy Steel 4140',
  toolNo: 1,
  parameters: { diameter: 80, endDiameter: 72, length: 150, cuttingSpeed: 200, feed: 0.25, depthOfCut: 2 },
});

function running(seed = 5, lifeFactor = 1): { machine: MachineState; signals: LatheSignals } {
  const machine = createMachineState(seed);
  machine.tools[0]!.lifeFactor = lifeFactor;
  beginJob(machine, plan, { seed, estimatedMinutes: 600 });
  return { machine, signals: new LatheSignals(plan) };
}

function run(machine: MachineState, signals: LatheSignals, minutes: number, dtS = 1): void {
  for (let t = 0; t < minutes * 60; t += dtS) {
    step(machine, dtS);
    signals.observe(machine.measured, dtS);
  }
}

const named = (signals: LatheSignals) =>
  Object.fromEntries(HISTORY_INPUTS.map(({ name }, i) => [name, signals.row[i]!])) as Record<string, number>;

describe('signals of a lathe', () => {
  it('are ready after a few seconds in the cut', () => {
    const { machine, signals } = running();
    expect(signals.isReady).toBe(false);
    run(machine, signals, 1);
    expect(signals.isReady).toBe(true);
    expect([...signals.row].every(Number.isFinite)).toBe(true);
  });

  it.each([0.1, 1])('follow a sound tool at ticks of %d s: life as it is, loads as expected', (dtS) => {
    const { machine, signals } = running();
    run(machine, signals, 12, dtS);
    const row = named(signals);
    expect(Math.abs(row['lifeUsed']! - machine.tools[0]!.lifeUsed)).toBeLessThan(0.04);
    expect(row['loadRatio']).toBeGreaterThan(0.9);
    expect(row['loadRatio']).toBeLessThan(1.1);
    expect(row['expectedLife']! / machine.tools[0]!.lifeMin).toBeCloseTo(1, 1);
    expect(row['unrest']).toBeLessThan(0.05);
    expect(row['forceShare']).toBeCloseTo(1313 / 6000, 1);
  });

  it.each([
    [0.7, 1.43],
    [1.4, 0.71],
  ])('tell a tool with %d of the usual life by its pace of wear', (lifeFactor, pace) => {
    const { machine, signals } = running(5, lifeFactor);
    run(machine, signals, 13);
    expect(named(signals)['wearPace']! / pace).toBeGreaterThan(0.8);
    expect(named(signals)['wearPace']! / pace).toBeLessThan(1.25);
  });

  it.each<[FaultType, number, string, number]>([
    ['coolantLoss', 1, 'wearPace', 1.4],
    ['toolBreakage', 0.3, 'unrest', 3],
    ['overload', 1, 'loadRatio', 1.5],
  ])('show %s (%d) in %s', (type, severity, name, factor) => {
    const sound = running();
    const faulty = running();
    run(sound.machine, sound.signals, 5);
    run(faulty.machine, faulty.signals, 5);
    injectFault(faulty.machine, { type, severity });
    const minutes = type === 'overload' ? 0.2 : 4;
    run(sound.machine, sound.signals, minutes);
    run(faulty.machine, faulty.signals, minutes);
    expect(named(faulty.signals)[name]! / named(sound.signals)[name]!).toBeGreaterThan(factor);
  });

  it('go on from a snapshot bit for bit', () => {
    const { machine, signals } = running();
    run(machine, signals, 3);
    const restored = new LatheSignals(plan, JSON.parse(JSON.stringify(signals.snapshot())));
    for (let i = 0; i < 300; i++) {
      step(machine, 0.1);
      signals.observe(machine.measured, 0.1);
      restored.observe(machine.measured, 0.1);
    }
    expect([...restored.row]).toEqual([...signals.row]);
    expect(restored.remainingMin).toBe(signals.remainingMin);
  });

  it('begin anew with a new tool, and bear readings that are missing', () => {
    const { machine, signals } = running();
    run(machine, signals, 8);
    const worn = signals.lifeUsed;
    const channels = Float64Array.from(machine.measured).fill(Number.NaN);
    channels[4] = 1300;
    signals.observe(channels, 1);
    expect(signals.lifeUsed).toBe(worn);
    expect([...signals.row].every(Number.isFinite)).toBe(true);
    const fresh = Float64Array.from(machine.measured);
    fresh[8] = 0;
    signals.observe(fresh, 1);
    expect(signals.isReady).toBe(false);
  });

  it('promise less life the more of it is used', () => {
    const { machine, signals } = running();
    run(machine, signals, 2);
    const early = signals.remainingMin;
    run(machine, signals, 12);
    expect(signals.remainingMin).toBeLessThan(early - 5);
    expect(signals.remainingMin).toBeGreaterThan(0);
  });

  it('are finite for every kind of job', () => {
    const jobs: [JobPlan['cut']['jobType'], number][] = [
      ['facing', 1],
      ['boring', 4],
      ['drilling', 7],
      ['threading', 5],
      ['knurling', 8],
    ];
    for (const [jobType, toolNo] of jobs) {
      const machine = createMachineState(2);
      const other = planJob({ jobType, material: 'Mild Steel', toolNo, parameters: {} });
      beginJob(machine, other, { seed: 2, estimatedMinutes: 30 });
      const signals = new LatheSignals(other);
      run(machine, signals, 4);
      expect([jobType, signals.isReady, [...signals.row].every(Number.isFinite)]).toEqual([jobType, true, true]);
      expect([jobType, named(signals)['loadRatio']! > 0.8 && named(signals)['loadRatio']! < 1.25]).toEqual([
        jobType,
        true,
      ]);
    }
  });
});
