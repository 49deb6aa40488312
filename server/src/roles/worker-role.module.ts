import { Module } from '@nestjs/common';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';

/** What runs machining jobs. */
@Module({ imports: [SimulationModule, LatheViewModule] })
export class WorkerRoleModule {}
