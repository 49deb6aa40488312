import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { JobsModule } from '../jobs/jobs.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { AlarmJournal } from './alarm-journal.js';
import { AlarmStoreModule } from './alarm-store.module.js';
import { AlertsService } from './alerts.service.js';
import { LatheInterlock } from './lathe-interlock.js';
import { ThresholdsDocument, ThresholdsMongoSchema } from './thresholds.schema.js';
import { ThresholdsService } from './thresholds.service.js';

/** What rules and people do to alarms, for every role that raises or handles them. */
@Module({
  imports: [
    AlarmStoreModule,
    JobsModule,
    LathesModule,
    MongooseModule.forFeature([{ name: ThresholdsDocument.name, schema: ThresholdsMongoSchema }]),
  ],
  providers: [AlarmJournal, AlertsService, LatheInterlock, ThresholdsService],
  exports: [AlarmJournal, AlarmStoreModule, AlertsService, ThresholdsService],
})
export class AlertsModule {}
