import { describe, expect, it } from '@jest/globals';
import { StreamClock } from './stream-clock';

/** Ticks every 100 ms of a producer whose clock is a million ms ahead; each arrives `delay(i)` ms late. */
function run(ticks: number, delay: (i: number) => number): { clock: StreamClock; pageMs: number; tickMs: number } {
  const clock = new StreamClock();
  let pageMs = 0;
  let tickMs = 0;
  for (let i = 0; i < ticks; i++) {
    pageMs = 100 * i + delay(i);
    tickMs = 1_000_000 + 100 * i;
    clock.advance(pageMs);
    clock.observe(pageMs, tickMs, 100);
  }
  return { clock, pageMs, tickMs };
}

describe('StreamClock', () => {
  it('shows one and a half periods before the newest undelayed tick', () => {
    const { clock, pageMs, tickMs } = run(20, () => 0);
    expect(clock.shownMs(pageMs)).toBeCloseTo(tickMs - 150, 0);
  });

  it('goes by the quickest arrivals, not by the delayed ones', () => {
    const { clock } = run(40, (i) => (i % 4 === 0 ? 5 : 60));
    expect(clock.nowMs(4000)).toBeGreaterThan(1_004_000 - 10);
  });

  it('calls a lathe stale after three periods of silence', () => {
    const { clock } = run(20, () => 0);
    expect(clock.isSilent(250)).toBe(false);
    expect(clock.isSilent(350)).toBe(true);
  });

  it('learns the period of the subscription', () => {
    const clock = new StreamClock();
    for (let i = 0; i < 30; i++) clock.observe(i * 1000, i * 1000, 1000);
    expect(clock.periodMs).toBeCloseTo(1000, -1);
  });

  it('starts over when the producer was set back', () => {
    const { clock, pageMs } = run(20, () => 0);
    clock.observe(pageMs + 3000, 500_000, 100);
    expect(clock.nowMs(pageMs + 3000)).toBe(500_000);
  });

  it('is not misled by the old tick of a resting lathe', () => {
    const { clock, pageMs, tickMs } = run(20, () => 0);
    clock.observe(pageMs, 500_000, 100);
    expect(clock.nowMs(pageMs)).toBeCloseTo(tickMs, 0);
  });
});
