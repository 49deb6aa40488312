import { describe, expect, it } from '@jest/globals';
import { ai4iLayout } from './ai4i-layout.js';
import { featureWriter, fitRecipe, type InputColumn, type Quantity } from './features.js';
import { tableOf } from './linear-algebra.js';
import { bestSplit, splitsOf } from './split-points.js';

const input = (name: string, categories: string[] | null = null): InputColumn => ({
  name,
  label: name,
  unit: '',
  categories,
  group: name,
  actionable: false,
});

describe('physical quantities of AI4I rows', () => {
  it('are the temperature difference, the spindle power and wear times torque', () => {
    const { inputs, quantities } = ai4iLayout();
    const rows = [0, 1].map((i) => [0, 298, 308 + i, 1400, 40, 100]);
    const recipe = fitRecipe(tableOf(rows), quantities, {}, [0, 1], 0.3);
    const at = (name: string) => quantities.findIndex((quantity) => quantity.name === name);
    expect(recipe.mean[at('dT')]).toBeCloseTo(10.5, 12);
    expect(recipe.mean[at('power')]).toBeCloseTo((40 * 1400 * 2 * Math.PI) / 60, 9);
    expect(recipe.mean[at('strain')]).toBeCloseTo(4000, 9);
    expect(inputs[0]!.categories).toEqual(['L', 'M', 'H']);
  });
});

describe('learned limits', () => {
  const values = Array.from({ length: 100 }, (_, i) => i);
  const rows = values;

  it('lie half-way between the rows that they part', () => {
    const labels = values.map((value) => (value >= 70 ? 1 : 0));
    expect(bestSplit(values, labels, rows)).toEqual({ at: 69.5, gain: 1 });
  });

  it('are found on both sides of a window', () => {
    const labels = values.map((value) => (value < 30 || value >= 70 ? 1 : 0));
    const at = splitsOf(values, labels, rows).map((split) => split.at);
    expect(at.sort((a, b) => a - b)).toEqual([29.5, 69.5]);
  });

  it('are learned from training rows alone', () => {
    const labels = values.map((value) => (value % 2 === 1 || value >= 60 ? 1 : 0));
    const even = values.filter((value) => value % 2 === 0);
    expect(bestSplit(values, labels, even)!.at).toBe(59);
  });

  it('do not exist where nothing fails', () => {
    expect(bestSplit(values, new Float64Array(100), rows)).toBeNull();
    expect(splitsOf(values, new Float64Array(100), rows)).toEqual([]);
  });
});

describe('features of a row', () => {
  const columns = [input('x'), input('grade', ['A', 'B'])];
  const quantities: Quantity[] = [{ name: 'x', label: 'x', unit: '', formula: 'input', of: [0] }];
  const recipe = {
    quantities,
    mean: [10],
    spread: [2],
    weight: 0.3,
    limits: [{ quantity: 0, mode: 'm', at: 11, gain: 1 }],
  };

  it('are categories, standardised quantities and the place beside each limit, kept within bounds', () => {
    const writer = featureWriter(columns, recipe);
    expect(writer.size).toBe(5);
    const out = new Float64Array(7).fill(9);
    writer.write([11.5, 1], out, 1);
    expect([...out]).toEqual([9, -1, 1, expect.closeTo(0.3 * 0.75, 12), 0.5, 1, 9]);
    writer.write([1e9, 0], out, 1);
    expect([...out]).toEqual([9, 1, -1, 1.2, 1, 1, 9]);
  });

  it('of a column that does not vary stay finite', () => {
    const fitted = fitRecipe(tableOf([[5], [5], [5]]), quantities, {}, [0, 1, 2], 0.3);
    expect(fitted).toMatchObject({ mean: [5], spread: [1], limits: [] });
  });
});
