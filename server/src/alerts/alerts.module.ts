import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { BlackBoxQueueModule } from '../black-box/black-box.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { MaintenanceCalendarModule } from '../maintenance/maintenance-calendar.module.js';
import { AlarmJournal } from './alarm-journal.js';
import { AlarmShelves } from './alarm-shelves.js';
import { AlarmStoreModule } from './alarm-store.module.js';
import { AlarmSuppression } from './alarm-suppression.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertsService } from './alerts.service.js';
import { LatheInterlock } from './lathe-interlock.js';
import { ThresholdsDocument, ThresholdsMongoSchema } from './thresholds.schema.js';
import { ThresholdsService } from './thresholds.service.js';

/** What rules and people do to alarms, for every role that raises or handles them. */
@Module({
  imports: [
    AlarmStoreModule,
    BlackBoxQueueModule,
    JobsModule,
    LathesModule,
    MaintenanceCalendarModule,
    MongooseModule.forFeature([{ name: ThresholdsDocument.name, schema: ThresholdsMongoSchema }]),
  ],
  providers: [
    AlarmJournal,
    AlarmShelves,
    AlarmSuppression,
    AlertActs,
    AlertsService,
    LatheInterlock,
    ThresholdsService,
  ],
  exports: [
    AlarmJournal,
    AlarmShelves,
    AlarmStoreModule,
    AlarmSuppression,
    AlertActs,
    AlertsService,
    LatheInterlock,
    ThresholdsService,
  ],
})
export class AlertsModule {}
