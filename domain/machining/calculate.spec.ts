import { describe, expect, it } from '@jest/globals';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { calculate } from './calculate.js';
import { DRIVE_EFFICIENCY } from './machine-limits.js';
import { createMachineState } from './machine-state.js';
import { planPass } from './passes.js';
import { planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { commandedRpm } from './spindle.js';
import { beginJob } from './step.js';

/** Asserts that `actual` lies within `percent` of `expected`. */
function near(actual: number | null | undefined, expected: number, percent = 1): void {
  expect(actual).toBeGreaterThan(expected * (1 - percent / 100) - 1e-12);
  expect(actual).toBeLessThan(expected * (1 + percent / 100) + 1e-12);
}

const turning4140: MachiningRequest = {
  jobType: 'turning',
  material: 'Alloy Steel 4140',
  toolNo: 1,
  parameters: { mode: 'constantRpm', cuttingSpeed: 200, diameter: 60, depthOfCut: 2, feed: 0.25, length: 100 },
};

describe('calculator, worked examples', () => {
  it('1: turns 4140 with a coated carbide', () => {
    const result = calculate(turning4140);
    near(result.spindleSpeed, 1061.0, 0.1);
    expect(result.meanDiameter).toBe(58);
    near(result.chipThickness, 0.24905);
    near(result.specificCuttingForce, 2626.6);
    near(result.cuttingForce, 1313.3);
    near(result.feedForce, 525.3);
    near(result.passiveForce, 328.3);
    near(result.cuttingTorque, 38.09);
    near(result.cuttingPower, 4231.8);
    near(result.removalRate, 96.67);
    near(result.feedRate, 265.3);
    near(result.spindleTorque, 40.01);
    near(result.spindlePower, 4445.6);
    near(result.spindlePower / DRIVE_EFFICIENCY, 5230);
    near(result.roughnessRa, 2.441);
    near(result.roughnessRz, 9.766);
    near(result.toolLife, 26.24);
    expect(result.warnings).toEqual([]);
  });

  it('2: turns a bar with constant specific energy', () => {
    const result = calculate({
      jobType: 'turning',
      material: 'Custom',
      customMaterial: { kc1: 4000, mc: 0 },
      tool: { rakeAngle: 0 },
      parameters: {
        mode: 'constantRpm',
        rpm: 400,
        diameter: 12.5,
        endDiameter: 12,
        depthOfCut: 0.25,
        feed: 0.5,
        length: 150,
      },
    });
    near(result.spindleSpeed, 400, 0.5);
    near(result.feedRate, 200, 0.5);
    near(result.removalRate, 1.924, 0.5);
    near(result.cuttingPower, 128.3, 0.5);
    near(result.cuttingTorque, 3.063, 0.5);
    near(result.cuttingForce, 500, 0.5);
    near(result.cuttingSpeed, 15.71, 0.5);
    near(result.machiningTime, 45, 0.5);
  });

  it('3: faces at constant surface speed up to the greatest speed', () => {
    const facing: MachiningRequest = {
      jobType: 'facing',
      material: 'Mild Steel',
      parameters: { mode: 'css', cuttingSpeed: 220, maxRpm: 3000, diameter: 120, endDiameter: 20, feed: 0.2 },
    };
    const result = calculate(facing);
    const { spindle } = planJob(facing);
    near(commandedRpm(spindle, 50), 1400.6, 0.5);
    // speed rises down to Dcrit = 23.343 mm, and stays the greatest from there on
    expect(commandedRpm(spindle, 23.343 * 1.005)).toBeLessThan(3000);
    expect(commandedRpm(spindle, 23.343 * 0.995)).toBe(3000);
    const rising = { ...facing, parameters: { ...facing.parameters, endDiameter: 23.343 } };
    near(calculate(rising).machiningTime, 60 * 0.24731, 0.5);
    near(result.facing?.start.spindleSpeed, 583.6, 0.5);
    near(result.facing?.end.spindleSpeed, 3000, 0.001);
    near(result.facing?.end.cuttingSpeed, 188.5, 0.5);
    near(result.machiningTime, 15.01, 0.5);
    near(result.facing?.end.cuttingForce, result.facing?.start.cuttingForce ?? 0, 1e-9);
  });

  it('4: drills 4140 with HSS as the handbook does', () => {
    const result = calculate({
      jobType: 'drilling',
      material: 'Alloy Steel 4140',
      toolNo: 6,
      parameters: { drillDiameter: 22.225, feed: 0.2032, rpm: 350, holeDepth: 30 },
    });
    near(result.chipThickness, 0.08709);
    near(result.specificCuttingForce, 3188.7);
    near(result.cuttingTorque, 48.01);
    near(result.drill?.thrust, 7715);
    near(result.cuttingPower, 1759.6);
    near(result.removalRate, 27.59);
    near(result.cuttingTorque, 48.56, 5);
    near(result.drill?.thrust, 7914, 5);
  });

  it('5: cuts an M20 thread in ten passes', () => {
    const threading: MachiningRequest = {
      jobType: 'threading',
      material: 'Mild Steel',
      toolNo: 5,
      parameters: { diameter: 20, pitch: 2.5, passes: 10, cuttingSpeed: 120, infeed: 'radial', side: 'external' },
    };
    const result = calculate(threading);
    near(result.thread?.depth, 1.5336);
    near(result.spindleSpeed, 1909.9);
    near(result.feedRate, 4774.6);
    near(result.thread?.infeeds[0], 0.28);
    near(result.thread?.infeeds[1], 0.5112);
    near(result.thread?.infeeds[9], 1.5336);
    near(result.thread?.areas[1], 0.10561);
    near(result.thread?.areas[4], 0.15087);
    const plan = planJob(threading);
    near(planPass(plan, 2).chipThicknessMm, 0.08946);
    near(planPass(plan, 5).chipThicknessMm, 0.0639);
    near(result.thread?.forces[4], 435.5);
    near(result.thread?.torques[4], 4.132);
    near(result.thread?.forces[9], 474.2);
    near(result.thread?.torques[9], 4.378);
    near(result.cuttingPower, 875.6);
  });

  it('6: heats and wears an edge in a heavy cut', () => {
    const heavy = { ...turning4140.parameters, diameter: 80, cuttingSpeed: 260, feed: 0.3, depthOfCut: 2.5 };
    const result = calculate({ ...turning4140, parameters: heavy });
    near(result.toolLife, 6.631);
    near(result.specificCuttingForce, 2514.2);
    near(result.cuttingZoneRise, 746, 1.5);
    near(result.cuttingZoneRise / (0.65 * 0.88), 1304, 1.5);

    const halfWorn = { ...heavy, flankWear: 0.165 };
    near(calculate({ ...turning4140, parameters: halfWorn }).cuttingForce, 1.165 * result.cuttingForce);
    const state = createMachineState(1);
    beginJob(state, planJob({ ...turning4140, parameters: halfWorn }), { seed: 1, estimatedMinutes: 10, noise: false });
    near(state.tools[0]?.lifeUsed, 0.5);
    near(state.truth[CHANNEL_INDEX.remainingUsefulLife], 3.315);
  });
});

describe('calculator, relations', () => {
  const withParameters = (parameters: MachiningRequest['parameters']) =>
    calculate({ ...turning4140, parameters: { ...turning4140.parameters, ...parameters } });

  it('gives Pc = kc Q / 60', () => {
    const result = calculate(turning4140);
    near(result.cuttingPower, (result.specificCuttingForce * result.removalRate) / 60, 1e-9);
  });

  it('doubles the force with the depth and raises it by 2^(1-mc) with the feed', () => {
    const base = withParameters({}).cuttingForce;
    near(withParameters({ depthOfCut: 4 }).cuttingForce, 2 * base, 1e-9);
    near(withParameters({ feed: 0.5 }).cuttingForce, 2 ** (1 - 0.24) * base, 1e-9);
  });

  it('keeps the torque while the speed changes', () => {
    near(withParameters({ rpm: 500 }).cuttingTorque, withParameters({ rpm: 2000 }).cuttingTorque, 1e-9);
  });

  it('shortens life with speed, feed and depth', () => {
    const base = withParameters({}).toolLife;
    expect(withParameters({ cuttingSpeed: 220 }).toolLife).toBeLessThan(base);
    expect(withParameters({ feed: 0.3 }).toolLife).toBeLessThan(base);
    expect(withParameters({ depthOfCut: 3 }).toolLife).toBeLessThan(base);
    near(withParameters({ cuttingSpeed: 100 }).toolLife, 2 ** 4 * base, 1e-6);
    near(withParameters({ coolant: 'dry' }).toolLife, 18.4);
  });

  it('quadruples the roughness with the feed', () => {
    near(withParameters({ feed: 0.2 }).roughnessRa, 4 * (withParameters({ feed: 0.1 }).roughnessRa ?? 0), 1e-9);
  });

  it('reports the bar of a boring job', () => {
    const { bar, passiveForce } = calculate({
      jobType: 'boring',
      material: 'Alloy Steel 4140',
      parameters: { barDiameter: 25, barOverhang: 100 },
    });
    // 3 · 210e9 · pi · 0.025⁴/64 / 0.1³
    near(bar?.stiffness, 1.208e7, 0.1);
    near(bar?.deflection, (passiveForce / 1.208e7) * 1e6, 0.1);
  });

  it('presses knurls by hardness times contact area', () => {
    const { knurl, removalRate, roughnessRa } = calculate({ jobType: 'knurling', material: 'Mild Steel' });
    // Deq = 20·30/50 = 12, Lc = sqrt(12·0.05); F = 9.81·125·6·Lc·0.7
    near(knurl?.contactLength, Math.sqrt(0.6), 1e-6);
    near(knurl?.radialForcePerWheel, 9.81 * 125 * 6 * Math.sqrt(0.6) * 0.7, 1e-6);
    expect(knurl?.diameterAfter).toBeCloseTo(30.35);
    expect(knurl?.teeth).toBe(94);
    expect(removalRate).toBe(0);
    expect(roughnessRa).toBeNull();
  });
});
