import { Module } from '@nestjs/common';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { UsersModule } from '../auth/auth.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { JobsApiModule } from '../jobs/jobs-api.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { MaintenanceModule } from '../maintenance/maintenance.module.js';
import { MaintenanceCalendarModule } from '../maintenance/maintenance-calendar.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { DemoController } from './demo.controller.js';
import { DemoClock } from './demo-clock.js';
import { DemoDriver } from './demo-driver.js';
import { DemoUsers } from './demo-users.js';

@Module({
  imports: [
    AlarmStoreModule,
    JobsApiModule,
    JobsModule,
    LathesModule,
    MachineStateModule,
    MaintenanceCalendarModule,
    MaintenanceModule,
    UsersModule,
  ],
  controllers: [DemoController],
  providers: [DemoClock, DemoDriver, DemoUsers],
})
export class DemoModule {}
