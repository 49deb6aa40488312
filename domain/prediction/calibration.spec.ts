import { describe, expect, it } from '@jest/globals';
import { bootstrap } from './bootstrap.js';
import { applyLogistic, fitLogistic, logOdds, sigmoid } from './logistic.js';
import { expectedCalibrationError } from './metrics.js';
import { randomSource } from './random-source.js';
import { boundsAt, vennAbersBounds } from './venn-abers.js';

/** Scores and outcomes that come with probability sigmoid(intercept + slope * score). */
function drawn(rows: number, intercept: number, slope: number) {
  const random = randomSource(7, 'scores');
  const scores = Array.from({ length: rows }, () => 6 * random() - 3);
  const labels = scores.map((score) => (random() < sigmoid(intercept + slope * score) ? 1 : 0));
  return { scores, labels };
}

describe("Platt's calibration", () => {
  it('finds the curve that outcomes were drawn from', () => {
    const { scores, labels } = drawn(20_000, -1, 1.5);
    const model = fitLogistic(
      scores.map((score) => [score]),
      labels,
    );
    expect(model.intercept).toBeCloseTo(-1, 1);
    expect(model.slopes[0]).toBeCloseTo(1.5, 1);
  });

  it('makes overconfident scores honest', () => {
    const { scores, labels } = drawn(20_000, 0, 1);
    const overconfident = scores.map((score) => sigmoid(4 * score));
    const model = fitLogistic(
      overconfident.map((p) => [logOdds(p)]),
      labels,
    );
    const calibrated = overconfident.map((p) => applyLogistic(model, [logOdds(p)]));
    expect(expectedCalibrationError(overconfident, labels)).toBeGreaterThan(0.1);
    expect(expectedCalibrationError(calibrated, labels)).toBeLessThan(0.02);
  });

  it('stays finite where scores part the classes perfectly', () => {
    const model = fitLogistic([[-2], [-1], [1], [2]], [0, 0, 1, 1]);
    expect(applyLogistic(model, [2])).toBeLessThan(0.99);
    expect(applyLogistic(model, [2])).toBeGreaterThan(0.6);
  });
});

describe('Venn-Abers bounds', () => {
  it('are narrow where many rows were seen, wide where few were, and hold the probability', () => {
    const { scores, labels } = drawn(4_000, -3, 1);
    const probabilities = scores.map((score) => sigmoid(-3 + score));
    const bounds = vennAbersBounds(probabilities, labels);
    const width = (p: number) => {
      const [low, high] = boundsAt(bounds, p);
      expect(low).toBeLessThanOrEqual(p);
      expect(high).toBeGreaterThanOrEqual(p);
      return high - low;
    };
    expect(width(0.05)).toBeLessThan(0.05);
    const few = vennAbersBounds(probabilities.slice(0, 40), labels.slice(0, 40));
    const [low, high] = boundsAt(few, 0.05);
    expect(high - low).toBeGreaterThan(width(0.05));
  });

  it('of four rows are those worked by hand', () => {
    // a new row between 0.4 and 0.6: as a negative it joins (0.6: 1)? no, it lies below the positives
    const bounds = vennAbersBounds([0.2, 0.4, 0.6, 0.8], [0, 0, 1, 1]);
    const [low, high] = boundsAt(bounds, 0.5);
    expect(low).toBe(0);
    expect(high).toBe(1);
    const [lowest] = boundsAt(bounds, 0.8);
    expect(lowest).toBeCloseTo(2 / 3, 12); // counted as a negative it pools with the positives at 0.6 and 0.8
  });
});

describe('bootstrap intervals', () => {
  it('hold the figure of the sample and narrow with its size', () => {
    const widthOf = (rows: number) => {
      const random = randomSource(3, 'values');
      const values = Array.from({ length: rows }, () => random());
      const mean = (index: Uint32Array) => index.reduce((sum, row) => sum + values[row]!, 0) / index.length;
      const { value, low, high } = bootstrap(rows, mean, randomSource(1, 'draws'));
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
      return high - low;
    };
    expect(widthOf(100)).toBeGreaterThan(2 * widthOf(1600));
  });

  it('draw rows of one group together', () => {
    const groups = ['a', 'a', 'a', 'b', 'b', 'b'];
    bootstrap(
      6,
      (rows) => {
        const inA = rows.filter((row) => row < 3).length;
        expect(inA % 3).toBe(0);
        return 0;
      },
      randomSource(1, 'draws'),
      groups,
      20,
    );
  });
});
