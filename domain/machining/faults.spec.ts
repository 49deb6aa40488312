import { describe, expect, it } from '@jest/globals';
import { MachiningInputError } from './errors.js';
import { endFault, type FaultInjection, hasActiveFault, injectFault } from './faults.js';
import { createMachineState, type MachineState } from './machine-state.js';
import { planJob } from './plan.js';
import { beginJob, drainEvents, step } from './step.js';

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

  it('acts in ticks longer than itself, and for its own length to the nearest tick', () => {
    const spotted = (fault: Pick<FaultInjection, 'atS' | 'durationS'>) => {
      const state = cuttingFor(0, [{ type: 'overload', severity: 0.1, ...fault }]);
      return Array.from({ length: 6 }, () => {
        step(state, 10);
        return state.effects.hardnessFactor > 1;
      });
    };
    expect(spotted({ atS: 6, durationS: 1 })).toEqual([false, true, false, false, false, false]);
    expect(spotted({ atS: 5, durationS: 20 })).toEqual([true, true, false, false, false, false]);
    expect(spotted({ atS: 14, durationS: 22 })).toEqual([false, true, true, true, false, false]);
  });

  it('ends at once when told, and what it has changed calms down by its own laws', () => {
    const state = cuttingFor(300, [
      { type: 'bearingWear', severity: 0.5, rampS: 0 },
      { type: 'coolantLoss', severity: 1 },
      { type: 'toolBreakage', severity: 0.3 },
    ]);
    const [hot] = [state.nodes.tool];
    for (const { id } of [...state.faults]) expect(endFault(state, id)).toBe(true);
    expect(endFault(state, 1)).toBe(false);
    expect(hasActiveFault(state)).toBe(false);
    expect([state.bearingWear, state.effects.coolantLoss]).toEqual([0, 0]);
    expect(state.tools[0]!.chipped).toBe(true); // only another tool mends that
    step(state, 0.1);
    expect(state.nodes.tool).toBeGreaterThan(hot - 1);
    run(state, 300);
    expect(state.nodes.tool).toBeLessThan(hot - 20);
    expect(drainEvents(state).filter(({ type }) => type === 'faultEnded')).toHaveLength(3);
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
