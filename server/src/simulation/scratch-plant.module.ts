import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import { AlarmEvaluator } from '../alerts/alarm-evaluator.js';
import { AlarmJournal } from '../alerts/alarm-journal.js';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { AlarmSuppression } from '../alerts/alarm-suppression.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { LatheInterlock } from '../alerts/lathe-interlock.js';
import { ThresholdsDocument, ThresholdsMongoSchema } from '../alerts/thresholds.schema.js';
import { ThresholdsService } from '../alerts/thresholds.service.js';
import { BlackBoxQueue } from '../black-box/black-box-queue.js';
import { AppConfig } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { CounterDocument, CounterMongoSchema, JobDocument, JobMongoSchema } from '../jobs/job.schema.js';
import { JobNumbers } from '../jobs/job-numbers.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { BucketDocument, BucketMongoSchema } from '../telemetry/bucket.schema.js';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { AcceleratedJobs } from './accelerated-jobs.js';
import { RunInterlock } from './run-interlock.js';
import { ScratchCheck } from './scratch-check.js';

/** Database of test runs: emptied before each, and never that of a plant. */
export const SCRATCH_DATABASE = 'byte_astra_simulate_test';

/** The plant itself lives in the scratch database. */
export class SharedDatabaseError extends Error {}

/** @throws SharedDatabaseError */
export async function emptyScratchDatabase(mongoUri: string): Promise<void> {
  if (new RegExp(`//[^/]+/${SCRATCH_DATABASE}([?]|$)`).test(mongoUri)) {
    throw new SharedDatabaseError(
      `MONGO_URI names ${SCRATCH_DATABASE}, which a test run empties: give the plant another database`,
    );
  }
  const connection = await mongoose.createConnection(mongoUri, { dbName: SCRATCH_DATABASE }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

/** No browser follows a test run, and those that follow the plant must not hear of it. */
const silentEventBus: Pick<EventBus, 'publish'> = { publish: async () => '0-0' };

/** A test run has no stream of ticks to keep anything of. */
const noBlackBoxes: Pick<BlackBoxQueue, 'add'> = { add: async () => undefined };

/** Nothing is in maintenance here, and a stop ends the run. */
const noSuppression: Pick<AlarmSuppression, 'meet'> = { meet: async () => null };

@Global()
@Module({
  providers: [RedisService, LatheTouch, { provide: EventBus, useValue: silentEventBus }],
  exports: [RedisService, LatheTouch, EventBus],
})
class SilentBusModule {}

/** The plant's own fleet, jobs, alarms and telemetry on the scratch database, with nobody listening. */
@Module({
  imports: [
    ConfigModule,
    SilentBusModule,
    MongooseModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ mongoUri }: AppConfig) => ({
        uri: mongoUri,
        dbName: SCRATCH_DATABASE,
        writeConcern: { w: 'majority' as const },
      }),
    }),
    MongooseModule.forFeature([
      { name: JobDocument.name, schema: JobMongoSchema },
      { name: CounterDocument.name, schema: CounterMongoSchema },
      { name: ThresholdsDocument.name, schema: ThresholdsMongoSchema },
      { name: BucketDocument.name, schema: BucketMongoSchema },
    ]),
    LathesModule,
    AlarmStoreModule,
    TelemetryArchiveModule,
  ],
  providers: [
    RunInterlock,
    { provide: LatheInterlock, useExisting: RunInterlock },
    AlarmJournal,
    { provide: BlackBoxQueue, useValue: noBlackBoxes },
    { provide: AlarmSuppression, useValue: noSuppression },
    AlertsService,
    ThresholdsService,
    AlarmEvaluator,
    JobNumbers,
    JobsRepository,
    AcceleratedJobs,
    ScratchCheck,
  ],
})
export class ScratchPlantModule {}
