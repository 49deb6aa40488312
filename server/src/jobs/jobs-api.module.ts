import { Module } from '@nestjs/common';
import { LathesModule } from '../lathes/lathes.module.js';
import { PlanningModule } from '../machining/planning.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { JobControl } from './job-control.service.js';
import { JobFaultsController } from './job-faults.controller.js';
import { JobFaults } from './job-faults.service.js';
import { JobsController } from './jobs.controller.js';
import { JobsModule } from './jobs.module.js';
import { JobsService } from './jobs.service.js';
import { JobsReconciler } from './jobs-reconciler.js';

/** What people do with jobs: start, list, stop, disturb. */
@Module({
  imports: [JobsModule, LathesModule, MachineStateModule, PlanningModule],
  controllers: [JobsController, JobFaultsController],
  providers: [JobControl, JobFaults, JobsReconciler, JobsService],
  exports: [JobControl, JobFaults, JobsModule, JobsService],
})
export class JobsApiModule {}
