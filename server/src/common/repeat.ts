import { Logger } from '@nestjs/common';

/** Work done again and again, each run `pauseMs` after the end of the one before; a failed run is logged, never the last. */
export class Repeat {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private failing = false;
  private readonly log: Logger;

  /** @param name - of the work, for the log */
  constructor(
    name: string,
    private readonly pauseMs: number,
    private readonly work: () => Promise<void>,
  ) {
    this.log = new Logger(name);
  }

  start(): void {
    this.schedule();
  }

  /** No run starts after this, and the present one has ended when it resolves. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.run().finally(() => this.schedule());
    }, this.pauseMs);
    this.timer.unref();
  }

  private async run(): Promise<void> {
    try {
      await this.work();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.log.error(error instanceof Error ? (error.stack ?? error.message) : error);
      this.failing = true; // one line for an outage, not one for each run
    }
  }
}
