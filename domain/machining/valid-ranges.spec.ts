import { describe, expect, it } from '@jest/globals';
import type { CustomMaterial, CuttingParameters } from '../contract/machining.js';
import { MachiningInputError } from './errors.js';
import { type FaultInjection, injectFault } from './faults.js';
import { createMachineState } from './machine-state.js';
import { planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { type SimulationRequest, simulate } from './simulate.js';
import { beginJob } from './step.js';

/** A request of each kind that is good in itself, so that one bad field is all that is wrong with it. */
const BASE: Record<string, MachiningRequest> = {
  turning: { jobType: 'turning', material: 'Mild Steel', toolNo: 1, parameters: {} },
  facing: { jobType: 'facing', material: 'Mild Steel', toolNo: 1, parameters: {} },
  boring: { jobType: 'boring', material: 'Mild Steel', toolNo: 4, parameters: {} },
  drilling: { jobType: 'drilling', material: 'Mild Steel', toolNo: 7, parameters: {} },
  threading: { jobType: 'threading', material: 'Mild Steel', toolNo: 5, parameters: {} },
  knurling: { jobType: 'knurling', material: 'Mild Steel', toolNo: 8, parameters: {} },
};

type Values = Record<string, unknown>;
const cut = (kind: string, parameters: Values, more: Partial<MachiningRequest> = {}): MachiningRequest => ({
  ...BASE[kind]!,
  ...more,
  parameters: parameters as CuttingParameters,
});
const custom = (figures: Values): MachiningRequest =>
  cut('turning', {}, { material: 'Custom', customMaterial: figures as CustomMaterial });

function refusalOf(act: () => unknown): MachiningInputError {
  try {
    act();
  } catch (error) {
    if (error instanceof MachiningInputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Code, field, and what the message must name besides the value: least, greatest and unit. */
type Expected = [code: string, path: string, ...named: string[]];

function expectRefusal(error: MachiningInputError, [code, path, ...named]: Expected): void {
  expect(error.errors.map((each) => [each.code, each.path])).toContainEqual([code, path]);
  const { message } = error.errors.find((each) => each.path === path)!;
  for (const word of named) expect(message).toContain(word);
}

/** Field, range and unit of every number that a job is described by; the kind of work that it belongs to. */
const NUMBERS: [kind: string, name: string, min: number, max: number, unit: string, code: string, beside?: Values][] = [
  ['turning', 'rpm', 1, 4000, '1/min', 'out_of_range'],
  ['turning', 'cuttingSpeed', 0.5, 2000, 'm/min', 'out_of_range'],
  ['turning', 'maxRpm', 1, 4000, '1/min', 'out_of_range', { mode: 'css', cuttingSpeed: 100 }],
  ['turning', 'feed', 0.005, 3, 'mm/rev', 'out_of_range', { rpm: 100 }],
  ['turning', 'depthOfCut', 0.01, 10, 'mm', 'out_of_range', { diameter: 60, endDiameter: 59.9 }],
  ['turning', 'diameter', 1, 330, 'mm', 'bad_geometry', { depthOfCut: 0.01, endDiameter: 1 }],
  ['turning', 'length', 1, 570, 'mm', 'bad_geometry'],
  ['turning', 'flankWear', 0, 0.6, 'mm', 'out_of_range'],
  ['facing', 'diameter', 1, 330, 'mm', 'bad_geometry', { endDiameter: 0 }],
  ['facing', 'endDiameter', 0, 330, 'mm', 'bad_geometry'],
  ['boring', 'barDiameter', 1, 200, 'mm', 'bad_geometry'],
  ['boring', 'barOverhang', 1, 2000, 'mm', 'bad_geometry'],
  ['boring', 'barModulus', 50, 1000, 'GPa', 'out_of_range'],
  ['drilling', 'drillDiameter', 0.5, 40, 'mm', 'bad_geometry'],
  ['drilling', 'holeDepth', 1, 570, 'mm', 'bad_geometry'],
  ['threading', 'pitch', 0.2, 6, 'mm', 'bad_geometry', { diameter: 60, rpm: 100 }],
  ['threading', 'passes', 2, 40, '', 'bad_geometry'],
  ['knurling', 'wheelWidth', 0.5, 50, 'mm', 'out_of_range'],
  ['knurling', 'wheelDiameter', 5, 100, 'mm', 'out_of_range'],
  ['knurling', 'advance', 0.005, 1, 'mm/rev', 'out_of_range'],
  ['knurling', 'toothDepth', 0.01, 3, 'mm', 'out_of_range'],
  ['knurling', 'wheels', 1, 2, '', 'out_of_range'],
];

describe('a number outside its range', () => {
  it.each(NUMBERS)('%s: %s is %p to %p %s, else %s', (kind, name, min, max, unit, code, beside = {}) => {
    const wide = [String(min), String(max), unit];
    for (const value of [min - 0.004, max + 0.5]) {
      const error = refusalOf(() => planJob(cut(kind, { ...beside, [name]: value })));
      expectRefusal(error, [code, `parameters.${name}`, String(value), ...wide]);
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '0.2', null, {}, true]) {
      const error = refusalOf(() => planJob(cut(kind, { ...beside, [name]: value })));
      expectRefusal(error, ['not_a_number', `parameters.${name}`, ...wide]);
    }
  });

  // the ends that other fields of the same job allow
  it.each(NUMBERS.filter(([, name]) => !['endDiameter', 'barDiameter', 'barOverhang'].includes(name)))(
    '%s: %s may be %p and %p %s',
    (kind, name, min, max, _unit, _code, beside = {}) => {
      const least = name === 'diameter' && kind === 'turning' ? 1.1 : min;
      for (const value of [least, max]) {
        expect(planJob(cut(kind, { ...beside, [name]: value })).warnings).toEqual(expect.any(Array));
      }
    },
  );

  it.each<[string, unknown, Expected]>([
    ['kc1', 4.9, ['out_of_range', 'customMaterial.kc1', '4.9', '5', '6000', 'N/mm²']],
    ['kc1', 6001, ['out_of_range', 'customMaterial.kc1', '6001']],
    ['kc1', 'hard', ['not_a_number', 'customMaterial.kc1', '5', '6000', 'N/mm²']],
    ['mc', -0.01, ['out_of_range', 'customMaterial.mc', '0', '0.5']],
    ['mc', 0.51, ['out_of_range', 'customMaterial.mc', '0.51']],
    ['hardness', 0.9, ['out_of_range', 'customMaterial.hardness', '1', '700', 'HB']],
    ['hardness', 701, ['out_of_range', 'customMaterial.hardness', '701', 'HB']],
    ['hardness', null, ['not_a_number', 'customMaterial.hardness', 'HB']],
  ])('custom material: %s of %p', (name, value, expected) => {
    const figures = { kc1: 1500, mc: 0.2, hardness: 180, [name]: value };
    expectRefusal(
      refusalOf(() => planJob(custom(figures))),
      expected,
    );
  });

  it.each([{ kc1: 5, mc: 0 }, { kc1: 6000, mc: 0.5 }, { hardness: 1 }, { hardness: 700, ferrous: false }])(
    'a custom material may be %p',
    (figures) => {
      expect(planJob(custom(figures)).material.name).toBe('Custom');
    },
  );

  const run: SimulationRequest = { ...BASE['turning']!, minutes: 0.1 };
  it.each<[keyof SimulationRequest, unknown, Expected]>([
    ['airTemperature', 252.9, ['out_of_range', 'airTemperature', '253', '323', 'K']],
    ['airTemperature', 323.1, ['out_of_range', 'airTemperature', '323.1', 'K']],
    ['airTemperature', 'warm', ['not_a_number', 'airTemperature', '253', '323', 'K']],
    ['dt', 0.009, ['out_of_range', 'dt', '0.01', '10', 's']],
    ['dt', 10.1, ['out_of_range', 'dt', '10.1', 's']],
    ['seed', -1, ['out_of_range', 'seed', '0', '4294967295']],
    ['seed', 1.5, ['out_of_range', 'seed', '1.5', 'whole']],
    ['seed', 4_294_967_296, ['out_of_range', 'seed', '4294967296']],
    ['seed', 'lucky', ['not_a_number', 'seed', '0', '4294967295']],
    ['minutes', 1441, ['out_of_range', 'minutes', '1440', 'min']],
  ])('accelerated run: %s of %p', (name, value, expected) => {
    expectRefusal(
      refusalOf(() => simulate({ ...run, [name]: value } as SimulationRequest)),
      expected,
    );
  });
});

describe('a job that cannot be', () => {
  it.each<[string, MachiningRequest, Expected]>([
    [
      'css without a top speed',
      cut('turning', { mode: 'css', cuttingSpeed: 200 }),
      ['missing_max_rpm', 'parameters.maxRpm', '1', '4000', '1/min'],
    ],
    [
      'turning to no less',
      cut('turning', { diameter: 50, endDiameter: 50 }),
      ['bad_geometry', 'parameters.endDiameter', '50 mm', '1 to 50 mm'],
    ],
    [
      'turning away all',
      cut('turning', { diameter: 5, depthOfCut: 3 }),
      ['bad_geometry', 'parameters.depthOfCut', '3 mm', '2 mm'],
    ],
    [
      'facing to no less',
      cut('facing', { diameter: 50, endDiameter: 50 }),
      ['bad_geometry', 'parameters.endDiameter', '0 to 50 mm'],
    ],
    [
      'facing beyond the centre',
      cut('facing', { endDiameter: -1 }),
      ['bad_geometry', 'parameters.endDiameter', '-1 mm'],
    ],
    [
      'boring to no more',
      cut('boring', { diameter: 46, endDiameter: 46 }),
      ['bad_geometry', 'parameters.endDiameter', '46 to 330 mm'],
    ],
    [
      'a bar as thick as the bore',
      cut('boring', { diameter: 25 }),
      ['bad_geometry', 'parameters.barDiameter', '25 mm', '1 to 25 mm'],
    ],
    [
      'a bar longer than ten diameters',
      cut('boring', { barOverhang: 250.1 }),
      ['bad_geometry', 'parameters.barOverhang', '250.1 mm', '1 to 250 mm'],
    ],
    [
      'a hole deeper than the work',
      cut('drilling', { holeDepth: 90, length: 80 }),
      ['bad_geometry', 'parameters.holeDepth', '90 mm', '80 mm'],
    ],
    [
      'a thread deeper than half its diameter',
      cut('threading', { pitch: 6, diameter: 7 }),
      ['bad_geometry', 'parameters.pitch', '6 mm', '0.2 to'],
    ],
    [
      'passes that are no number of passes',
      cut('threading', { passes: 2.5 }),
      ['bad_geometry', 'parameters.passes', '2.5', '2 to 40', 'whole'],
    ],
    [
      'a thread faster than the feed',
      cut('threading', { rpm: 4000, pitch: 2.6 }),
      ['machine_limit', 'parameters.pitch', '2.6 mm', '10000 mm/min'],
    ],
    ['a tool that is not there', cut('turning', {}, { toolNo: 11 }), ['tool_unknown', 'toolNo', '11', '1 to 10']],
    ['half a tool', cut('turning', {}, { toolNo: 1.5 }), ['tool_unknown', 'toolNo', '1.5']],
    ['a tool without a number', cut('turning', {}, { toolNo: Number.POSITIVE_INFINITY }), ['not_a_number', 'toolNo']],
    ['a tool named by text', cut('turning', {}, { toolNo: 'one' as never }), ['not_a_number', 'toolNo', 'one']],
    ['a tool for other work', cut('turning', {}, { toolNo: 5 }), ['tool_mismatch', 'toolNo', '1, 2, 3, 9, 10']],
    ['a broken tool', cut('turning', {}, { toolBroken: true }), ['tool_broken', 'toolNo']],
    [
      'a material that nobody knows',
      cut('turning', {}, { material: 'Unobtainium' }),
      ['material_unknown', 'material', 'Unobtainium', 'Mild Steel'],
    ],
    [
      'a custom material without figures',
      cut('turning', {}, { material: 'Custom' }),
      ['material_unknown', 'customMaterial'],
    ],
    ['wood to knurl', cut('knurling', {}, { material: 'Wood' }), ['not_formable', 'material', 'Wood']],
    ['cast iron to knurl', cut('knurling', {}, { material: 'Cast Iron' }), ['not_formable', 'material', 'Cast Iron']],
    [
      'work of no kind',
      { jobType: 'milling', material: 'Brass' },
      ['job_type_unknown', 'jobType', 'milling', 'turning'],
    ],
    [
      'a coolant of its own',
      cut('turning', { coolant: 'oil' }),
      ['out_of_range', 'parameters.coolant', 'oil', 'flood'],
    ],
  ])('%s', (_, request, expected) => {
    expectRefusal(
      refusalOf(() => planJob(request)),
      expected,
    );
  });

  it('is refused at the machine too, whose tool broke since it was planned', () => {
    const state = createMachineState(1);
    state.tools[0]!.broken = true;
    const plan = planJob(BASE['turning']!);
    expectRefusal(
      refusalOf(() => beginJob(state, plan, { seed: 1, estimatedMinutes: 1 })),
      ['tool_broken', 'toolNo'],
    );
  });
});

describe('a fault that cannot be', () => {
  it.each<[FaultInjection, Expected]>([
    [{ type: 'rust', severity: 1 }, ['fault_unknown', 'type', 'rust', 'toolBreakage']],
    [{ type: 'chatter', severity: -0.1 }, ['out_of_range', 'severity', '-0.1', '0 to 1']],
    [{ type: 'chatter', severity: 1.1 }, ['out_of_range', 'severity', '1.1', '0 to 1']],
    [{ type: 'chatter', severity: Number.NaN }, ['not_a_number', 'severity', '0 to 1']],
    [{ type: 'chatter', severity: 'much' as never }, ['not_a_number', 'severity', '0 to 1']],
    [{ type: 'chatter', severity: null as never }, ['not_a_number', 'severity']],
    [{ type: 'sensorStuck', severity: 1, channel: 'smell' }, ['out_of_range', 'channel', 'smell', 'vibration']],
    [{ type: 'chatter', severity: 1, durationS: 0 }, ['out_of_range', 'durationS', '0 s']],
    [{ type: 'chatter', severity: 1, durationS: -5 }, ['out_of_range', 'durationS', '-5 s']],
    [{ type: 'chatter', severity: 1, atS: -1 }, ['out_of_range', 'atS', '-1 s']],
    [{ type: 'chatter', severity: 1, rampS: Number.POSITIVE_INFINITY }, ['not_a_number', 'rampS']],
  ])('%j', (fault, expected) => {
    expectRefusal(
      refusalOf(() => injectFault(createMachineState(1), fault)),
      expected,
    );
  });
});

describe('a job that can be, with a warning', () => {
  it.each<[string, MachiningRequest, code: string, field: string]>([
    ['a feed above the tool', cut('turning', { feed: 0.51 }), 'w_tool_range', 'parameters.feed'],
    ['a feed below the tool', cut('turning', { feed: 0.09 }), 'w_tool_range', 'parameters.feed'],
    [
      'a depth above the tool',
      cut('turning', { depthOfCut: 5.1, endDiameter: 40, diameter: 60 }),
      'w_tool_range',
      'parameters.depthOfCut',
    ],
    ['a depth below the tool', cut('turning', { depthOfCut: 0.49 }), 'w_tool_range', 'parameters.depthOfCut'],
    ['a pitch beyond the tool', cut('threading', { pitch: 3.5, diameter: 30 }), 'w_tool_range', 'parameters.pitch'],
    ['a feed beyond the nose', cut('turning', { feed: 0.81, rpm: 500 }), 'w_finish_invalid', 'parameters.feed'],
    ['a long bar', cut('boring', { barOverhang: 101 }), 'w_overhang', 'parameters.barOverhang'],
    ['thread in wood', cut('threading', {}, { material: 'Wood' }), 'w_material', 'material'],
    [
      'coolant on wood',
      cut('turning', { coolant: 'mist' }, { material: 'Wood', toolNo: 3 }),
      'w_material',
      'parameters.coolant',
    ],
    [
      'too much torque',
      cut('turning', { diameter: 200, depthOfCut: 8, feed: 1 }),
      'w_overload',
      'parameters.depthOfCut',
    ],
    [
      'too much power',
      cut('turning', { diameter: 200, depthOfCut: 5, feed: 0.5, cuttingSpeed: 400 }),
      'w_overload',
      'parameters.depthOfCut',
    ],
    ['a chip too thin', cut('turning', { feed: 0.01 }), 'w_extrapolated', 'parameters.feed'],
    ['a chip too thick', cut('turning', { feed: 1.2, rpm: 500 }), 'w_extrapolated', 'parameters.feed'],
    [
      'a speed too high',
      cut('turning', { cuttingSpeed: 1100, diameter: 200 }),
      'w_extrapolated',
      'parameters.cuttingSpeed',
    ],
    ['a speed too low', cut('turning', { cuttingSpeed: 34 }), 'w_extrapolated', 'parameters.cuttingSpeed'],
    ['work too hard', custom({ hardness: 351 }), 'w_extrapolated', 'material'],
    ['a guessed density', custom({ hardness: 200 }), 'w_material', 'customMaterial.density'],
    ['a guessed exponent', custom({ kc1: 1500, hardness: 180 }), 'w_material', 'customMaterial.mc'],
    ['facing to the centre', cut('facing', { endDiameter: 0 }), 'w_spindle_centre', 'parameters.endDiameter'],
    ['teeth cut twice', cut('knurling', { diameter: 30.4 }), 'w_double_tracking', 'parameters.diameter'],
  ])('%s', (_, request, code, field) => {
    const plan = planJob(request);
    expect(plan.warnings).toContainEqual({ code, field, message: expect.stringMatching(/\S/) });
    expect(plan.warnings.every((warning) => warning.code.startsWith('w_'))).toBe(true);
  });

  it.each([
    ['the ends of the tool', cut('turning', { feed: 0.1, depthOfCut: 0.5 })],
    ['the greatest advised overhang', cut('boring', { barOverhang: 100 })],
    ['350 HB', custom({ hardness: 350, density: 7800, specificHeat: 450, conductivity: 40 })],
    ['dry wood', cut('turning', {}, { material: 'Wood', toolNo: 3 })],
  ])('but not for %s', (_, request) => {
    const about = /w_tool_range|w_overhang|w_material|w_extrapolated/;
    expect(planJob(request).warnings.filter(({ code }) => about.test(code))).toEqual([]);
  });
});
