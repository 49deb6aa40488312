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
    this.timer = setTimeout(this.turn, msToNextTurn(this.now(), this.periodMs));
  }
}

/** Whole ms, 1 or more, until the next multiple of the period; timers of Node may fire a fraction early, never here. */
export function msToNextTurn(nowMs: number, periodMs: number): number {
  const next = (Math.floor(nowMs / periodMs) + 1) * periodMs;
  return Math.max(1, Math.ceil(next - nowMs));
}
