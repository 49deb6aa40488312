import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeat } from '../common/repeat.js';
import { Lease } from '../realtime-bus/lease.js';
import { JobDispatcher } from './job-dispatcher.js';

const EVERY_MS = 2000;
const LEASE = 'jobs-reconciler';

/** Lets one copy of the api put right every few seconds what crashes have left. */
@Injectable()
export class JobsReconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Repeat;

  constructor(
    private readonly dispatcher: JobDispatcher,
    private readonly lease: Lease,
  ) {
    this.rounds = new Repeat(JobsReconciler.name, EVERY_MS, async () => {
      if (await this.lease.hold(LEASE, 3 * EVERY_MS)) await this.dispatcher.reconcile();
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
