import { describe, expect, it } from '@jest/globals';
import { correlation, correlationMatrix } from './correlation.js';
import { describeNumbers, quantileOfSorted } from './describe.js';
import { binEdges, countInBins } from './histogram.js';
import { nelderMead } from './nelder-mead.js';
import { multiplesOf, niceStep } from './nice-step.js';
import { commonSlope } from './slope.js';
import { thinLine } from './thin-line.js';

const NaN_ = Number.NaN;

describe('a description', () => {
  it('has the figures of a set worked by hand', () => {
    // mean 5, squares of the deviations 9+1+1+1+0+0+4+16 = 32, sample deviation sqrt(32/7)
    const { count, mean, standardDeviation, min, median, max } = describeNumbers([2, 4, 4, 4, 5, 5, 7, 9]);
    expect([count, mean, min, median, max]).toEqual([8, 5, 2, 4.5, 9]);
    expect(standardDeviation).toBeCloseTo(2.13809, 5);
  });

  it('passes over what is unknown and says so where nothing is known', () => {
    expect(describeNumbers([NaN_, 3, NaN_])).toMatchObject({ count: 1, mean: 3, standardDeviation: NaN_, p10: 3 });
    expect(describeNumbers([])).toMatchObject({ count: 0, mean: NaN_, min: NaN_, median: NaN_, max: NaN_ });
  });

  it('interpolates quantiles as R and NumPy do by default', () => {
    expect(quantileOfSorted([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantileOfSorted([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
    expect(quantileOfSorted([10], 0.9)).toBe(10);
  });
});

describe('bins', () => {
  it('have readable edges that hold every value once', () => {
    const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 10 + 3);
    const edges = binEdges(values);
    const { counts } = countInBins(values, edges);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1000);
    expect(edges[0]).toBeLessThanOrEqual(Math.min(...values));
    expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.max(...values));
    expect(niceStep(edges[1]! - edges[0]!)).toBeCloseTo(edges[1]! - edges[0]!, 9);
    expect(counts.length).toBeGreaterThanOrEqual(5);
    expect(counts.length).toBeLessThanOrEqual(41);
  });

  it('count a value on an edge into the bin above, the last edge into the last bin', () => {
    expect(countInBins([0, 1, 1, 2, 3, NaN_, 4], [0, 1, 2, 3]).counts).toEqual([1, 2, 2]);
  });

  it('are one around values that are all the same, zero included', () => {
    expect(countInBins([7, 7], binEdges([7, 7])).counts).toEqual([2]);
    expect(countInBins([0, 0], binEdges([0, 0])).counts).toEqual([2]);
    expect(() => binEdges([NaN_])).toThrow(RangeError);
  });
});

describe("Pearson's correlation", () => {
  it('is that of the first set of Anscombe, 0.81642', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(correlation(x, y)).toBeCloseTo(0.8164205, 7);
  });

  it('is 1 or -1 on a line, however far from zero, and unknown without variation or pairs', () => {
    expect(correlation([1e9, 1e9 + 1, 1e9 + 2], [1, 2, 3])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 12);
    expect(correlation([5, 5, 5], [1, 2, 3])).toBeNaN();
    expect(correlation([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
    expect(correlation([1, 2, NaN_, 4], [1, NaN_, 3, 4])).toBeNaN();
  });

  it('makes a symmetric matrix', () => {
    const matrix = correlationMatrix([
      [1, 2, 3, 4],
      [2, 1, 4, 3],
      [7, 7, 7, 7],
    ]);
    expect(matrix[0]![1]).toBeCloseTo(0.6, 12);
    expect(matrix[1]![0]).toBe(matrix[0]![1]);
    expect(matrix[0]![0]).toBeCloseTo(1, 12);
    expect(matrix[2]).toEqual([NaN_, NaN_, NaN_]);
  });
});

describe('readable steps', () => {
  it.each([
    [0.9, 1],
    [1, 1],
    [1.1, 2],
    [2.2, 2.5],
    [3, 5],
    [7, 10],
    [0.031, 0.05],
    [1234, 2000],
  ])('the one not below %d is %d', (step, nice) => expect(niceStep(step)).toBeCloseTo(nice, 12));

  it('have multiples without the dust of adding them up', () => {
    expect(multiplesOf(0.1, 0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(multiplesOf(5, -7, 11)).toEqual([-5, 0, 5, 10]);
    expect(multiplesOf(10, 1, 9)).toEqual([]);
  });
});

describe('a common slope', () => {
  it('is that of least squares, with its standard error', () => {
    // Sxx 10, Sxy 6, Syy 6: slope 0.6, rest 6 - 3.6 = 2.4 over 3 degrees of freedom, error sqrt(0.8 / 10)
    const { perX, standardError } = commonSlope([{ x: [1, 2, 3, 4, 5], y: [2, 4, 5, 4, 5] }]);
    expect(perX).toBeCloseTo(0.6, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(0.08), 12);
  });

  it('lets each group begin where it will', () => {
    const groups = [
      { x: [0, 1, NaN_], y: [100, 102, 3] },
      { x: [5, 7], y: [0, 4] },
    ];
    expect(commonSlope(groups).perX).toBeCloseTo(2, 12);
    expect(commonSlope(groups).standardError).toBeCloseTo(0, 12);
  });

  it('is unknown where x does not vary', () => {
    expect(commonSlope([{ x: [1, 1], y: [1, 2] }]).perX).toBeNaN();
    expect(commonSlope([]).perX).toBeNaN();
  });
});

describe('a thinned line', () => {
  it('keeps ends, peaks and gaps', () => {
    const x = Array.from({ length: 10_000 }, (_, i) => i);
    const y = x.map((i) => (i === 4321 ? 99 : i > 7000 && i < 7100 ? NaN_ : Math.cos(i / 900)));
    const thin = thinLine({ x, y }, 400);
    expect(thin.x.length).toBeLessThanOrEqual(500);
    expect(thin.x[0]).toBe(0);
    expect(thin.x.at(-1)).toBe(9999);
    expect(thin.y).toContain(99);
    expect(thin.y.some(Number.isNaN)).toBe(true);
    expect(thin.x).toEqual([...thin.x].sort((a, b) => a - b));
  });

  it('is the line itself where it is short', () => {
    expect(thinLine({ x: [1, 2], y: [3, NaN_] }, 10)).toEqual({ x: [1, 2], y: [3, NaN_] });
  });
});

describe('the simplex method', () => {
  it("finds the valley's end of Rosenbrock's function", () => {
    const { at } = nelderMead(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2, [-1.2, 1], { steps: [0.5, 0.5] });
    expect(at[0]).toBeCloseTo(1, 4);
    expect(at[1]).toBeCloseTo(1, 4);
  });

  it('stays where the function is a number', () => {
    const { at } = nelderMead(([x]) => (x! < 1 ? Number.NaN : x! * x!), [3], { steps: [0.5] });
    expect(at[0]).toBeCloseTo(1, 4);
  });
});
