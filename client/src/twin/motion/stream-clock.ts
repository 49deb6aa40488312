/** Ticks older than this many periods are stale. */
const STALE_PERIODS = 3;
const DELAY_PERIODS = 1.5;
/** How fast the estimate gives way when the path to the server has become slower, ms per s. */
const GIVE_WAY = 5;
/** The producer's clock was set, or this page slept: start over. */
const JUMP_MS = 5000;

/**
 * The producer's time, told from when its ticks arrive: the quickest arrival seen lately counts as undelayed.
 * `shownMs` runs 1.5 tick periods behind, so that there are ticks on both sides of what is drawn.
 */
export class StreamClock {
  periodMs = 100;
  private offsetMs = Number.NEGATIVE_INFINITY;
  private lastPageMs = Number.NaN;

  /** Notes a tick first seen at `pageMs`; `spacingMs` is the time since the tick before it. */
  observe(pageMs: number, tickMs: number, spacingMs: number): void {
    const offset = tickMs - pageMs;
    if (offset > this.offsetMs || this.offsetMs - offset > JUMP_MS) this.offsetMs = offset;
    if (spacingMs > 15 && spacingMs < 1100) this.periodMs += 0.2 * (spacingMs - this.periodMs);
  }

  /** Moves on to the page's present; call once a frame. */
  advance(pageMs: number): void {
    const passedS = (pageMs - this.lastPageMs) / 1000;
    if (passedS > 0) this.offsetMs -= Math.min(passedS, 1) * GIVE_WAY;
    this.lastPageMs = pageMs;
  }

  /** Producer's time now; -Infinity before the first tick. */
  nowMs(pageMs: number): number {
    return pageMs + this.offsetMs;
  }

  /** Producer's time that the picture shows. */
  shownMs(pageMs: number): number {
    return this.nowMs(pageMs) - DELAY_PERIODS * this.periodMs;
  }

  /** Whether a lathe whose newest tick is `tickMs` has fallen silent. */
  isStale(pageMs: number, tickMs: number): boolean {
    return this.nowMs(pageMs) - tickMs > STALE_PERIODS * this.periodMs;
  }
}
