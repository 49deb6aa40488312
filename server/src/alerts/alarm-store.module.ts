import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlarmHistory } from './alarm-history.repository.js';
import { AlarmsRepository } from './alarms.repository.js';
import { AlertDocument, AlertMongoSchema } from './alert.schema.js';
import { AlertTransitionDocument, AlertTransitionMongoSchema } from './alert-transition.schema.js';
import { AlertsQuery } from './alerts-query.service.js';

/** Stored alarms and what can be asked of them; needs no other feature, so that any may count alarms. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AlertDocument.name, schema: AlertMongoSchema },
      { name: AlertTransitionDocument.name, schema: AlertTransitionMongoSchema },
    ]),
  ],
  providers: [AlarmHistory, AlarmsRepository, AlertsQuery],
  exports: [AlarmHistory, AlarmsRepository, AlertsQuery],
})
export class AlarmStoreModule {}
