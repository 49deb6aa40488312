import { describe, expect, it } from '@jest/globals';
import { nextGaussian } from './random.js';
import { flankWearMm } from './tool-life.js';
import { fitWearLaw, minutesTo, predictWear, type WearLaw, type WearRecord, wearError } from './wear-fit.js';
import { fitMeanCurve, fitStraightLine } from './wear-peers.js';

const LAW: WearLaw = { lifeMin: 4, referenceSpeedMPerMin: 120, taylorN: 0.25, scale: 1 };

/** A tool that wears by `law`, a row each second, with readings that scatter by `noiseMm`. */
function wornBy(law: WearLaw, { speed = 120, startMm = 0, minutes = 5, noiseMm = 0, seed = 1 } = {}): WearRecord {
  const rows = Math.round(minutes * 60) + 1;
  const random = Int32Array.of(seed);
  const record: WearRecord = {
    tool: `${speed}/${startMm}/${seed}`,
    minutes: Array.from({ length: rows }, (_, i) => i / 60),
    cuttingSpeedMPerMin: new Array<number>(rows).fill(speed),
    wearMm: [startMm],
  };
  const wearMm = predictWear(law, record).map((wear, i) =>
    i === 0 ? startMm : wear + noiseMm * nextGaussian(random, 0),
  );
  return { ...record, wearMm };
}

describe('wear by a law', () => {
  it('is that of the simulator: 0.165 mm at half the life, 0.3 mm at its end', () => {
    const wear = predictWear(LAW, wornBy(LAW));
    expect(wear[0]).toBeCloseTo(0, 9);
    expect(wear[120]).toBeCloseTo(0.165, 4);
    expect(wear[240]).toBeCloseTo(0.3, 9);
    expect(wear[60]).toBeCloseTo(flankWearMm(0.25), 9);
  });

  it('goes on from a worn edge and follows changes of speed', () => {
    const record = wornBy(LAW, { startMm: 0.165, minutes: 2 });
    expect(predictWear(LAW, record).at(-1)).toBeCloseTo(0.3, 4);
    // twice the speed: 2^(1/0.25) = 16 times the wear, so an eighth of a minute instead of two
    const fast = { ...record, minutes: [0, 2 / 16], cuttingSpeedMPerMin: [240, 240], wearMm: [0.165, 0] };
    expect(predictWear(LAW, fast)[1]).toBeCloseTo(0.3, 4);
  });
});

describe('a fit', () => {
  it('finds the life again at one speed, and leaves the exponent alone', () => {
    const law = fitWearLaw([wornBy(LAW), wornBy(LAW, { startMm: 0.04, minutes: 3 })], {
      taylorN: 0.2,
      fitExponent: true,
    });
    expect(law.lifeMin).toBeCloseTo(4, 4);
    expect(law).toMatchObject({ taylorN: 0.2, scale: 1 });
  });

  it('finds life and exponent again from tools at several speeds', () => {
    const records = [100, 120, 150].map((speed) => wornBy(LAW, { speed }));
    const law = fitWearLaw(records, { taylorN: 0.4, fitExponent: true });
    expect(law.taylorN).toBeCloseTo(0.25, 3);
    expect(law.lifeMin * (law.referenceSpeedMPerMin / 120) ** (1 / law.taylorN)).toBeCloseTo(4, 3);
  });

  it('finds life and height again', () => {
    const high: WearLaw = { ...LAW, lifeMin: 6, scale: 1.4 };
    const law = fitWearLaw([wornBy(high), wornBy(high, { startMm: 0.1, minutes: 6 })], {
      taylorN: 0.25,
      fitScale: true,
    });
    expect(law.lifeMin).toBeCloseTo(6, 3);
    expect(law.scale).toBeCloseTo(1.4, 3);
  });

  it('comes within a percent of the life through the scatter of readings', () => {
    const records = [1, 2, 3].map((seed) => wornBy(LAW, { noiseMm: 0.01, seed }));
    expect(Math.abs(fitWearLaw(records, { taylorN: 0.25 }).lifeMin / 4 - 1)).toBeLessThan(0.01);
  });

  it('needs readings', () => {
    expect(() => fitWearLaw([], { taylorN: 0.25 })).toThrow(RangeError);
  });
});

describe('the error of a prediction', () => {
  const record = { tool: 'a', minutes: [0, 1, 2], cuttingSpeedMPerMin: [1, 1, 1], wearMm: [0.1, 0.2, 0.4] };

  it('leaves out the first row, which was given', () => {
    expect(wearError(record, [9, 0.23, 0.36])).toMatchObject({ rows: 2 });
    expect(wearError(record, [9, 0.23, 0.36]).maeMm).toBeCloseTo(0.035, 12);
    expect(wearError(record, [9, 0.23, 0.36]).rmseMm).toBeCloseTo(Math.sqrt((0.03 ** 2 + 0.04 ** 2) / 2), 12);
  });

  it('can end at a wear, and is unknown without rows', () => {
    expect(wearError(record, [9, 0.23, 9], 0.3).maeMm).toBeCloseTo(0.03, 12);
    expect(wearError(record, [9, 9, 9], 0.1).maeMm).toBeNaN();
  });

  it('is told beside the time to a wear', () => {
    expect(minutesTo(0.3, record.minutes, record.wearMm)).toBeCloseTo(1.5, 12);
    expect(minutesTo(0.05, record.minutes, record.wearMm)).toBe(0);
    expect(minutesTo(0.5, record.minutes, record.wearMm)).toBeUndefined();
  });
});

describe('peers', () => {
  const steady = (rate: number, minutes: number, startMm = 0): WearRecord => {
    const at = Array.from({ length: minutes * 60 + 1 }, (_, i) => i / 60);
    return {
      tool: String(rate),
      minutes: at,
      cuttingSpeedMPerMin: at.map(() => 120),
      wearMm: at.map((minute) => startMm + rate * minute),
    };
  };

  it('a straight line has the rate of least squares, every tool the same', () => {
    const predict = fitStraightLine([steady(0.1, 2), steady(0.2, 2)]);
    expect(predict(steady(0, 4, 0.05)).at(-1)).toBeCloseTo(0.05 + 0.15 * 4, 9);
  });

  it('the mean curve is the mean of the tools that still cut, and goes on at its last rate', () => {
    const predict = fitMeanCurve([steady(0.1, 2), steady(0.2, 4)]);
    const wear = predict(steady(0, 6));
    expect(wear[60]).toBeCloseTo(0.15, 9);
    expect(wear[120]).toBeCloseTo(0.3, 9);
    expect(wear[240]).toBeCloseTo(0.7, 9);
    expect(wear[360]).toBeCloseTo(1.1, 9);
  });

  it('the mean curve is entered where it has the first reading', () => {
    const predict = fitMeanCurve([wornBy(LAW)]);
    const worn = wornBy(LAW, { startMm: 0.165, minutes: 2 });
    expect(predict(worn).at(-1)).toBeCloseTo(0.3, 3);
    expect(wearError(worn, predict(worn)).maeMm).toBeLessThan(0.002);
  });
});
