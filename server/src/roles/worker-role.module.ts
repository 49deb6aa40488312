import { Module } from '@nestjs/common';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { NotificationsWorkerModule } from '../notifications/notifications.module.js';
import { TrainingWorkerModule } from '../prediction/training-worker.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';

/** What runs machining jobs. */
@Module({ imports: [SimulationModule, TrainingWorkerModule, LatheViewModule, NotificationsWorkerModule] })
export class WorkerRoleModule {}
