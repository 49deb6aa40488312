import { describe, expect, it } from '@jest/globals';
import { CreateJobSchema } from '#domain/contract/job.js';
import { MATERIALS } from '#domain/machining/materials.js';
import { TOOLS } from '#domain/machining/tools.js';
import { ProblemError } from '../../api/problem';
import { type JobDraft, jobOf, NEW_DRAFT, previewOf, withCustom, withJobType, withMode, withText } from './job-draft';
import { besideField, fieldsOfSteps, labelOf, refusedFields } from './job-faults';

const library = { tools: TOOLS, materials: MATERIALS };
const limits = { maxSpindleSpeed: 4000, maxPower: 15_000, maxTorque: 203 };

type Texts = Record<string, string>;
const typed = (jobType: JobDraft['jobType'], texts: Texts, more: Partial<JobDraft> = {}): JobDraft => {
  const draft = { ...withJobType(NEW_DRAFT, jobType, TOOLS), ...more };
  return Object.entries(texts).reduce((changed, [name, text]) => withText(changed, name, text), draft);
};
const custom = (figures: Texts): JobDraft =>
  Object.entries({ hardness: '', ...figures }).reduce(
    (changed, [name, text]) => withCustom(changed, name as 'kc1', text),
    { ...NEW_DRAFT, material: 'Custom' },
  );
const css = (texts: Texts): JobDraft => {
  const draft = withMode(NEW_DRAFT, 'css');
  return { ...draft, texts: { ...draft.texts, ...texts } };
};

/** The preview of a draft, and whether the form has a field for what it says of a path. */
function judged(draft: JobDraft) {
  const preview = previewOf(draft, library, limits);
  const steps = fieldsOfSteps(draft, preview.parameters.mode ?? 'constantRpm');
  return { ...preview, hasField: (path: string) => steps.some((step) => step.includes(path)) };
}

describe('a value that is refused', () => {
  it.each<[string, JobDraft, path: string, words: RegExp]>([
    [
      'text',
      typed('turning', { feed: 'fast' }),
      'parameters.feed',
      /^“fast” is no number: expected 0\.005 to 3 mm\/rev\.$/,
    ],
    ['NaN', typed('turning', { feed: 'NaN' }), 'parameters.feed', /^“NaN” is no number/],
    ['infinity', typed('turning', { feed: '1e999' }), 'parameters.feed', /^“1e999” is no number/],
    ['rpm', typed('turning', { rpm: '4001' }), 'parameters.rpm', /^4001 1\/min: expected 1 to 4000 1\/min\.$/],
    [
      'cutting speed',
      typed('turning', { cuttingSpeed: '0,4' }),
      'parameters.cuttingSpeed',
      /0\.4 m\/min.*0\.5 to 2000/,
    ],
    ['top speed', css({ maxRpm: '0' }), 'parameters.maxRpm', /0 1\/min.*1 to 4000/],
    ['no top speed', css({ maxRpm: '' }), 'parameters.maxRpm', /^Missing: css needs 1 to 4000 1\/min\.$/],
    ['feed', typed('turning', { feed: '3.1' }), 'parameters.feed', /0\.005 to 3 mm\/rev/],
    ['depth', typed('turning', { depthOfCut: '11' }), 'parameters.depthOfCut', /0\.01 to 10 mm/],
    ['wear', typed('turning', { flankWear: '0.7' }), 'parameters.flankWear', /0\.7 mm: expected 0 to 0\.6 mm/],
    ['diameter', typed('turning', { diameter: '331' }), 'parameters.diameter', /1 to 330 mm/],
    ['length', typed('turning', { length: '571' }), 'parameters.length', /1 to 570 mm/],
    [
      'end diameter',
      typed('turning', { diameter: '40', endDiameter: '41' }),
      'parameters.endDiameter',
      /41 mm.*1 to 40 mm/,
    ],
    ['facing', typed('facing', { diameter: '40', endDiameter: '40' }), 'parameters.endDiameter', /0 to 40 mm/],
    ['facing length', typed('facing', { length: '0' }), 'parameters.length', /1 to 570 mm/],
    ['bore', typed('boring', { diameter: '46', endDiameter: '40' }), 'parameters.endDiameter', /46 to 330 mm/],
    ['bar', typed('boring', { diameter: '20' }), 'parameters.barDiameter', /25 mm.*1 to 20 mm/],
    ['overhang', typed('boring', { barOverhang: '260' }), 'parameters.barOverhang', /1 to 250 mm/],
    ['modulus', typed('boring', { barModulus: '10' }), 'parameters.barModulus', /50 to 1000 GPa/],
    ['drill', typed('drilling', { drillDiameter: '41' }), 'parameters.drillDiameter', /0\.5 to 40 mm/],
    ['hole', typed('drilling', { holeDepth: '90', length: '80' }), 'parameters.holeDepth', /1 to 80 mm/],
    ['drilled work', typed('drilling', { diameter: '8' }), 'parameters.diameter', /10 to 330 mm/],
    ['pitch', typed('threading', { pitch: '0.1' }), 'parameters.pitch', /0\.2 to 6 mm/],
    ['passes', typed('threading', { passes: '2.5' }), 'parameters.passes', /2\.5: expected 2 to 40, whole/],
    ['deep thread', typed('threading', { pitch: '6', diameter: '7' }), 'parameters.pitch', /6 mm: expected 0\.2 to/],
    ['fast thread', typed('threading', { pitch: '2.6', rpm: '4000' }), 'parameters.pitch', /10000 mm\/min/],
    ['tooth', typed('knurling', { toothDepth: '4' }), 'parameters.toothDepth', /0\.01 to 3 mm/],
    ['wheels', typed('knurling', { wheels: '3' }), 'parameters.wheels', /1 to 2, whole/],
    ['wheel width', typed('knurling', { wheelWidth: '51' }), 'parameters.wheelWidth', /0\.5 to 50 mm/],
    ['unknown tool', typed('turning', {}, { toolNo: 11 }), 'toolNo', /11/],
    ['other tool', typed('turning', {}, { toolNo: 5 }), 'toolNo', /cannot do turning/],
    ['unknown material', typed('turning', {}, { material: 'Cheese' }), 'material', /Cheese/],
    ['wood to knurl', typed('knurling', {}, { material: 'Wood' }), 'material', /cannot be knurled/],
    ['no figures', custom({}), 'customMaterial', /kc1 and mc, or hardness/],
    ['kc1', custom({ kc1: '4', mc: '0.2' }), 'customMaterial.kc1', /4 N\/mm².*5 to 6000 N\/mm²/],
    ['mc', custom({ kc1: '1500', mc: '0.6' }), 'customMaterial.mc', /0 to 0\.5/],
    ['hardness', custom({ hardness: '701' }), 'customMaterial.hardness', /701 HB.*1 to 700 HB/],
    ['hardness in words', custom({ hardness: 'hard' }), 'customMaterial.hardness', /“hard” is no number.*1 to 700 HB/],
    ['no time', typed('turning', {}, { minutes: ' ' }), 'estimatedTime', /^Missing: expected above 0 to 100000 min/],
    ['zero time', typed('turning', {}, { minutes: '0' }), 'estimatedTime', /0 min: expected above 0 to 100000 min/],
    ['time in words', typed('turning', {}, { minutes: 'long' }), 'estimatedTime', /“long” is no number/],
    ['endless time', typed('turning', {}, { minutes: '100001' }), 'estimatedTime', /100000 min/],
    ['seed', typed('turning', {}, { seed: '1.5' }), 'seed', /1\.5: expected 0 to 4294967295, whole/],
    ['great seed', typed('turning', {}, { seed: '4294967296' }), 'seed', /4294967295/],
  ])('%s: says so at its field, with the value and what may be', (_, draft, path, words) => {
    const { faults, hasField } = judged(draft);
    expect(faults.get(path)).toMatch(words);
    expect(hasField(path)).toBe(true);
    expect(faults.size).toBe(1);
    expect(labelOf(path, draft)).not.toContain('.');
  });

  it('by the server stands at its field, too', () => {
    const detail = 'tool 1 (Roughing) is broken: replace it first';
    const errors = [
      { path: 'toolNo', message: detail, code: 'tool_broken' },
      { path: 'parameters.feed', message: 'parameters.feed is 9 mm/rev: expected 0.005 to 3 mm/rev' },
    ];
    const problem = { type: 'about:blank', title: '', status: 422, detail, code: 'tool_broken', errors };
    expect([...refusedFields(new ProblemError(problem))]).toEqual([
      ['toolNo', 'Tool 1 (Roughing) is broken: replace it first.'],
      ['parameters.feed', '9 mm/rev: expected 0.005 to 3 mm/rev.'],
    ]);
    expect(refusedFields(new Error('gone')).size).toBe(0);
    expect(besideField('toolNo', 'toolNo is NaN: expected the number of a tool')).toBe(
      '“NaN” is no number: expected the number of a tool.',
    );
  });
});

describe('a value that is doubtful', () => {
  it.each<[string, JobDraft, path: string, words: RegExp]>([
    ['feed beyond the tool', typed('turning', { feed: '0.6' }), 'parameters.feed', /outside the tool/],
    ['depth beyond the tool', typed('turning', { depthOfCut: '0.3' }), 'parameters.depthOfCut', /outside the tool/],
    ['feed beyond the nose', typed('turning', { feed: '0.9', rpm: '500' }), 'parameters.feed', /nose radius/],
    [
      'overload',
      typed('turning', { diameter: '200', depthOfCut: '8', feed: '1' }),
      'parameters.depthOfCut',
      /available/,
    ],
    ['slow cut', typed('turning', { cuttingSpeed: '30' }), 'parameters.cuttingSpeed', /calibrated/],
    ['thin chip', typed('turning', { feed: '0.01' }), 'parameters.feed', /Chip thickness/],
    [
      'speed limited',
      typed('turning', { diameter: '10', depthOfCut: '1', cuttingSpeed: '300' }),
      'parameters.cuttingSpeed',
      /limited to/,
    ],
    ['long bar', typed('boring', { barOverhang: '110' }), 'parameters.barOverhang', /advised/],
    ['wide pitch', typed('threading', { pitch: '3.5', diameter: '30' }), 'parameters.pitch', /outside the tool/],
    ['teeth cut twice', typed('knurling', { diameter: '30.4' }), 'parameters.diameter', /cut twice/],
    ['spindle centre', typed('facing', { endDiameter: '0' }), 'parameters.endDiameter', /centre/],
    ['thread in wood', typed('threading', {}, { material: 'Wood' }), 'material', /wood/],
    [
      'wet wood',
      typed('turning', {}, { material: 'Wood', toolNo: 3, choices: { coolant: 'flood' } }),
      'parameters.coolant',
      /dry/,
    ],
    ['hard work', custom({ hardness: '400' }), 'material', /350 HB/],
    ['guessed density', custom({ hardness: '200' }), 'customMaterial.density', /assumed/],
    ['guessed exponent', custom({ hardness: '200', kc1: '1500' }), 'customMaterial.mc', /assumed/],
  ])('%s: says so at its field and may start', (_, draft, path, words) => {
    const { faults, warnings, hasField } = judged(draft);
    expect([...faults]).toEqual([]);
    expect(warnings.get(path)?.join(' ')).toMatch(words);
    expect(hasField(path)).toBe(true);
    expect(CreateJobSchema.safeParse(jobOf(draft, 'lathe-1')).success).toBe(true);
  });

  it('none stands at a common job', () => {
    expect(judged(NEW_DRAFT).warnings.size).toBe(0);
  });
});

describe('the request of a draft', () => {
  it('carries a material’s own figures and a seed', () => {
    const draft = { ...custom({ kc1: '1500', mc: '0,2', density: '7800' }), seed: '42' };
    expect(jobOf(draft, 'lathe-1')).toMatchObject({
      material: 'Custom',
      customMaterial: { ferrous: true, kc1: 1500, mc: 0.2, density: 7800 },
      seed: 42,
    });
    expect(jobOf(NEW_DRAFT, 'lathe-1')).not.toHaveProperty('seed');
  });
});
