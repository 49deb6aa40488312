import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Repeat } from '../common/repeat.js';
import { Lease } from '../realtime-bus/lease.js';
import { RollupService } from '../telemetry/rollup.service.js';

const PAUSE_MS = 10_000;
const LEASE_MS = 60_000;
const LEASE = 'rollups';

/** Has closed minutes summed up, by one recorder at a time. */
@Injectable()
export class RollupSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeps = new Repeat(RollupSweeper.name, PAUSE_MS, () => this.sweep());
  private isStopping = false;

  constructor(
    private readonly rollups: RollupService,
    private readonly lease: Lease,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.sweeps.stop();
    await this.lease.release(LEASE).catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    while (!this.isStopping && (await this.lease.hold(LEASE, LEASE_MS))) {
      if ((await this.rollups.rollUp(Date.now())) === 0) return;
    }
  }
}
