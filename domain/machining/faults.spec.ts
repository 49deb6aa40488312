import { describe, expect, it } from '@jest/globals';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { MachiningInputError } from './errors.js';
import { endFault, type FaultInjection, hasActiveFault, injectFault } from './faults.js';
import { createMachineState, type MachineState } from './machine-state.js';
import { planJob } from './plan.js';
import { beginJob, drainEvents, step } from './step.js';
import { surfaceRoughnessUm } from './surface.js';

const C = CHANNEL_INDEX;

/** A machine after `seconds` of one endless turning pass, without noise. */
function cuttingFor(seconds: number, faults: FaultInjection[] = [], noise = false): MachineState {
  const state = createMachineState(5);
  const plan = planJob({
    jobType: 'turning',
    material: 'Alloy Steel 4140',
    parameters: { rpm: 2000, diameter: 40, depthOfCut: 2, feed: 0.2, endDiameter: 30 },
  });
  beginJob(state, plan, { seed: 5, estimatedMinutes: 100, noise, diameterHeld: true });
  for (const fault of faults) injectFault(state, fault);
  run(state, seconds);
  return state;
}

function run(state: MachineState, seconds: number): void {
  for (let i = 0; i < seconds * 10; i++) step(state, 0.1);
}

/** Cutting force without what wear adds to it. */
const sharpForce = (state: MachineState): number => state.truth[C.cuttingForce]! / (1 + state.tools[0]!.flankWearMm);

describe('faults of the machine', () => {
  it('breaks the tool: a peak of torque, then the empty spindle', () => {
    const state = cuttingFor(20);
    const before = state.truth[C.torque]!;
    injectFault(state, { type: 'toolBreakage', severity: 1 });
    step(state, 0.1);
    expect(state.job?.status).toBe('toolBroken');
    expect(state.truth[C.torque]).toBeCloseTo(1.5 * before, 6);
    expect(state.truth[C.vibration]).toBeGreaterThan(4);
    expect(state.truth[C.failureProbability]).toBe(1);
    run(state, 0.5);
    expect(state.truth[C.cuttingForce]).toBe(0);
    run(state, 10);
    expect(state.nodes.zone - state.nodes.work).toBeLessThan(1);
    expect(state.truth[C.vibration]).toBe(0);
  });

  it('chips the tool: half a life and most of the force are gone, the job goes on', () => {
    const sound = cuttingFor(20);
    const chipped = cuttingFor(20, [{ type: 'toolBreakage', severity: 0.3, atS: 10 }]);
    expect(chipped.job?.status).toBe('running');
    expect(chipped.tools[0]!.lifeUsed).toBeGreaterThan(0.5);
    const wearShare = (1 + chipped.tools[0]!.flankWearMm) / (1 + sound.tools[0]!.flankWearMm);
    expect(chipped.truth[C.cuttingForce]! / sound.truth[C.cuttingForce]!).toBeCloseTo(0.4 * wearShare, 3);
  });

  it('wears the bearing within ten minutes: friction, heat and vibration', () => {
    const sound = cuttingFor(900);
    const worn = cuttingFor(900, [{ type: 'bearingWear', severity: 0.5 }]);
    expect(worn.bearingWear).toBeCloseTo(0.5, 6);
    expect(worn.truth[C.torque]! - sound.truth[C.torque]!).toBeCloseTo((1.5 + 0.0004 * 2000) * 2 * 0.5, 1);
    expect(worn.nodes.spindle).toBeGreaterThan(sound.nodes.spindle + 1);
    expect(worn.truth[C.vibration]!).toBeGreaterThan(sound.truth[C.vibration]!);
    expect(worn.truth[C.health]).toBeLessThanOrEqual(0.5);
    const [fault] = worn.faults;
    expect(endFault(worn, fault!.id)).toBe(true);
    run(worn, 1);
    expect(worn.bearingWear).toBe(0);
  });

  it('loses the coolant: hot as a dry cut, life halves', () => {
    const sound = cuttingFor(300);
    const lost = cuttingFor(300, [{ type: 'coolantLoss', severity: 1 }]);
    expect(lost.truth[C.processTemperature]!).toBeGreaterThan(sound.truth[C.processTemperature]! + 50);
    expect(lost.nodes.zone).toBeGreaterThan(sound.nodes.zone + 50);
    expect(lost.tools[0]!.lifeMin / sound.tools[0]!.lifeMin).toBeLessThanOrEqual(0.5);
    expect(sharpForce(lost) / sharpForce(sound)).toBeCloseTo(1.08, 3);
  });

  it('unbalances the spindle in proportion', () => {
    const shareOf = (state: MachineState, sound: MachineState) =>
      Math.sqrt(state.truth[C.vibration]! ** 2 - sound.truth[C.vibration]! ** 2);
    const sound = cuttingFor(20);
    const full = shareOf(cuttingFor(20, [{ type: 'imbalance', severity: 1 }]), sound);
    const half = shareOf(cuttingFor(20, [{ type: 'imbalance', severity: 0.5 }]), sound);
    // v1 at 20 Ub and 10.5 Ub against Ub: sqrt(400 - 1) : sqrt(110.25 - 1)
    expect(full / half).toBeCloseTo(Math.sqrt(399 / 109.25), 2);
  });

  it('chatters where the stability limit is lowered', () => {
    const sound = cuttingFor(20);
    const loud = cuttingFor(20, [{ type: 'chatter', severity: 1 }]);
    expect(sound.cut.chatterRatio).toBeLessThan(1);
    const perForce = (state: MachineState) => state.cut.chatterRatio / state.cut.cuttingForceN;
    expect(perForce(loud) / perForce(sound)).toBeCloseTo(10, 2);
    expect(loud.truth[C.vibration]!).toBeGreaterThan(4 * sound.truth[C.vibration]!);
    expect(loud.tools[0]!.lifeMin / sound.tools[0]!.lifeMin).toBeCloseTo(0.4, 2);
    expect(surfaceRoughnessUm(loud)!).toBeGreaterThan(surfaceRoughnessUm(sound)!);
    expect(drainEvents(loud).map((event) => event.type)).toContain('chatterOn');
  });

  it('meets a hard spot for twenty seconds', () => {
    const sound = cuttingFor(20);
    const state = cuttingFor(10, [{ type: 'overload', severity: 0.5 }]);
    expect(sharpForce(state) / sharpForce(sound)).toBeCloseTo(2, 2);
    run(state, 15);
    expect(hasActiveFault(state)).toBe(false);
    expect(sharpForce(state) / sharpForce(sound)).toBeCloseTo(1, 3);
  });

  it('slips the belt: less speed, hunting once a second', () => {
    const state = cuttingFor(10, [{ type: 'beltSlip', severity: 1 }]);
    const speeds: number[] = [];
    for (let i = 0; i < 20; i++) {
      step(state, 0.1);
      speeds.push(state.truth[C.rpm]!);
    }
    const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    expect(mean).toBeCloseTo(0.95 * 2000, 0);
    expect(Math.max(...speeds) - Math.min(...speeds)).toBeGreaterThan(20);
  });
});

describe('faults of sensors', () => {
  const noisy = (faults: FaultInjection[]) => cuttingFor(30, faults, true);

  it('leave the truth as it is', () => {
    const sound = noisy([]);
    for (const type of ['sensorDropout', 'sensorStuck', 'sensorDrift']) {
      expect(noisy([{ type, severity: 1, channel: 'torque', atS: 10 }]).truth).toEqual(sound.truth);
    }
  });

  it('fall silent, stick, or drift by full scale', () => {
    expect(noisy([{ type: 'sensorDropout', severity: 1, atS: 10 }]).measured[C.vibration]).toBeNaN();

    const stuck = noisy([{ type: 'sensorStuck', severity: 1, channel: 'rpm', atS: 10 }]);
    const held = stuck.measured[C.rpm];
    run(stuck, 5);
    expect(stuck.measured[C.rpm]).toBe(held);

    const drifting = cuttingFor(60.1, [{ type: 'sensorDrift', severity: 1, channel: 'torque' }]);
    // 5 % of 203 N·m per minute
    expect(drifting.measured[C.torque]! - drifting.truth[C.torque]!).toBeCloseTo(10.15, 1);
    run(drifting, 600);
    expect(drifting.measured[C.torque]! - drifting.truth[C.torque]!).toBeCloseTo(0.3 * 203, 6);
  });
});

describe('fault injection', () => {
  it('starts, ramps and ends by the clock', () => {
    const state = cuttingFor(5, [{ type: 'coolantLoss', severity: 0.8, atS: 2, rampS: 10, durationS: 20 }]);
    expect(state.effects.coolantLoss).toBeGreaterThan(0.15);
    expect(state.effects.coolantLoss).toBeLessThan(0.35);
    run(state, 10);
    expect(state.effects.coolantLoss).toBeCloseTo(0.8, 9);
    run(state, 10);
    expect(state.effects.coolantLoss).toBe(0);
    expect(drainEvents(state).map((event) => event.type)).toEqual(['faultStarted', 'faultEnded']);
  });

  it('multiplies what overlaps', () => {
    const state = cuttingFor(1, [
      { type: 'overload', severity: 0.5 },
      { type: 'overload', severity: 0.25 },
    ]);
    expect(state.effects.hardnessFactor).toBeCloseTo(2 * 1.5, 9);
  });

  it.each<[string, FaultInjection]>([
    ['fault_unknown', { type: 'rust', severity: 1 }],
    ['out_of_range', { type: 'chatter', severity: 1.1 }],
    ['out_of_range', { type: 'sensorStuck', severity: 1, channel: 'smell' }],
    ['out_of_range', { type: 'chatter', severity: 1, durationS: 0 }],
    ['not_a_number', { type: 'chatter', severity: Number.NaN }],
  ])('refuses with %s', (code, fault) => {
    const state = cuttingFor(1);
    expect(() => injectFault(state, fault)).toThrow(MachiningInputError);
    try {
      injectFault(state, fault);
    } catch (error) {
      expect((error as MachiningInputError).code).toBe(code);
    }
    expect(state.faults).toEqual([]);
  });
});
