import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LathesModule } from '../lathes/lathes.module.js';
import { AlarmTimer } from './alarm-timer.js';
import { AlertActsController } from './alert-acts.controller.js';
import { AlertRequests } from './alert-requests.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsModule } from './alerts.module.js';
import { RepeatedRequests } from './repeated-requests.js';
import { RequestKeyDocument, RequestKeyMongoSchema } from './request-key.schema.js';
import { ThresholdsController } from './thresholds.controller.js';

/** Alerts over HTTP, and the clock that ends shelves and suppression. */
@Module({
  imports: [
    AlertsModule,
    LathesModule,
    MongooseModule.forFeature([{ name: RequestKeyDocument.name, schema: RequestKeyMongoSchema }]),
  ],
  controllers: [AlertActsController, AlertsController, ThresholdsController],
  providers: [AlarmTimer, AlertRequests, RepeatedRequests],
})
export class AlertsApiModule {}
