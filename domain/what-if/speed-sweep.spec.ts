import { describe, expect, it } from '@jest/globals';
import { type JobPlan, planJob } from '../machining/plan.js';
import type { MachiningRequest } from '../machining/request.js';
import { economicsWith, wornEdgeCost } from './economics.js';
import { partFigures } from './part-figures.js';
import { planLimits } from './plan-limits.js';
import { planAtSpeed, sweepSpeeds } from './speed-sweep.js';

const AIR_K = 300;
const onePass = { diameter: 60, endDiameter: 56, depthOfCut: 2, feed: 0.25, length: 100 };
const plan = (more: Partial<MachiningRequest> = {}): JobPlan =>
  planJob({ jobType: 'turning', material: 'Alloy Steel 4140', toolNo: 1, parameters: onePass, ...more });
const sweep = (planned: JobPlan, economics = economicsWith()) => sweepSpeeds(planned, economics, AIR_K)!;

describe('the best speed after Taylor', () => {
  // T = (1/n - 1)(tc + Ce/Cm) and T = (1/n - 1) tc, with n = 0.25, tc = 2 min, an edge of 2.50 and 1.00 a minute
  it('gives the closed formulas their life where nothing stands in the way', () => {
    const { minimumCost, maximumProduction } = sweep(plan(), economicsWith({ energyPrice: 0 }));
    expect(minimumCost!.toolLife / (3 * (2 + 2.5))).toBeCloseTo(1, 1);
    expect(maximumProduction!.toolLife / (3 * 2)).toBeCloseTo(1, 1);
    expect(minimumCost!.boundBy).toBeNull();
    expect(maximumProduction!.boundBy).toBeNull();
  });

  it('follows the exponent of the tool: an HSS drill lives 7 (tc + Ce/Cm)', () => {
    const drill = planJob({ jobType: 'drilling', material: 'Mild Steel', toolNo: 6 });
    const { minimumCost } = sweep(drill, economicsWith({ energyPrice: 0 }));
    expect(minimumCost!.toolLife / (7 * (2 + 4))).toBeCloseTo(1, 1);
  });

  it('is slower for cost than for production, and slower the dearer the edge', () => {
    const { minimumCost, maximumProduction } = sweep(plan());
    expect(minimumCost!.cuttingSpeed).toBeLessThan(maximumProduction!.cuttingSpeed);
    const dear = sweep(plan(), economicsWith({ costPerEdge: { '1': 25 } }));
    expect(dear.minimumCost!.cuttingSpeed).toBeLessThan(minimumCost!.cuttingSpeed);
    expect(dear.maximumProduction!.cuttingSpeed).toBeCloseTo(maximumProduction!.cuttingSpeed, 6);
  });
});

describe('a limit in the way', () => {
  it('is named: the spindle cannot turn faster', () => {
    const { minimumCost, points } = sweep(plan({ parameters: { ...onePass, mode: 'css', maxRpm: 800 } }));
    expect(minimumCost).toMatchObject({ boundBy: 'spindleSpeed' });
    expect(minimumCost!.spindleSpeed).toBeLessThanOrEqual(800);
    expect(minimumCost!.spindleSpeed).toBeGreaterThan(795);
    expect(points.at(-1)!.limit).toBe('spindleSpeed');
  });

  it('is named: the drive has no more power', () => {
    const machine = { ...plan().machine, peakPowerW: 4000, continuousPowerW: 4000 };
    const { minimumCost } = sweep({ ...plan(), machine });
    expect(minimumCost!.boundBy).toBe('power');
    const planned = planAtSpeed({ ...plan(), machine }, minimumCost!.cuttingSpeed);
    const { load } = planLimits(planned, partFigures(planned, AIR_K));
    expect(load.power).toBeLessThanOrEqual(4000);
    expect(load.power).toBeGreaterThan(3950);
  });

  it('leaves no speed where the force is too great at any', () => {
    const { minimumCost, maximumProduction, points } = sweep(
      plan({ parameters: { ...onePass, diameter: 80, endDiameter: 60, depthOfCut: 10, feed: 0.5 } }),
    );
    expect([minimumCost, maximumProduction]).toEqual([null, null]);
    expect(points.every(({ limit }) => limit !== null)).toBe(true);
  });

  it('does not exist for the wheels of a knurl', () => {
    const knurl = planJob({ jobType: 'knurling', material: 'Mild Steel', toolNo: 8 });
    expect(sweepSpeeds(knurl, economicsWith(), AIR_K)).toBeNull();
  });
});

it('a worn edge costs itself and the machine that waits', () => {
  expect(wornEdgeCost({ toolNo: 1, kind: 'coatedCarbide' }, economicsWith())).toBeCloseTo(2.5 + 2);
  expect(wornEdgeCost({ toolNo: 77, kind: 'solidCarbide' }, economicsWith())).toBeCloseTo(30 + 2);
});
