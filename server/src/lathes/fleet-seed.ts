import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DEFAULT_MACHINE } from '#domain/machining/machine-limits.js';
import { AppConfig } from '../config/config.js';
import { floorLayout } from './floor-layout.js';
import { type Lathe, LathesRepository } from './lathes.repository.js';

/** Fills an empty plant with lathes. A plant that has some is left as it is, whatever FLEET_SIZE says later. */
@Injectable()
export class FleetSeed implements OnModuleInit {
  private readonly log = new Logger(FleetSeed.name);

  constructor(
    private readonly lathes: LathesRepository,
    private readonly config: AppConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const [first, ...others] = newFleet(this.config.fleetSize, new Date());
    if (!first || (await this.lathes.find(first.id))) return;
    await this.lathes.addMissing(others);
    await this.lathes.addMissing([first]); // last: its presence says that the fleet is whole
    this.log.log(`Set up ${this.config.fleetSize} lathes.`);
  }
}

export function newFleet(size: number, at: Date): Lathe[] {
  return floorLayout(size).map((position, index) => ({
    id: `lathe-${index + 1}`,
    index,
    name: `Lathe ${String(index + 1).padStart(2, '0')}`,
    model: 'BA-15 slant-bed, 8 inch chuck',
    position,
    limits: {
      maxSpindleSpeed: DEFAULT_MACHINE.maxSpindleSpeedRpm,
      maxPower: DEFAULT_MACHINE.peakPowerW,
      maxTorque: DEFAULT_MACHINE.peakTorqueNm,
    },
    locked: false,
    updatedAt: at,
  }));
}
