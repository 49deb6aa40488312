import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { MaintenanceCalendarModule } from '../maintenance/maintenance-calendar.module.js';
import { ActiveAlerts } from './active-alerts.js';
import { LatheFeed } from './lathe-feed.js';
import { LatheViewService } from './lathe-view.service.js';
import { LathesModule } from './lathes.module.js';

/** What the outside sees of the lathes. Every role that touches a lathe needs it, for it publishes the changes. */
@Module({
  imports: [JobsModule, LathesModule, MaintenanceCalendarModule],
  providers: [ActiveAlerts, LatheFeed, LatheViewService],
  exports: [LatheFeed, LatheViewService],
})
export class LatheViewModule {}
