import { describe, expect, it } from '@jest/globals';
import { failureProbability } from '../machining/failure.js';
import { createMachineState, type MachineState } from '../machining/machine-state.js';
import { physicalPrediction, remainingLife, riskWithNewTool } from './live-physical.js';

function machineWith(tool: { lifeUsed: number; lifeMin: number; broken?: boolean }, bearingWear = 0): MachineState {
  const machine = createMachineState(3);
  Object.assign(machine.tools[0]!, tool);
  machine.bearingWear = bearingWear;
  return machine;
}

describe('the physical hazard with its reasons', () => {
  it.each([
    [{ lifeUsed: 0.3, lifeMin: 30 }, 0],
    [{ lifeUsed: 0.95, lifeMin: 12 }, 0.6],
    [{ lifeUsed: 0.2, lifeMin: 0 }, 0.9],
    [{ lifeUsed: 1, lifeMin: 5, broken: true }, 0],
  ])('sums to the probability of the channel for tool %j, bearing wear %d', (tool, bearingWear) => {
    const machine = machineWith(tool, bearingWear);
    const { probability, reasons, interval } = physicalPrediction(machine);
    const { lifeUsed, lifeMin, broken } = machine.tools[0]!;
    const expected = failureProbability(lifeUsed, lifeMin, broken, bearingWear, 0, machine.nodes.spindle);
    expect(probability).toBeCloseTo(expected, 12);
    expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(probability, 12);
    expect(interval[0]).toBeLessThanOrEqual(probability);
    expect(interval[1]).toBeGreaterThanOrEqual(probability);
  });

  it('names the bearing where it is what threatens', () => {
    const { reasons } = physicalPrediction(machineWith({ lifeUsed: 0.1, lifeMin: 60 }, 0.9));
    const [first] = [...reasons].sort((a, b) => b.contribution - a.contribution);
    expect(first).toMatchObject({ feature: 'bearing', value: 0.9 });
  });

  it('tells what a new tool would do, unless it would do nothing', () => {
    const worn = physicalPrediction(machineWith({ lifeUsed: 1, lifeMin: 20 }));
    expect(riskWithNewTool(worn, 20)).toBeLessThan(0.1);
    const fresh = physicalPrediction(machineWith({ lifeUsed: 0, lifeMin: 20 }));
    expect(riskWithNewTool(fresh, 20)).toBeNull();
  });
});

describe('remaining life by the hazard', () => {
  it('of a new tool has its median at 1.1 (ln 2)^(1/4) lives', () => {
    expect(remainingLife(0, 20, false)!.p50).toBeCloseTo(20 * 1.1 * Math.log(2) ** 0.25, 9);
  });

  it('is spread in order, shrinks with use, and never ends below zero', () => {
    const early = remainingLife(0.2, 20, false)!;
    const late = remainingLife(1.3, 20, false)!;
    expect(early.p10).toBeLessThan(early.p50);
    expect(early.p50).toBeLessThan(early.p90);
    expect(late.p90).toBeLessThan(early.p10);
    expect(late.p10).toBeGreaterThan(0);
  });

  it('is nothing with a broken tool and unknown before the first cut', () => {
    expect(remainingLife(0.5, 20, true)).toEqual({ p10: 0, p50: 0, p90: 0 });
    expect(remainingLife(0, 0, false)).toBeNull();
  });
});
