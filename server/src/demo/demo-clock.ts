import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeat } from '../common/repeat.js';
import { AppConfig } from '../config/config.js';
import { Lease } from '../realtime-bus/lease.js';
import { DemoDriver } from './demo-driver.js';
import { DemoUsers } from './demo-users.js';

const EVERY_MS = 2000;
const LEASE = 'demo';

/** Runs the demo in one copy of the api, as long as its accounts are there. */
@Injectable()
export class DemoClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Repeat;

  constructor(
    private readonly driver: DemoDriver,
    private readonly users: DemoUsers,
    private readonly lease: Lease,
    private readonly config: AppConfig,
  ) {
    this.rounds = new Repeat(DemoClock.name, EVERY_MS, async () => {
      if (!(await this.lease.hold(LEASE, 3 * EVERY_MS))) return;
      if ((await this.users.list()).length > 0) await this.driver.round(new Date());
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.demo) this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
