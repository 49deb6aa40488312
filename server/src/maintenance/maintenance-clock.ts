import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeat } from '../common/repeat.js';
import { MaintenanceService } from './maintenance.service.js';

const EVERY_MS = 1000;

/** Lets planned maintenance begin and end by itself. */
@Injectable()
export class MaintenanceClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Repeat;

  constructor(private readonly maintenance: MaintenanceService) {
    this.rounds = new Repeat(MaintenanceClock.name, EVERY_MS, () => this.maintenance.advance(new Date()));
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
