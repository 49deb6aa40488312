import { Module } from '@nestjs/common';
import { BlackBoxWorkerModule } from '../black-box/black-box.module.js';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { NotificationsWorkerModule } from '../notifications/notifications.module.js';
import { TrainingWorkerModule } from '../prediction/training-worker.module.js';
import { SimulationModule } from '../simulation/simulation.module.js';

/** What runs machining jobs. */
@Module({
  imports: [SimulationModule, BlackBoxWorkerModule, TrainingWorkerModule, LatheViewModule, NotificationsWorkerModule],
})
export class WorkerRoleModule {}
