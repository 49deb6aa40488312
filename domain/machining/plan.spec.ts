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
  const text = 'fast' as unknown as number;
  it.each<[string, string, MachiningRequest]>([
    ['not_a_number', 'parameters.feed', turning({ feed: Number.NaN })],
    ['not_a_number', 'parameters.rpm', turning({ rpm: text })],
    ['not_a_number', 'parameters.rpm', turning({ rpm: Number.POSITIVE_INFINITY })],
    ['not_a_number', 'parameters.feed', turning({ feed: null as unknown as number })],
    ['out_of_range', 'parameters.rpm', turning({ rpm: 0 })],
    ['out_of_range', 'parameters.rpm', turning({ rpm: 4001 })],
    ['out_of_range', 'parameters.cuttingSpeed', turning({ cuttingSpeed: 0.4 })],
    ['out_of_range', 'parameters.maxRpm', turning({ mode: 'css', maxRpm: 4001 })],
    ['missing_max_rpm', 'parameters.maxRpm', turning({ mode: 'css', cuttingSpeed: 200 })],
    ['out_of_range', 'parameters.feed', turning({ feed: 3.1 })],
    ['out_of_range', 'parameters.depthOfCut', turning({ depthOfCut: 10.5 })],
    ['out_of_range', 'parameters.flankWear', turning({ flankWear: 0.7 })],
    ['out_of_range', 'parameters.coolant', turning({ coolant: 'oil' as 'dry' })],
    ['bad_geometry', 'parameters.diameter', turning({ diameter: 331 })],
    ['bad_geometry', 'parameters.length', turning({ length: 571 })],
    ['bad_geometry', 'parameters.endDiameter', turning({ diameter: 50, endDiameter: 50 })],
    ['bad_geometry', 'parameters.depthOfCut', turning({ diameter: 5, depthOfCut: 3 })],
    [
      'bad_geometry',
      'parameters.endDiameter',
      { jobType: 'boring', material: 'Brass', parameters: { endDiameter: 30, diameter: 40 } },
    ],
    ['bad_geometry', 'parameters.barDiameter', { jobType: 'boring', material: 'Brass', parameters: { diameter: 20 } }],
    [
      'bad_geometry',
      'parameters.barOverhang',
      { jobType: 'boring', material: 'Brass', parameters: { barOverhang: 251 } },
    ],
    [
      'bad_geometry',
      'parameters.drillDiameter',
      { jobType: 'drilling', material: 'Brass', parameters: { drillDiameter: 41 } },
    ],
    [
      'bad_geometry',
      'parameters.holeDepth',
      { jobType: 'drilling', material: 'Brass', parameters: { holeDepth: 90, length: 80 } },
    ],
    [
      'bad_geometry',
      'parameters.toothDepth',
      { jobType: 'knurling', material: 'Brass', parameters: { diameter: 2, toothDepth: 1 } },
    ],
    ['bad_geometry', 'parameters.passes', { jobType: 'threading', material: 'Brass', parameters: { passes: 1 } }],
    ['bad_geometry', 'parameters.passes', { jobType: 'threading', material: 'Brass', parameters: { passes: 2.5 } }],
    ['bad_geometry', 'parameters.pitch', { jobType: 'threading', material: 'Brass', parameters: { pitch: 0.1 } }],
    [
      'bad_geometry',
      'parameters.pitch',
      { jobType: 'threading', material: 'Brass', parameters: { pitch: 6, diameter: 7 } },
    ],
    [
      'machine_limit',
      'parameters.pitch',
      { jobType: 'threading', material: 'Brass', parameters: { rpm: 4000, pitch: 2.6 } },
    ],
    ['tool_unknown', 'toolNo', { ...turning({}), toolNo: 11 }],
    ['tool_unknown', 'toolNo', { ...turning({}), toolNo: 1.5 }],
    ['tool_mismatch', 'toolNo', { ...turning({}), toolNo: 5 }],
    ['tool_broken', 'toolNo', { ...turning({}), toolNo: 1, toolBroken: true }],
    ['material_unknown', 'material', { jobType: 'turning', material: 'Unobtainium' }],
    ['material_unknown', 'customMaterial', { jobType: 'turning', material: 'Custom' }],
    [
      'out_of_range',
      'customMaterial.kc1',
      { jobType: 'turning', material: 'Custom', customMaterial: { kc1: 4, mc: 0 } },
    ],
    [
      'out_of_range',
      'customMaterial.mc',
      { jobType: 'turning', material: 'Custom', customMaterial: { kc1: 900, mc: 0.6 } },
    ],
    ['not_formable', 'material', { jobType: 'knurling', material: 'Wood' }],
    ['not_formable', 'material', { jobType: 'knurling', material: 'Cast Iron' }],
    ['job_type_unknown', 'jobType', { jobType: 'milling', material: 'Brass' }],
  ])('%s at %s', (code, path, request) => {
    const { errors, kind, code: first } = refusal(request);
    expect(errors).toEqual([expect.objectContaining({ code, path })]);
    expect([kind, first]).toEqual(['invalid', code]);
  });

  it('says value, range and unit', () => {
    expect(refusal(turning({ feed: 9 })).errors[0]?.message).toMatch(/9 mm\/rev.*0\.005 to 3 mm\/rev/);
  });

  it('says all that is wrong at once', () => {
    const { errors } = refusal({ ...turning({ feed: 9, rpm: -1 }), material: 'Cheese' });
    expect(errors.map((error) => error.path)).toEqual(['parameters.feed', 'parameters.rpm', 'material']);
  });
});

describe('planJob, warnings', () => {
  it.each<[string, MachiningRequest]>([
    ['w_tool_range', turning({ feed: 0.6 })],
    ['w_tool_range', turning({ depthOfCut: 0.3 })],
    ['w_finish_invalid', turning({ feed: 0.9 })],
    ['w_material', { jobType: 'threading', material: 'Wood' }],
    ['w_material', { jobType: 'turning', material: 'Wood', parameters: { coolant: 'flood' } }],
    ['w_material', { jobType: 'turning', material: 'Custom', customMaterial: { hardness: 150 } }],
    ['w_overload', turning({ diameter: 200, depthOfCut: 8, feed: 1 })],
    ['w_extrapolated', turning({ cuttingSpeed: 30 })],
    ['w_extrapolated', turning({ feed: 0.01 })],
    ['w_extrapolated', { jobType: 'turning', material: 'Custom', customMaterial: { hardness: 400 } }],
    ['w_speed_limited', turning({ diameter: 10, depthOfCut: 1, cuttingSpeed: 300 })],
    ['w_spindle_centre', { jobType: 'facing', material: 'Brass', parameters: { endDiameter: 0 } }],
    ['w_overhang', { jobType: 'boring', material: 'Brass', parameters: { barOverhang: 110 } }],
    ['w_chatter', { jobType: 'boring', material: 'Stainless 304', parameters: { barOverhang: 200, depthOfCut: 3 } }],
    ['w_double_tracking', { jobType: 'knurling', material: 'Brass', parameters: { diameter: 30.4 } }],
  ])('%s', (code, request) => {
    expect(warningCodes(request)).toContain(code);
  });

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
