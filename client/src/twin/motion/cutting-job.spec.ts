import { describe, expect, it } from '@jest/globals';
import type { SceneJob } from '../../live/scene-store';
import { OUTSIDE_TOOL } from '../geometry/layout';
import { blankOf } from './blank';
import { chipShare, cuttingJobOf, OUT_OF_BORE, PATTERN } from './cutting-job';

const job = (change: Partial<SceneJob>): SceneJob => ({
  JobID: 'J',
  JobType: 'turning',
  Material: 'Mild Steel',
  ToolNo: 1,
  parameters: {},
  ...change,
});

describe('blankOf', () => {
  it('leaves a collar between the cut and the jaws', () => {
    expect(blankOf(job({ parameters: { diameter: 50, length: 80 } }))).toEqual({
      radius: 25,
      length: 100,
      boreRadius: 0,
    });
  });

  it('has the hole that boring starts from', () => {
    const blank = blankOf(job({ JobType: 'boring', parameters: { diameter: 40, endDiameter: 46, length: 60 } }));
    expect(blank.boreRadius).toBe(20);
    expect(blank.radius).toBeGreaterThan(23);
  });
});

describe('cuttingJobOf', () => {
  it('draws a bar and the first tool where no job is known', () => {
    const plain = cuttingJobOf(undefined);
    expect(plain.toolNo).toBe(1);
    expect(plain.reachM).toBe(OUTSIDE_TOOL.reach);
  });

  it('drills along the spindle with the drill of the job', () => {
    const drilling = cuttingJobOf(job({ JobType: 'drilling', ToolNo: 7, parameters: { drillDiameter: 12 } }));
    expect(drilling.inside).toBe(true);
    expect(drilling.drillRadius).toBe(6);
    expect(drilling.chipKind).toBeGreaterThanOrEqual(OUT_OF_BORE);
  });

  it('forms a knurl without chips', () => {
    const knurling = cuttingJobOf(job({ JobType: 'knurling', ToolNo: 8 }));
    expect(knurling.pattern).toBe(PATTERN.knurl);
    expect(knurling.chipKind).toBe(-1);
  });

  it('keeps wood dry unless told otherwise', () => {
    expect(cuttingJobOf(job({ Material: 'Wood' })).coolant).toBe(0);
    expect(cuttingJobOf(job({ Material: 'Brass' })).coolant).toBe(1);
  });

  it('brings the tailstock to a slender part only', () => {
    expect(cuttingJobOf(job({ parameters: { diameter: 30, length: 200 } })).tailstock).toBe(true);
    expect(cuttingJobOf(job({ parameters: { diameter: 60, length: 100 } })).tailstock).toBe(false);
  });
});

describe('chipShare', () => {
  const turning = cuttingJobOf(job({ parameters: { depthOfCut: 2 } }));

  it('grows with the root of the removal rate up to the densest', () => {
    // π · 60 · 2 · 100 / 1000 = 37.7 cm³/min of 160
    expect(chipShare(turning, 60, 100)).toBeCloseTo(Math.sqrt(37.7 / 160), 3);
    expect(chipShare(turning, 100, 5000)).toBe(1);
  });

  it('shows a thin trickle where hardly anything is removed', () => {
    expect(chipShare(turning, 60, 0)).toBe(0.06);
  });
});
