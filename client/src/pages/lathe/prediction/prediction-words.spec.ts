import { describe, expect, it } from '@jest/globals';
import type { PredictionDto } from '#domain/contract/prediction.js';
import { byStrength, fearedPart, pointsWords, readingWords, riskLevel, riskWords } from './prediction-words';

const at = (failureProbability: number, threshold: number | null) =>
  riskLevel({ failureProbability, threshold } as PredictionDto);

describe('words of a prediction', () => {
  it.each([
    [0.02, 0.3, 'low'],
    [0.2, 0.3, 'raised'],
    [0.3, 0.3, 'high'],
    [0.4, null, 'raised'],
    [0.5, null, 'high'],
  ])('call a risk of %d at threshold %p %s', (risk, threshold, level) => {
    expect(at(risk as number, threshold as number | null)).toBe(level);
  });

  it('mark the part that is likely to fail, unless there is little to fear or the prediction is not trusted', () => {
    const prediction = { failureProbability: 0.4, threshold: 0.3, likelyMode: 'wearOut', inDistribution: true };
    const marked = (change: Partial<PredictionDto>) => fearedPart({ ...prediction, ...change } as PredictionDto);
    expect(marked({})).toEqual({ part: 'tool', band: 'critical' });
    expect(marked({ failureProbability: 0.1, likelyMode: 'driveTrip' })).toEqual({ part: 'spindle', band: 'watch' });
    expect(marked({ failureProbability: 0.01 })).toBeNull();
    expect(marked({ inDistribution: false })).toBeNull();
    expect(marked({ likelyMode: 'random' })).toBeNull();
    expect(marked({ likelyMode: null })).toBeNull();
  });

  it.each([
    [0.00004, 'below 0.1 %'],
    [0.0234, '2.3 %'],
    [0.47, '47 %'],
    [0.9999, 'above 99 %'],
  ])('tell %d as %s', (risk, words) => {
    expect(riskWords(risk)).toBe(words);
  });

  it.each([
    [0.123, '+12'],
    [-0.0456, '−4.6'],
    [0.0001, '0'],
  ])('tell a contribution of %d as %s', (contribution, words) => {
    expect(pointsWords(contribution)).toBe(words);
  });

  it('give readings their unit, shares in percent', () => {
    const reason = { feature: 'wear', label: 'tool wear', contribution: 0, reading: 'tool life used' };
    expect(readingWords({ ...reason, value: 0.834, unit: '1' })).toBe('tool life used: 83 %');
    expect(readingWords({ ...reason, value: 12.34, unit: 'K' })).toBe('tool life used: 12.3 K');
    expect(readingWords({ ...reason, value: null, unit: 'K' })).toBe('tool life used: unknown');
  });

  it('order reasons by strength whichever way they push', () => {
    const reason = (feature: string, contribution: number) => ({
      ...{ feature, contribution, label: '', reading: '', value: null, unit: '' },
    });
    const sorted = byStrength([reason('a', 0.1), reason('b', -0.4), reason('c', 0.2)]);
    expect(sorted.map(({ feature }) => feature)).toEqual(['b', 'c', 'a']);
  });
});
