import type { Timers } from '../throttle';

/** Timers that go off when the spec lets time pass. */
export class HandTimers implements Timers {
  nowMs = 0;
  private readonly waiting = new Map<number, { run: () => void; atMs: number }>();
  private count = 0;

  set = (run: () => void, delayMs: number): unknown => {
    this.waiting.set(++this.count, { run, atMs: this.nowMs + delayMs });
    return this.count;
  };

  clear = (timer: unknown): void => {
    this.waiting.delete(timer as number);
  };

  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = [...this.waiting]
        .filter(([, { atMs }]) => atMs <= untilMs)
        .sort(([, a], [, b]) => a.atMs - b.atMs);
      if (!next) break;
      this.waiting.delete(next[0]);
      this.nowMs = next[1].atMs;
      next[1].run();
    }
    this.nowMs = untilMs;
  }
}
