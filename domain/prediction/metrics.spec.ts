import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bestThreshold,
  brierScore,
  confusionAt,
  coverage,
  cutsOf,
  expectedCalibrationError,
  meanAbsoluteError,
  prAuc,
  recallAtPrecision,
  reliabilityBins,
  rocAuc,
} from './metrics.js';

// ranking by score: + - + + - -
const SCORES = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
const LABELS = [1, 0, 1, 1, 0, 0];

const scored = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }) }), {
  minLength: 2,
  maxLength: 40,
});

describe('figures of a ranking', () => {
  it('average precision is the sum of precision times gained recall', () => {
    expect(prAuc(SCORES, LABELS)).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
    expect(prAuc([1, 0], [0, 0])).toBeNaN();
  });

  it('ROC-AUC is the share of pairs in the right order, ties counting half', () => {
    expect(rocAuc(SCORES, LABELS)).toBeCloseTo(7 / 9, 12);
    expect(rocAuc([1, 1], [1, 0])).toBe(0.5);
    expect(rocAuc([1, 1], [1, 1])).toBeNaN();
    fc.assert(
      fc.property(scored, (rows) => {
        const pairs = rows.flatMap((a) =>
          rows.filter((b) => a.label > b.label).map((b) => [a.score, b.score] as const),
        );
        const right = pairs.reduce((sum, [a, b]) => sum + (a > b ? 1 : a === b ? 0.5 : 0), 0);
        const area = rocAuc(
          rows.map(({ score }) => score),
          rows.map(({ label }) => label),
        );
        if (pairs.length === 0) expect(area).toBeNaN();
        else expect(area).toBeCloseTo(right / pairs.length, 12);
      }),
    );
  });

  it('equal scores are never cut apart', () => {
    expect(cutsOf([0.5, 0.7, 0.5], [1, 1, 0])).toEqual([
      { score: 0.7, truePositives: 1, falsePositives: 0 },
      { score: 0.5, truePositives: 2, falsePositives: 1 },
    ]);
  });

  it('recall at a precision takes the best of the cuts that are precise enough', () => {
    expect(recallAtPrecision(SCORES, LABELS, 0.75)).toBe(1);
    expect(recallAtPrecision(SCORES, LABELS, 0.9)).toBeCloseTo(1 / 3, 12);
    expect(recallAtPrecision([1, 0], [0, 1], 0.9)).toBe(0);
  });
});

describe('figures of a call', () => {
  it('count right and wrong calls at a threshold, which is part of the call', () => {
    expect(confusionAt(SCORES, LABELS, 0.7)).toEqual({
      truePositives: 2,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 2,
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 2 / 3,
    });
  });

  it('the best threshold lies between the two classes where they can be told apart', () => {
    const threshold = bestThreshold([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
    expect(threshold).toBeCloseTo(0.5, 12);
    expect(confusionAt([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], threshold).f1).toBe(1);
    expect(bestThreshold([0.3, 0.4], [0, 0])).toBe(1);
  });
});

describe('figures of a probability', () => {
  it('Brier score is the mean squared distance', () => {
    expect(brierScore([0.8, 0.1], [1, 0])).toBeCloseTo((0.04 + 0.01) / 2, 12);
  });

  it('calibration error is the gap of what was said and what came, weighted by rows', () => {
    // 0.25 said four times, one came: no gap; 0.9 said twice, one came: gap 0.4
    const said = [0.25, 0.25, 0.25, 0.25, 0.9, 0.9];
    const came = [1, 0, 0, 0, 1, 0];
    expect(expectedCalibrationError(said, came)).toBeCloseTo((2 / 6) * 0.4, 12);
    const bins = reliabilityBins(said, came);
    expect(bins[2]).toEqual({ from: 0.2, to: 0.3, count: 4, meanProbability: 0.25, observedShare: 0.25 });
    expect(bins[0]!.count).toBe(0);
    expect(reliabilityBins([1], [1])[9]!.count).toBe(1);
  });
});

describe('figures of an estimate', () => {
  it('mean absolute error and coverage', () => {
    expect(meanAbsoluteError([1, 5], [2, 2])).toBe(2);
    expect(coverage([0, 0, 0], [1, 1, 1], [0, 1, 2])).toBeCloseTo(2 / 3, 12);
  });
});
