import { describe, expect, it } from '@jest/globals';
import { nextGaussian } from '#domain/machining/random.js';
import { predictWear, type WearLaw } from '#domain/machining/wear-fit.js';
import { openTags } from '../../../test/open-tags.js';
import { OptionError } from '../out-folder.js';
import { standalone } from '../svg/style.js';
import { readWearOptions } from './analyze-wear.options.js';
import { compareWear, type MethodId, score, spreadOverSplits } from './compare-wear.js';
import { type CutConditions, givenLaw, givenLaws, modelGrowth } from './given-law.js';
import { readForces, readWearCsv, WearFileError, type WearFileLayout } from './read-wear-csv.js';
import { wearPicture } from './wear-picture.js';
import { wearReport } from './wear-report.js';
import { constantsOf } from './wear-tables.js';

const CONDITIONS: CutConditions = { cuttingSpeedMPerMin: 200, feedMm: 0.25, depthMm: 2, coolant: 'flood', toolNo: 1 };
const LAYOUT: WearFileLayout = {
  toolColumn: 'tool',
  wearColumn: 'Vb',
  wearUnitMm: 1e-3,
  rowSeconds: 1,
  cuttingSpeed: { mPerMin: 200 },
};
/** Six tools that wear by the simulator's curve with a life of 3 min, each with luck of its own. */
const LIVES = [2.7, 3.4, 3, 2.8, 3.2, 2.9];

function measuredCsv(): string {
  const random = Int32Array.of(5);
  const lines = LIVES.flatMap((lifeMin, tool) => {
    const minutes = Array.from({ length: 211 }, (_, i) => i / 60);
    const law: WearLaw = { lifeMin, referenceSpeedMPerMin: 200, taylorN: 0.25, scale: 1 };
    const record = { tool: '', minutes, cuttingSpeedMPerMin: minutes.map(() => 200), wearMm: [0] };
    return predictWear(law, record).map((wear, i) => {
      const read = i === 0 ? 0 : Math.max(0, 1000 * wear + 2 * nextGaussian(random, 0));
      return `${tool},"${read.toFixed(2)}",200`;
    });
  });
  return `﻿tool,Vb,speed\n${lines.join('\n')}\n`;
}

const records = readWearCsv(measuredCsv(), LAYOUT);
const given = givenLaw('Alloy Steel 4140', CONDITIONS);
const comparison = compareWear(records, given.law, 1);
const method = (id: MethodId) => comparison.methods.find((each) => each.id === id)!;

describe('a file of wear readings', () => {
  it('is read tool by tool, in mm and minutes', () => {
    expect(records.map(({ tool }) => tool)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(records[0]!.minutes.slice(0, 3)).toEqual([0, 1 / 60, 2 / 60]);
    expect(records[0]!.wearMm.at(-1)).toBeGreaterThan(0.3);
    expect(readWearCsv('tool,Vb,v\na,1,90\na,2,91\na,3,92\n', { ...LAYOUT, cuttingSpeed: { column: 'v' } })).toEqual([
      { tool: 'a', minutes: [0, 1 / 60, 2 / 60], cuttingSpeedMPerMin: [90, 91, 92], wearMm: [0.001, 0.002, 0.003] },
    ]);
  });

  it('gives up its forces beside the wear', () => {
    const text = 'tool,Vb,F\na,100,5\nb,0,1\na,200,6\n';
    expect(readForces(text, LAYOUT, 'F')).toEqual([
      { tool: 'a', wearMm: [0.1, 0.2], force: [5, 6] },
      { tool: 'b', wearMm: [0], force: [1] },
    ]);
    expect(() => readForces(text, LAYOUT, 'G')).toThrow('The file has no column G');
  });

  it.each([
    ['', 'The file has no rows below its heading'],
    ['tool,wear\n1,2\n', 'The file has no column Vb'],
    ['tool,Vb\n1,2\n1,x\n', 'Row 2: Vb is "x", not a number of 0 or more'],
    ['tool,Vb\n1,-2\n', 'Row 1: Vb is "-2", not a number of 0 or more'],
    ['tool,Vb\n1,\n', 'Row 1: Vb is "", not a number of 0 or more'],
    ['tool,Vb\n1,2\n1,3\n', 'Tool 1 has fewer than 3 rows'],
    ['tool,Vb\n1,2,3\n', 'The file is no CSV'],
  ])('%j is refused in one line', (text, message) => {
    expect(() => readWearCsv(text, LAYOUT)).toThrow(WearFileError);
    expect(() => readWearCsv(text, LAYOUT)).toThrow(message);
  });
});

describe("the simulator's own law", () => {
  it('has the life and the force of its calculator', () => {
    // worked example of turning 4140 at 200 m/min with tool 1: 26.24 min, 1313 N
    expect(given.law.lifeMin).toBeCloseTo(26.24, 1);
    expect(given.cuttingForceN).toBeCloseTo(1313.3, 0);
    expect(givenLaws(CONDITIONS).map(({ material }) => material)).toContain('Titanium Ti-6Al-4V');
  });

  it('has forces that grow by 1, 2.5 and 3 of themselves per mm of wear', () => {
    const growths = modelGrowth('Alloy Steel 4140', CONDITIONS).map(({ perMm }) => Number(perMm.toFixed(9)));
    expect(growths).toEqual([1, 2.5, 3]);
  });

  it('is found again from its life as a speed for 15 min', () => {
    const { speed15, taylorC } = constantsOf(given.law, CONDITIONS);
    expect(speed15).toBeCloseTo(230, 6);
    expect(taylorC).toBeCloseTo(200 * given.law.lifeMin ** 0.25, 9);
  });
});

describe('a comparison', () => {
  it('splits by tool: each is tested once, by what others have taught', () => {
    const [first, second] = comparison.folds;
    expect(first.trained).toEqual(second.tested);
    expect([...first.tested, ...second.tested].sort()).toEqual(records.map(({ tool }) => tool));
    expect(compareWear(records, given.law, 1).folds[0].trained).toEqual(first.trained);
    const others = [2, 3, 4].map((seed) => compareWear(records, given.law, seed).folds[0].trained.join());
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('finds the life, beats a straight line where wear follows the curve, and knows the scatter of lives', () => {
    for (const { life, lifeAndHeight } of comparison.folds) {
      expect(Math.abs(life.lifeMin / 3 - 1)).toBeLessThan(0.1);
      expect(lifeAndHeight.scale).toBeCloseTo(1, 0);
    }
    expect(method('life').maeMm).toBeLessThan(0.8 * method('straightLine').maeMm);
    expect(method('given').maeMm).toBeGreaterThan(4 * method('life').maeMm);
    expect(method('hindsight').maeMm).toBeLessThan(0.003);
    expect(comparison.lifeScatter).toBeCloseTo(0.086, 2); // of the logarithms of the six lives
  });

  it('compares the times to the wear limit', () => {
    const ratios = method('hindsight').scores.map(({ lifeRatio }) => lifeRatio);
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
    expect(method('given').scores[0]!.lifeRatio).toBeCloseTo(given.law.lifeMin / LIVES[0]!, 0);
  });

  it('tells how much the split matters', () => {
    const spread = spreadOverSplits(records, given.law, 3);
    expect(spread.map(({ id }) => id)).toEqual(comparison.methods.map(({ id }) => id));
    expect(spread.find(({ id }) => id === 'given')!.maeDeviationMm).toBeCloseTo(0, 12);
    expect(spread.find(({ id }) => id === 'life')!.maeDeviationMm).toBeGreaterThan(0);
  });

  it('needs four tools', () => {
    expect(() => compareWear(records.slice(0, 3), given.law, 1)).toThrow('3 tools cannot be split into halves');
  });
});

describe('its report', () => {
  const picture = wearPicture(comparison);
  const html = wearReport({
    comparison,
    spread: spreadOverSplits(records, given.law, 2),
    splits: 2,
    given: [{ given, result: score('given', 'x', records, (record) => predictWear(given.law, record)) }],
    material: 'Alloy Steel 4140',
    conditions: CONDITIONS,
    picture,
    credit: 'measured by <A & B>, CC BY-SA 4.0',
    growths: [{ name: 'Cutting force', model: 1, perMm: [1.1, 0.9, 1, Number.NaN, 1.2, 0.8] }],
  });

  it('is well formed, with a panel for each tool, errors of each and the credit', () => {
    expect(openTags(html)).toEqual([]);
    expect(openTags(standalone(picture, 'A & B'))).toEqual([]);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    for (const { tool } of records) {
      expect(picture).toContain(`aria-label="Flank wear of tool ${tool}"`);
      expect(html).toContain(`<th scope="row">${tool}</th>`);
    }
    expect(html).toContain('<th scope="row">Cutting force</th>');
    expect(html).toContain('measured by &lt;A &amp; B&gt;, CC BY-SA 4.0');
  });
});

describe('the options', () => {
  const NEEDED = ['file.csv', '--cutting-speed', '120', '--feed', '0.1', '--depth', '2'];

  it('have defaults but for the cut', () => {
    expect(readWearOptions(NEEDED)).toMatchObject({
      file: 'file.csv',
      layout: { toolColumn: 'tool', wearColumn: 'VB', wearUnitMm: 1, rowSeconds: 1, cuttingSpeed: { mPerMin: 120 } },
      conditions: { cuttingSpeedMPerMin: 120, feedMm: 0.1, depthMm: 2, coolant: 'flood', toolNo: 1 },
      seed: 1,
    });
    expect(readWearOptions([...NEEDED, '--speed-column', 'v', '--wear-unit=um']).layout).toMatchObject({
      wearUnitMm: 1e-3,
      cuttingSpeed: { column: 'v' },
    });
  });

  it.each([
    [[], 'Give one CSV file of wear readings'],
    [['a', 'b'], 'Give one CSV file of wear readings'],
    [['a'], '--cutting-speed is needed'],
    [[...NEEDED, '--seed', '1.5'], '--seed must be a whole number from 0, not 1.5'],
    [[...NEEDED, '--wear-unit', 'cm'], '--wear-unit must be mm or um, not cm'],
    [[...NEEDED, '--feed', '-1'], '--feed must be a number from 0.005, not -1'],
  ])('%j are refused in one line', (args, message) => {
    expect(() => readWearOptions(args)).toThrow(OptionError);
    expect(() => readWearOptions(args)).toThrow(message);
  });
});
