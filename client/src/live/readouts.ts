import { pageNowMs } from './clock';
import { liveTicks, type TickBuffer } from './tick-buffer';

/** Writes one live figure into the document; ages are to be judged at `nowMs`. */
export type Readout = (ticks: TickBuffer, nowMs: number) => void;

const BEAT_MS = 500;

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
    if (this.timer === undefined) {
      this.beatenAtMs = this.now();
      this.timer = setInterval(() => this.beat(), BEAT_MS);
    }
    readout(this.ticks, this.beatenAtMs);
    return () => {
      this.all.delete(readout);
      if (this.all.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  /**
   * Refreshes everything. Ages are judged at the time of the beat before: after a busy spell of the page, frames still wait
   * behind this very beat, and every value would look stale for a moment.
   */
  beat(): void {
    const judgedAtMs = this.beatenAtMs;
    this.beatenAtMs = this.now();
    for (const readout of this.all) readout(this.ticks, judgedAtMs);
  }
}

export const readouts = new Readouts(liveTicks, pageNowMs);
