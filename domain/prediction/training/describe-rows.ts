import { quantileOfSorted } from '../../statistics/describe.js';
import type { Dataset } from '../dataset.js';
import { type FeatureRecipe, quantityTable } from '../features.js';
import { cholesky, columnOf, rowOf, squaredNorm, type Table } from '../linear-algebra.js';
import type { Model } from '../model.js';
import { type RandomSource, shuffle } from '../random-source.js';

/** Rows that explanations compare with: enough for a steady mean, few enough for a few milliseconds. */
const BACKGROUND = 12;
/** Part of the variance that counts as free of correlation, so that nearly dependent quantities do not blow up distances. */
const SHRINKAGE = 0.05;
/** Share of training rows that count as known. */
const KNOWN = 0.999;
/** Margin of each range, as a part of it. */
const MARGIN = 0.05;
const BINS = 10;

/** Healthy rows drawn at random; where nothing fails, any rows. */
export function backgroundOf({ inputs, target, layout }: Dataset, random: RandomSource): number[][] {
  const rows = Array.from({ length: inputs.rows }, (_, row) => row);
  const healthy = layout.task === 'classification' ? rows.filter((row) => target[row] === 0) : rows;
  return shuffle(healthy, random)
    .slice(0, BACKGROUND)
    .map((row) => [...rowOf(inputs, row)]);
}

/** What the quantities of training rows look like together. */
export function distributionOf(inputs: Table, recipe: FeatureRecipe): Model['distribution'] {
  const values = quantityTable(inputs, recipe.quantities);
  const { width, rows } = values;
  const standard = new Float64Array(values.values.length);
  for (let row = 0; row < rows; row++) {
    for (let q = 0; q < width; q++) {
      standard[row * width + q] = (values.values[row * width + q]! - recipe.mean[q]!) / recipe.spread[q]!;
    }
  }
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) {
        covariance[i * width + j]! += (standard[row * width + i]! * standard[row * width + j]!) / rows;
      }
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) {
      covariance[i * width + j]! *= 1 - SHRINKAGE;
      covariance[j * width + i] = covariance[i * width + j]!;
    }
    covariance[i * width + i] = Math.max(covariance[i * width + i]!, SHRINKAGE);
  }
  const lower = cholesky(covariance, width);
  const scratch = new Float64Array(width);
  const distances = Float64Array.from({ length: rows }, (_, row) =>
    Math.sqrt(squaredNorm(lower, width, standard.subarray(row * width, (row + 1) * width), scratch)),
  ).sort();
  return {
    cholesky: Array.from(lower, rounded),
    limit: quantileOfSorted(distances, KNOWN),
    ranges: recipe.quantities.map((_, q) => {
      const column = columnOf(values, q).sort();
      const margin = MARGIN * (column.at(-1)! - column[0]!);
      return { min: column[0]! - margin, max: column.at(-1)! + margin };
    }),
  };
}

/** Bins of equal share of each input, against which drift is told. */
export function referenceOf(inputs: Table): Model['reference'] {
  return Array.from({ length: inputs.width }, (_, input) => {
    const sorted = columnOf(inputs, input).sort();
    const wished = Array.from({ length: BINS - 1 }, (_, i) => quantileOfSorted(sorted, (i + 1) / BINS));
    const edges = [...new Set(wished)].filter((edge) => edge < sorted.at(-1)!);
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const value of sorted) counts[binOf(edges, value)]!++;
    return { edges, shares: counts.map((count) => count / sorted.length) };
  });
}

/** Bin of a value among inner borders; a value on a border belongs to the bin below. */
export function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value > edges[bin]!) bin++;
  return bin;
}

const rounded = (value: number): number => Number(value.toPrecision(9));
