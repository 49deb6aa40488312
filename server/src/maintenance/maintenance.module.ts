import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { MaintenanceController } from './maintenance.controller.js';
import { MaintenanceService } from './maintenance.service.js';
import { MaintenanceCalendarModule } from './maintenance-calendar.module.js';
import { MaintenanceClock } from './maintenance-clock.js';

@Module({
  imports: [AlertsModule, JobsModule, LathesModule, MachineStateModule, MaintenanceCalendarModule, ToolsModule],
  controllers: [MaintenanceController],
  providers: [MaintenanceClock, MaintenanceService],
  exports: [MaintenanceService],
})
export class MaintenanceModule {}
