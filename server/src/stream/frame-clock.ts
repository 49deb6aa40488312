/**
 * Decides when frames are put together: as soon as every worker that is alive has delivered its tick of the period, so that
 * a tick leaves the gateway when it arrives, and by the clock where no worker ticks or one is late.
 */
export class FrameClock {
  private readonly seenMs = new Map<number, number>();
  private readonly reported = new Set<number>();
  private lastMs = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param emit - called about `hz` times a second with the time of the period */
  constructor(
    private readonly hz: number,
    private readonly emit: (nowMs: number) => void,
    private readonly now: () => number = Date.now,
  ) {}

  start(): void {
    this.lastMs = this.now();
    this.arm();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** A batch of `worker` has come in. */
  workerReported(worker: number): void {
    const nowMs = this.now();
    this.seenMs.set(worker, nowMs);
    this.reported.add(worker);
    for (const [id, seenMs] of this.seenMs) if (nowMs - seenMs > 2 * this.periodMs + 500) this.seenMs.delete(id);
    const everyoneIsIn = [...this.seenMs.keys()].every((id) => this.reported.has(id));
    if (everyoneIsIn && nowMs - this.lastMs >= 0.5 * this.periodMs) this.tick(nowMs);
  }

  private get periodMs(): number {
    return 1000 / this.hz;
  }

  private tick(nowMs: number): void {
    this.lastMs = nowMs;
    this.reported.clear();
    this.arm();
    this.emit(nowMs);
  }

  /** While workers tick, the clock only steps in half a period late. */
  private arm(): void {
    if (this.timer) clearTimeout(this.timer);
    const waitMs = this.periodMs * (this.seenMs.size > 0 ? 1.5 : 1);
    this.timer = setTimeout(() => this.late(), Math.max(0, this.lastMs + waitMs - this.now()));
  }

  private late(): void {
    const nowMs = this.now();
    for (const [id, seenMs] of this.seenMs) if (nowMs - seenMs > 2 * this.periodMs + 500) this.seenMs.delete(id);
    this.tick(nowMs);
  }
}
