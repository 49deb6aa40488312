import { describe, expect, it } from '@jest/globals';
import { drawnRate, radPerSecond, SpindleAngles, smear } from './spindle-angle';

const TURN = 2 * Math.PI;

describe('SpindleAngles', () => {
  it('integrates a ramp of speed exactly', () => {
    const spindles = new SpindleAngles(1);
    for (let frame = 1; frame <= 60; frame++) spindles.advance(0, 10 * frame, 1 / 60, 1 / 60);
    // from rest to 600 rpm in 1 s: half of 10 turns
    expect(spindles.angle[0]).toBeCloseTo(5 * TURN, 9);
  });

  it('keeps its precision after weeks at full speed', () => {
    const spindles = new SpindleAngles(1);
    spindles.advance(0, 4000, 0, 0.016);
    spindles.advance(0, 4000, 30 * 86_400, 0.016);
    const before = spindles.angle[0] as number;
    spindles.advance(0, 4000, 0.001, 0.016);
    expect((spindles.angle[0] as number) - before).toBeCloseTo(radPerSecond(4000) * 0.001, 6);
  });

  it('keeps the drawn angle within one turn', () => {
    const spindles = new SpindleAngles(1);
    for (let frame = 0; frame < 1000; frame++) {
      spindles.advance(0, 3000, 0.016, 0.016);
      expect(spindles.drawn[0]).toBeGreaterThanOrEqual(0);
      expect(spindles.drawn[0]).toBeLessThan(TURN);
    }
  });
});

describe('drawnRate', () => {
  it('tells the truth while the eye can follow', () => {
    expect(drawnRate(radPerSecond(60), 1 / 60)).toBeCloseTo(radPerSecond(60), 2);
  });

  it('never turns further than a third of the jaw pitch in a frame', () => {
    for (const rpm of [400, 1000, 4000]) {
      for (const frameS of [1 / 60, 1 / 10]) {
        expect(drawnRate(radPerSecond(rpm), frameS) * frameS).toBeLessThan(TURN / 9);
      }
    }
  });

  it('draws a faster spindle faster', () => {
    expect(drawnRate(radPerSecond(500), 1 / 60)).toBeGreaterThan(drawnRate(radPerSecond(300), 1 / 60));
  });
});

describe('smear', () => {
  it('leaves slow jaws sharp and blurs fast ones whole', () => {
    expect(smear(radPerSecond(100))).toBe(0);
    expect(smear(radPerSecond(3000))).toBe(1);
  });
});
