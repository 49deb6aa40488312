import type { QualityLadder } from './quality-ladder';

/** Decides when frames are drawn: as fast as the quality rung allows while something moves, not at all otherwise. */
export class FramePace {
  /** s since the frame before, at most 0.1 */
  frameS = 0.016;
  hidden = true;
  /** another frame is already under way */
  busy = false;
  onRung: () => void = () => {};
  private lastMs = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private drawn = false;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly ladder: QualityLadder,
    private readonly invalidate: () => void,
  ) {}

  /** @returns false where nothing is to be drawn */
  begin(nowMs: number): boolean {
    const spentMs = nowMs - this.lastMs;
    this.lastMs = nowMs;
    this.frameS = Math.min(spentMs / 1000, 0.1);
    if (this.hidden) return false;
    if (this.busy && spentMs < 2000 && this.ladder.note(spentMs)) this.onRung();
    this.drawn = true;
    return true;
  }

  /** @param moving - another frame is needed; @param flying - the camera is on its way */
  end(moving: boolean, flying: boolean): void {
    clearTimeout(this.timer);
    this.busy = moving;
    if (!flying) for (const resolve of this.waiting.splice(0)) resolve();
    if (!moving) return;
    const { framesPerSecond } = this.ladder.rung;
    if (framesPerSecond >= 60) this.invalidate();
    else
      this.timer = setTimeout(
        this.invalidate,
        Math.max(0, 1000 / framesPerSecond - 16 - (performance.now() - this.lastMs)),
      );
  }

  /** Whether a frame was drawn since the last question. */
  drewFrame(): boolean {
    const drew = this.drawn;
    this.drawn = false;
    return drew;
  }

  /** Resolves with the next frame in which the camera rests. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.invalidate();
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.hidden = true;
  }
}
