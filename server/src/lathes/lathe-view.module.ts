import { Module } from '@nestjs/common';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { MaintenanceCalendarModule } from '../maintenance/maintenance-calendar.module.js';
import { LatheFeed } from './lathe-feed.js';
import { LatheViewService } from './lathe-view.service.js';
import { LathesModule } from './lathes.module.js';

/** What the outside sees of the lathes. Every role that touches a lathe needs it, for it publishes the changes. */
@Module({
  imports: [AlarmStoreModule, JobsModule, LathesModule, MaintenanceCalendarModule],
  providers: [LatheFeed, LatheViewService],
  exports: [LatheFeed, LatheViewService],
})
export class LatheViewModule {}
