/** Wall time that never jumps back by a little and follows a clock that was set anew, epoch ms. */
export class WallClock {
  private anchorMs = Date.now() - performance.now();

  now(): number {
    const steady = this.anchorMs + performance.now();
    const wall = Date.now();
    if (Math.abs(wall - steady) <= MAX_DEVIATION_MS) return steady;
    this.anchorMs += wall - steady; // the machine slept or its clock was set
    return wall;
  }
}

const MAX_DEVIATION_MS = 1000;

/**
 * One timer for all lathes of a process. Turns come at multiples of the period in wall time, computed anew each time,
 * so that lateness never adds up and all processes of a plant tick in the same phase.
 */
export class TimerWheel {
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  /**
   * @param periodMs - whole ms
   * @param now - clock, epoch ms
   * @param onTurn - called with the time; it must not throw
   */
  constructor(
    private readonly periodMs: number,
    private readonly now: () => number,
    private readonly onTurn: (nowMs: number) => void,
  ) {}

  start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.schedule();
  }

  stop(): void {
    this.isRunning = false;
    clearTimeout(this.timer);
  }

  /** Calls the next turn as soon as possible, for work that cannot wait a period. */
  hurry(): void {
    if (!this.isRunning) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.turn, 0);
  }

  private readonly turn = (): void => {
    this.onTurn(this.now());
    if (this.isRunning) this.schedule();
  };

  private schedule(): void {
    const nowMs = this.now();
    this.await((Math.floor(nowMs / this.periodMs) + 1) * this.periodMs, nowMs);
  }

  /** Node counts a timeout from the begin of its loop's round, so that it may come early by what the round has taken. */
  private await(dueMs: number, nowMs: number): void {
    this.timer = setTimeout(
      () => {
        const laterMs = this.now();
        if (laterMs < dueMs && dueMs - laterMs <= this.periodMs) this.await(dueMs, laterMs);
        else this.turn();
      },
      Math.max(1, Math.ceil(dueMs - nowMs)),
    );
  }
}
