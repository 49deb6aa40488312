import { describe, expect, it } from '@jest/globals';
import { isSampleTick } from '#domain/telemetry/sampling.js';
import { expectedSamples, SampleTally } from './sample-tally.js';

describe('the samples that a job should have', () => {
  it.each([
    ['ten minutes at 10 Hz, every 5 s', 600_000, 100, 5000, 120],
    ['one tick', 100, 100, 5000, 1],
    ['the tick after an interval', 5100, 100, 5000, 2],
    ['every tick of a slow beat', 10_000, 1000, 100, 10],
    ['an interval between two ticks: 0, 1.5, 3 and 4.5 s', 6000, 1000, 1500, 4],
  ])('%s', (_, durationMs, periodMs, intervalMs, count) => {
    expect(expectedSamples(durationMs, periodMs, intervalMs)).toBe(count);
  });

  it('are those that a run takes', () => {
    for (const [periodMs, intervalMs] of [
      [100, 5000],
      [20, 700],
      [50, 333],
      [1000, 2500],
      [200, 200],
    ] as const) {
      let taken = 0;
      for (let tick = 1; tick <= 2000; tick++) {
        if (isSampleTick(tick, periodMs, intervalMs)) taken++;
        expect(expectedSamples(tick * periodMs, periodMs, intervalMs)).toBe(taken);
      }
    }
  });
});

describe('a tally', () => {
  const bucket = (power: number | null) => ({
    t: [1000, 2000, 3000],
    job: ['a', 'a', 'b'],
    channels: { power: [0, Math.PI, power], torque: [0, 1, 10], rpm: [0, 30, 60] }, // 1 N·m at pi rad/s is pi W
  });

  it('counts by job and knows the time', () => {
    const tally = new SampleTally();
    tally.add(bucket(20 * Math.PI));
    expect(tally.of('a')).toEqual({ count: 2, firstMs: 1000, lastMs: 2000 });
    expect(tally.of('c').count).toBe(0);
    expect([...tally.jobIds]).toEqual(['a', 'b']);
    expect([tally.firstMs, tally.lastMs, tally.readings]).toEqual([1000, 3000, 3]);
    expect(tally.worstPowerError).toBeLessThan(1e-12);
  });

  it('finds a power that is not torque times speed', () => {
    const tally = new SampleTally();
    tally.add(bucket(10 * Math.PI)); // half of it
    expect(tally.worstPowerError).toBeCloseTo(1, 9);
  });

  it('takes no unknown reading for a good one', () => {
    const tally = new SampleTally();
    tally.add(bucket(null));
    expect(tally.worstPowerError).toBeNaN();
  });
});
