import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeat } from '../common/repeat.js';
import { Lease } from '../realtime-bus/lease.js';
import { LatheFeed } from './lathe-feed.js';
import { LatheViewService } from './lathe-view.service.js';

const EVERY_MS = 1000;
const LEASE = 'lathe-watch';

/** Sees what nobody touches: a health band that is left, a lathe that falls silent, an event that a crash has swallowed. */
@Injectable()
export class LatheWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Repeat;

  constructor(
    private readonly view: LatheViewService,
    private readonly feed: LatheFeed,
    private readonly lease: Lease,
  ) {
    this.rounds = new Repeat(LatheWatch.name, EVERY_MS, async () => {
      if (await this.lease.hold(LEASE, 3 * EVERY_MS)) await this.feed.publishChanged(await this.view.list());
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
