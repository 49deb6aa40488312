import { describe, expect, it } from '@jest/globals';
import { SeriesGrid } from './series-grid.js';
import { summarise } from './summary.js';

describe('down-sampled series', () => {
  it('gives extremes and mean of each bucket and null for a gap', () => {
    const grid = new SeriesGrid(1000, 100, 3);
    grid.addSample(1000, 2);
    grid.addSample(1099, 6);
    grid.addSample(1200, -1);
    expect(grid.series()).toEqual({ min: [2, null, -1], max: [6, null, -1], mean: [4, null, -1] });
  });

  it('ignores unknown values and what lies outside', () => {
    const grid = new SeriesGrid(0, 10, 2);
    grid.addSample(-1, 5);
    grid.addSample(20, 5);
    grid.addSample(3, Number.NaN);
    grid.addSample(3, null);
    expect(grid.series().mean).toEqual([null, null]);
  });

  it('weighs summaries by their count', () => {
    const grid = new SeriesGrid(0, 120, 1);
    grid.addSummary(0, summarise([1, 1, 1]));
    grid.addSummary(60, summarise([5]));
    grid.addSummary(61, summarise([]));
    expect(grid.series()).toEqual({ min: [1], max: [5], mean: [2] });
  });

  it('shows no more digits than a 32-bit float holds', () => {
    const grid = new SeriesGrid(0, 10, 1);
    grid.addSample(0, Math.fround(0.3));
    expect(grid.series().mean).toEqual([0.3]);
  });
});
