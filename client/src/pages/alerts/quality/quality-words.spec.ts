import { describe, expect, it } from '@jest/globals';
import { changeWords, noProposalWords, recordedWords, spanWords, targetWords, valueWords } from './quality-words';

describe('words of alarm quality', () => {
  it.each([
    [{ most: 1 }, 'alarms', 'target: at most 1'],
    [{ most: 0.01 }, 'share', 'target: at most 1 %'],
    [{ least: 0.8 }, 'share', 'target: at least 80 %'],
    [{ most: 0 }, 'alarms', 'target: none'],
  ] as const)('target %j', (target, unit, words) => {
    expect(targetWords({ target, unit })).toBe(words);
  });

  it('say nothing of a figure that is unknown', () => {
    expect([valueWords(null, 'share'), spanWords(null)]).toEqual(['–', '–']);
  });

  it.each([
    [0.042, 'under 0.1 s'],
    [9.94, '9.9 s'],
    [71.4, '1 min'],
  ])('%d s is %s', (seconds, words) => {
    expect(spanWords(seconds)).toBe(words);
  });

  it.each([
    [0, 'a few minutes'],
    [0.01, '14 min'],
    [2, '2 d'],
  ])('%d days of records are %s', (days, words) => {
    expect(recordedWords(days)).toBe(words);
  });

  it('name a change in the unit of the limit', () => {
    const hot = { type: 'HIGH_TEMPERATURE', channel: 'processTemperature' } as const;
    expect(changeWords({ deadband: 6 }, hot)).toBe('a deadband of 6 °C');
    expect(changeWords({ deadband: 800 }, { type: 'POWER_LIMIT', channel: 'power' })).toBe('a deadband of 0.8 kW');
    expect(changeWords({ offDelayS: 60 }, hot)).toBe('an off-delay of 60 s');
  });

  it('tell a limit that nothing helps from one that could not be tried', () => {
    const load = { latheId: 'lathe-1', alarms: 9, share: 1, chattering: 0, fleeting: 0 };
    const torque = { ...load, type: 'HIGH_TORQUE', channel: 'torque' } as const;
    expect(noProposalWords({ ...torque, sampleIntervalS: 5 })).toMatch(/No delay/);
    expect(noProposalWords({ ...torque, sampleIntervalS: null })).toMatch(/no stored readings/);
    expect(noProposalWords({ ...load, type: 'MANUAL', sampleIntervalS: null })).toMatch(/by hand/);
    expect(noProposalWords({ ...load, type: 'OFFLINE', sampleIntervalS: null })).toMatch(/No reading/);
  });
});
