import { describe, expect, it } from '@jest/globals';
import { JOB_TYPES, MATERIAL_NAMES } from '../contract/enums.js';
import type { CuttingParameters } from '../contract/machining.js';
import { MachiningInputError } from './errors.js';
import { fittingTools, planJob } from './plan.js';
import type { MachiningRequest } from './request.js';

function refusal(request: MachiningRequest): MachiningInputError {
  try {
    planJob(request);
  } catch (error) {
    if (error instanceof MachiningInputError) return error;
    throw error;
  }
  throw new Error('the request was accepted');
}

const turning = (parameters: CuttingParameters): MachiningRequest => ({
  jobType: 'turning',
  material: 'Mild Steel',
  parameters,
});

const warningCodes = (request: MachiningRequest): string[] => planJob(request).warnings.map((warning) => warning.code);

describe('planJob, defaults', () => {
  it('plans every job type in every material that it can form', () => {
    for (const jobType of JOB_TYPES) {
      for (const material of MATERIAL_NAMES) {
        if (material === 'Custom' || (jobType === 'knurling' && /Wood|Cast/.test(material))) continue;
        for (const toolNo of fittingTools(jobType)) {
          const plan = planJob({ jobType, material, toolNo });
          expect(plan.tool.toolNo).toBe(toolNo);
          expect(plan.cut.jobType).toBe(jobType);
        }
      }
    }
  });

  it('takes the table of defaults', () => {
    expect(planJob({ jobType: 'turning', material: 'Mild Steel' }).parameters).toEqual({
      mode: 'css',
      cuttingSpeed: 0.8 * 350,
      maxRpm: 3500,
      coolant: 'flood',
      feed: 0.25,
      depthOfCut: 2,
      diameter: 60,
      endDiameter: 50,
      length: 100,
    });
    expect(planJob({ jobType: 'turning', material: 'Mild Steel' }).passes).toBe(3);
    expect(planJob({ jobType: 'turning', material: 'Wood', toolNo: 3 }).coolant).toBe('dry');
    expect(planJob({ jobType: 'turning', material: 'Brass', toolNo: 2 }).parameters).toMatchObject({
      feed: 0.12,
      depthOfCut: 0.8,
    });
    expect(planJob({ jobType: 'boring', material: 'Brass' }).passes).toBe(2);
    expect(planJob({ jobType: 'drilling', material: 'Brass' }).parameters).toMatchObject({
      drillDiameter: 10,
      holeDepth: 30,
      feed: 0.2,
    });
  });

  it('plans again from its own parameters without a change', () => {
    for (const jobType of JOB_TYPES) {
      const first = planJob({ jobType, material: 'Aluminum' });
      const again = planJob({ jobType, material: 'Aluminum', parameters: first.parameters });
      expect(again.parameters).toEqual(first.parameters);
      expect(again.cut).toEqual(first.cut);
      expect(again.spindle.rpm).toBeCloseTo(first.spindle.rpm, 9);
    }
  });

  it('is plain JSON', () => {
    for (const jobType of JOB_TYPES) {
      const plan = planJob({ jobType, material: 'Brass' });
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    }
  });

  it('keeps the default threading speed within the feed that the machine can follow', () => {
    const plan = planJob({ jobType: 'threading', material: 'Aluminum', parameters: { pitch: 3 } });
    expect(plan.spindle.rpm * 3).toBeCloseTo(10_000, 6);
  });

  it('fits tools to job types', () => {
    expect(fittingTools('turning')).toEqual([1, 2, 3, 9, 10]);
    expect(fittingTools('boring')).toEqual([4]);
    expect(fittingTools('drilling')).toEqual([6, 7]);
    expect(fittingTools('threading')).toEqual([5]);
    expect(fittingTools('knurling')).toEqual([8]);
  });
});

describe('planJob, refusals', () => {
  it('says value, range and unit', () => {
    expect(refusal(turning({ feed: 9 })).errors[0]?.message).toMatch(/9 mm\/rev.*0\.005 to 3 mm\/rev/);
  });

  it('says all that is wrong at once', () => {
    const { errors } = refusal({ ...turning({ feed: 9, rpm: -1 }), material: 'Cheese' });
    expect(errors.map((error) => error.path)).toEqual(['parameters.feed', 'parameters.rpm', 'material']);
  });
});

describe('planJob, warnings', () => {
  it('is silent about a common job', () => {
    expect(warningCodes({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 })).toEqual([]);
  });

  it('derives a custom ferrous material from its hardness', () => {
    const { material } = planJob({ jobType: 'turning', material: 'Custom', customMaterial: { hardness: 200 } });
    expect(material.kc1).toBe(1550);
    expect(material.mc).toBe(0.24);
    expect(material.speed15).toBeCloseTo(350 * (125 / 200) ** 0.9, 9);
  });
});
