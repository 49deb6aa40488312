import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { limitUnit } from './limit-units';

describe('the unit of a limit', () => {
  it.each([
    ['HIGH_TEMPERATURE', 'processTemperature', 368.15, 95, '°C'],
    ['POWER_LIMIT', 'power', 11_000, 11, 'kW'],
    ['FAILURE_RISK', 'failureProbability', 0.7, 70, '%'],
    ['ANOMALY', 'processTemperature', 0.15, 15, '%'],
    ['SENSOR_FAULT', 'processTemperature', 10, 10, 's'],
    ['JOB_OVERRUN', 'progress', 1.1, 110, '%'],
  ] as const)('%s of %s: %d reads %d %s', (type, channel, wire, shown, unit) => {
    expect(limitUnit(type, channel)).toMatchObject({ unit });
    expect(limitUnit(type, channel).shown(wire)).toBe(shown);
  });

  it('leaves a span of temperature as wide as it is', () => {
    expect(limitUnit('HIGH_TEMPERATURE', 'processTemperature').shownSpan(3)).toBe(3);
  });

  it('gives back what it was given', () => {
    const anyLimit = fc.constantFrom(...DEFAULT_THRESHOLDS);
    const value = fc.integer({ min: -100_000, max: 100_000 }).map((whole) => whole / 100);
    fc.assert(
      fc.property(anyLimit, value, ({ type, channel }, shown) => {
        const { wire, shown: back, wireSpan, shownSpan } = limitUnit(type, channel);
        expect(back(wire(shown))).toBeCloseTo(shown, 4);
        expect(shownSpan(wireSpan(shown))).toBeCloseTo(shown, 4);
      }),
    );
  });
});
