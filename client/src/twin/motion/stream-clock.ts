/** A lathe unheard of for this many periods is stale. */
const STALE_PERIODS = 3;
const DELAY_PERIODS = 1.5;
/** How fast the estimate gives way when the path to the server has become slower, ms per s. */
const GIVE_WAY = 5;
/** Ticks this far behind the estimate, with none near it for a while, mean that the producer's clock was set back. */
export const JUMP_MS = 5000;
const PATIENCE_MS = 2000;

/**
 * The producer's time, told from when its ticks arrive: the quickest arrival seen lately counts as undelayed.
 * `shownMs` runs 1.5 tick periods behind, so that there are ticks on both sides of what is drawn.
 */
export class StreamClock {
  periodMs = 100;
  private offsetMs = Number.NEGATIVE_INFINITY;
  private lastPageMs = Number.NaN;
  /** when a tick last agreed with the estimate */
  private agreedMs = Number.NEGATIVE_INFINITY;

  /** Notes a tick first seen at `pageMs`; `spacingMs` is the time since the tick before it. */
  observe(pageMs: number, tickMs: number, spacingMs: number): void {
    const offset = tickMs - pageMs;
    const setBack = this.offsetMs - offset > JUMP_MS;
    if (offset > this.offsetMs || (setBack && pageMs - this.agreedMs > PATIENCE_MS)) this.offsetMs = offset;
    if (this.offsetMs - offset <= JUMP_MS) this.agreedMs = pageMs;
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

  /** Whether a lathe that was last heard of `ageMs` ago has fallen silent. */
  isSilent(ageMs: number): boolean {
    return ageMs > STALE_PERIODS * this.periodMs;
  }
}
