import { pageNowMs } from './clock';
import { liveTicks, type TickBuffer } from './tick-buffer';

/** Writes one live figure into the document. */
export type Readout = (ticks: TickBuffer, nowMs: number) => void;

const BEAT_MS = 500;
const LATE_GRACE_MS = 100;

/**
 * Refreshes every live figure of the page in one loop, twice a second: as fast as digits can be read. They write into
 * the document directly, so the fleet's ticks cost no React render.
 */
export class Readouts {
  private readonly all = new Set<Readout>();
  private beatenAtMs = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly ticks: TickBuffer,
    private readonly now: () => number,
  ) {}

  /** Writes at once, then on every beat until the returned function is called. */
  add(readout: Readout): () => void {
    this.all.add(readout);
    readout(this.ticks, this.now());
    if (this.timer === undefined) {
      this.beatenAtMs = this.now();
      this.timer = setInterval(() => this.beat(), BEAT_MS);
    }
    return () => {
      this.all.delete(readout);
      if (this.all.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  /**
   * A beat that comes late, because the page was busy, waits once more: frames that arrived meanwhile are still queued behind
   * it, and every value would look stale for a moment.
   */
  beat(): void {
    const now = this.now();
    const late = now - this.beatenAtMs > 2 * BEAT_MS;
    this.beatenAtMs = now;
    if (late) setTimeout(() => this.refresh(), LATE_GRACE_MS);
    else this.refresh();
  }

  private refresh(): void {
    const now = this.now();
    for (const readout of this.all) readout(this.ticks, now);
  }
}

export const readouts = new Readouts(liveTicks, pageNowMs);
