import { describe, expect, it } from '@jest/globals';
import { planJob } from '../machining/plan.js';
import { plannedPart } from './planned-part.js';

const removedKg = (request: Parameters<typeof planJob>[0]) => plannedPart(planJob(request)).removedKg;

describe('chips of a part', () => {
  it('turned from 60 to 50 mm over 100 mm: a ring of steel', () => {
    const parameters = { diameter: 60, endDiameter: 50, length: 100, depthOfCut: 2 };
    const ring = (Math.PI / 4) * (0.06 ** 2 - 0.05 ** 2) * 0.1 * 7832;
    expect(removedKg({ jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters })).toBeCloseTo(ring, 9);
  });

  it('drilled 10 mm wide and 30 mm deep: a cylinder', () => {
    const parameters = { drillDiameter: 10, holeDepth: 30 };
    const cylinder = (Math.PI / 4) * 0.01 ** 2 * 0.03 * 7832;
    expect(removedKg({ jobType: 'drilling', material: 'Mild Steel', toolNo: 6, parameters })).toBeCloseTo(cylinder, 6);
  });

  it('faced from 80 to 20 mm, 1 mm deep: a washer', () => {
    const parameters = { diameter: 80, endDiameter: 20, depthOfCut: 1 };
    const washer = (Math.PI / 4) * (0.08 ** 2 - 0.02 ** 2) * 0.001 * 7832;
    expect(removedKg({ jobType: 'facing', material: 'Mild Steel', toolNo: 1, parameters })).toBeCloseTo(washer, 6);
  });

  it('knurled: none, the teeth are formed', () => {
    expect(removedKg({ jobType: 'knurling', material: 'Mild Steel', toolNo: 8 })).toBe(0);
  });
});

describe('plan of a part', () => {
  it('promises a time longer than the change of the workpiece, and a share of an edge', () => {
    const { cycleS, edges } = plannedPart(planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 }));
    expect(cycleS).toBeGreaterThan(20);
    expect(edges).toBeGreaterThan(0);
    expect(edges).toBeLessThan(1);
  });
});
