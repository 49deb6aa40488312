const WIDTH = 40;

/** A bar that fills on a terminal; elsewhere a line at every tenth. */
export class ProgressBar {
  private readonly startedMs = Date.now();
  private told = -1;
  private ended = false;

  constructor(
    private readonly what: string,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  /** @param done - 0..1 */
  show(done: number): void {
    if (this.ended) return;
    const percent = Math.floor(100 * Math.min(1, done));
    if (percent <= this.told) return;
    if (this.out.isTTY) {
      const filled = Math.round((WIDTH * percent) / 100);
      const bar = '█'.repeat(filled).padEnd(WIDTH, '░');
      this.out.write(`\r${this.what} ${bar} ${`${percent}`.padStart(3)} %, ${this.seconds()} s`);
    } else if (Math.floor(percent / 10) > Math.floor(this.told / 10)) {
      this.out.write(`${this.what} ${percent} %, ${this.seconds()} s\n`);
    }
    this.told = percent;
  }

  end(): void {
    if (!this.ended && this.out.isTTY && this.told >= 0) this.out.write('\n');
    this.ended = true;
  }

  private seconds(): string {
    return ((Date.now() - this.startedMs) / 1000).toFixed(0);
  }
}
