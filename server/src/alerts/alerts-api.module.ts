import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { JobsModule } from '../jobs/jobs.module.js';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { AlarmDayDocument, AlarmDayMongoSchema } from './alarm-day.schema.js';
import { AlarmDays } from './alarm-days.js';
import { AlarmKpis } from './alarm-kpi.service.js';
import { AlarmTimer } from './alarm-timer.js';
import { AlertActsController } from './alert-acts.controller.js';
import { AlertRequests } from './alert-requests.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsModule } from './alerts.module.js';
import { Backtests } from './backtests.service.js';
import { FloodWatch } from './flood-watch.js';
import { LatheReleaseController } from './lathe-release.controller.js';
import { LatheRelease } from './lathe-release.service.js';
import { PlantWatch } from './plant-watch.js';
import { RepeatedRequests } from './repeated-requests.js';
import { RequestKeyDocument, RequestKeyMongoSchema } from './request-key.schema.js';
import { ThresholdTrials } from './threshold-trials.service.js';
import { ThresholdsController } from './thresholds.controller.js';

/** Alerts over HTTP, the clock that ends shelves and suppression, and the watch over the plant as a whole. */
@Module({
  imports: [
    AlertsModule,
    JobsModule,
    LatheViewModule,
    LathesModule,
    TelemetryArchiveModule,
    MongooseModule.forFeature([
      { name: AlarmDayDocument.name, schema: AlarmDayMongoSchema },
      { name: RequestKeyDocument.name, schema: RequestKeyMongoSchema },
    ]),
  ],
  controllers: [AlertActsController, AlertsController, LatheReleaseController, ThresholdsController],
  providers: [
    AlarmDays,
    AlarmKpis,
    AlarmTimer,
    AlertRequests,
    Backtests,
    FloodWatch,
    LatheRelease,
    PlantWatch,
    RepeatedRequests,
    ThresholdTrials,
  ],
})
export class AlertsApiModule {}
