import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { isEngineFault } from '../common/problem.js';
import { AlarmJournal } from './alarm-journal.js';
import { AlarmShelves } from './alarm-shelves.js';
import { AlarmSuppression } from './alarm-suppression.js';

const PERIOD_MS = 1000;
/** A transition that is unpublished for longer belongs to a process that died or lost the bus. */
const LEFT_BEHIND_MS = 3000;

/** Ends shelves, keeps suppression in step with its causes and publishes what others have left behind. Several copies may do so: each step takes effect once. */
@Injectable()
export class AlarmTimer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AlarmTimer.name);
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isFailing = false;

  constructor(
    private readonly shelves: AlarmShelves,
    private readonly suppression: AlarmSuppression,
    private readonly journal: AlarmJournal,
  ) {}

  onApplicationBootstrap(): void {
    this.turn = this.work(0).finally(() => this.schedule());
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.turn;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.turn = this.work(LEFT_BEHIND_MS).finally(() => this.schedule());
    }, PERIOD_MS);
  }

  private async work(leftBehindMs: number): Promise<void> {
    const nowMs = Date.now();
    try {
      await this.shelves.expire(nowMs);
      await this.suppression.align(nowMs);
      await this.journal.catchUp(new Date(nowMs - leftBehindMs));
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing)
        this.logger.warn(isEngineFault(error) ? `waits for an engine: ${(error as Error).message}` : error);
      this.isFailing = true; // one line for an outage, not one for each second
    }
  }
}
