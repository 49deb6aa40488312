import { describe, expect, it } from '@jest/globals';
import { kc1FromHardness } from './custom-material.js';
import {
  breakageHazard,
  failureModes,
  failureProbability,
  healthOf,
  ruleFlags,
  toolFailureProbability,
} from './failure.js';
import { actualRa, theoreticalRa, theoreticalRz } from './finish.js';
import { wearForceFactor } from './forces.js';
import { availableTorqueNm, DEFAULT_MACHINE, frictionTorqueNm, radPerS } from './machine-limits.js';
import { MATERIALS } from './materials.js';
import { flankWearMm, lifeUsedAt, softeningDivisor, taylorLifeMin } from './tool-life.js';
import { stableChipWidthMm, unbalanceVibration, workStiffnessNPerM } from './vibration.js';

const within = (actual: number, expected: number, percent: number): void =>
  expect(Math.abs(actual / expected - 1)).toBeLessThanOrEqual(percent / 100);

describe('wear curve', () => {
  it('passes 0.165 mm at half life, 0.216 at 0.8 and 0.3 at the end', () => {
    within(flankWearMm(0.5), 0.165, 1);
    within(flankWearMm(0.8), 0.216, 1);
    within(flankWearMm(1), 0.3, 1);
    expect(flankWearMm(0)).toBe(0);
    within(wearForceFactor(flankWearMm(0.5)), 1.165, 1);
  });

  it('reaches breakage at about 1.29 lives', () => {
    within(lifeUsedAt(0.6), 1.29, 1);
  });

  it('is inverted by bisection', () => {
    for (const wear of [0.01, 0.08, 0.2, 0.3, 0.45, 0.6]) expect(flankWearMm(lifeUsedAt(wear))).toBeCloseTo(wear, 10);
    expect(lifeUsedAt(0)).toBe(0);
  });
});

describe('tool life', () => {
  it('follows Taylor within its clamps', () => {
    expect(taylorLifeMin(200, 200, 0.25, 1)).toBe(15);
    within(taylorLifeMin(200, 100, 0.25, 1), 15 * 16, 1e-9);
    expect(taylorLifeMin(200, 1, 0.25, 1)).toBe(10_000);
    expect(taylorLifeMin(200, 2000, 0.125, 1)).toBe(0.05);
    expect(taylorLifeMin(200, 0, 0.25, 1)).toBe(10_000);
  });

  it('softens above its temperature, at most to a fifth', () => {
    expect(softeningDivisor(1300, 1300)).toBe(1);
    within(softeningDivisor(1400, 1300), Math.E, 1e-9);
    expect(softeningDivisor(2000, 1300)).toBe(5);
  });
});

describe('failure probability', () => {
  it('is 0.807 over five minutes from half life of 6.631 min', () => {
    within(toolFailureProbability(0.5, 6.631, 5), 0.807, 1);
  });

  it('lets about 7 % of tools fracture before they are worn', () => {
    within(1 - Math.exp(-breakageHazard(0, 20, 20)), 0.066, 1);
  });

  it('joins its modes as independent', () => {
    const modes = failureModes(0.5, 20, false, 0.3, 0.5, 320);
    const survive = Object.values(modes).reduce((product, p) => product * (1 - p), 1);
    expect(failureProbability(0.5, 20, false, 0.3, 0.5, 320)).toBeCloseTo(1 - survive, 12);
    expect(failureProbability(0.5, 20, true, 0, 0, 300)).toBe(1);
  });

  it('is even at full torque and at the warning temperature', () => {
    expect(failureModes(0, 0, false, 0, 1, 300).overload).toBeCloseTo(0.5, 12);
    expect(failureModes(0, 0, false, 0, 0, 343).heat).toBeCloseTo(0.5, 12);
  });

  it('takes health from the weakest part', () => {
    expect(healthOf(0.2, 0, 300, 1, false)).toBeCloseTo(0.8, 12);
    expect(healthOf(0, 0, 343, 1, false)).toBeCloseTo(0.25, 12);
    expect(healthOf(0, 0, 300, 7, false)).toBeCloseTo(0.5, 12);
    expect(healthOf(2, 0, 300, 1, false)).toBe(0);
    expect(healthOf(0, 0, 300, 1, true)).toBe(0);
  });

  it('flags by the published rules', () => {
    const calm = {
      toolMinutes: 10,
      wearRuleMinutes: 210,
      processK: 310,
      airK: 300,
      rpm: 1500,
      torqueNm: 40,
      powerW: 6000,
      grade: 'L' as const,
      randomFailure: false,
    };
    expect(ruleFlags(calm).any).toBe(false);
    expect(ruleFlags({ ...calm, toolMinutes: 210 }).TWF).toBe(true);
    expect(ruleFlags({ ...calm, processK: 308.5, rpm: 1379 }).HDF).toBe(true);
    expect(ruleFlags({ ...calm, processK: 308.5, rpm: 1380 }).HDF).toBe(false);
    expect(ruleFlags({ ...calm, powerW: 3499 }).PWF).toBe(true);
    expect(ruleFlags({ ...calm, powerW: 9001 }).PWF).toBe(true);
    expect(ruleFlags({ ...calm, toolMinutes: 200, torqueNm: 55.1 }).OSF).toBe(true);
    expect(ruleFlags({ ...calm, toolMinutes: 200, torqueNm: 55.1, grade: 'M' }).OSF).toBe(false);
    expect(ruleFlags({ ...calm, randomFailure: true }).any).toBe(true);
  });
});

describe('vibration', () => {
  it('of unbalance grows with the cube of speed well below resonance', () => {
    within(unbalanceVibration(800, 358) / unbalanceVibration(400, 358), 8, 1);
  });

  it('is unstable above 2 k z (1 + z) / Kf', () => {
    // 2 · 6e7 · 0.04 · 1.04 / (0.35 · 2626.6e6) m
    within(stableChipWidthMm(2626.6, 6e7, 0.04), 5.43, 0.1);
    expect(workStiffnessNPerM(160, 40)).toBe(6e7);
    within(workStiffnessNPerM(320, 40), 6e7 / 8, 1e-9);
  });
});

describe('finish', () => {
  const calm = {
    cuttingSpeedMPerMin: 200,
    flankWearMm: 0,
    chatterAmplitudeMm: 0,
    coolantLoss: 0,
    bearingWear: 0,
    imbalance: 0,
    chipped: false,
  };

  it('has the theoretical values of the worked example', () => {
    within(theoreticalRa(0.25, 0.8), 2.441, 0.1);
    within(theoreticalRz(0.25, 0.8), 9.766, 0.1);
  });

  it('is rougher with wear, at low speed, in chatter and with a chipped edge', () => {
    expect(actualRa(2, calm)).toBeCloseTo(2.2, 12);
    expect(actualRa(2, { ...calm, flankWearMm: 0.3 })).toBeCloseTo(3.3, 12);
    expect(actualRa(2, { ...calm, cuttingSpeedMPerMin: 30 })).toBeCloseTo(2 * 1.55, 12);
    expect(actualRa(2, { ...calm, chatterAmplitudeMm: 0.02 })).toBeCloseTo(Math.hypot(2.2, 5), 12);
    expect(actualRa(2, { ...calm, chipped: true })).toBeCloseTo(6.6, 12);
  });
});

describe('machine', () => {
  it('gives flat torque to base speed, then flat power', () => {
    expect(availableTorqueNm(radPerS(700), DEFAULT_MACHINE)).toBe(203);
    within(availableTorqueNm(radPerS(1412), DEFAULT_MACHINE), 203 / 2, 0.1);
    within(frictionTorqueNm(1061, 0), 1.924, 0.1);
    expect(frictionTorqueNm(1000, 1)).toBeCloseTo(3 * 1.9, 12);
    expect(frictionTorqueNm(0, 1)).toBe(0);
  });

  it('guesses the specific force of steel from its hardness within the tables', () => {
    for (const name of ['Mild Steel', 'Alloy Steel 4140'] as const) {
      const material = MATERIALS.find((known) => known.name === name)!;
      within(kc1FromHardness(material.hardness, true), material.kc1, 15);
    }
  });
});
