import { Module } from '@nestjs/common';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { NotificationsWorkerModule } from '../notifications/notifications.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';

/** What runs machining jobs. */
@Module({ imports: [SimulationModule, LatheViewModule, NotificationsWorkerModule] })
export class WorkerRoleModule {}
