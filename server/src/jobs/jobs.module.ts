import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LathesModule } from '../lathes/lathes.module.js';
import { MaintenanceCalendarModule } from '../maintenance/maintenance-calendar.module.js';
import { CounterDocument, CounterMongoSchema, JobDocument, JobMongoSchema } from './job.schema.js';
import { JobAnnouncer } from './job-announcer.js';
import { JobDispatcher } from './job-dispatcher.js';
import { JobNumbers } from './job-numbers.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsLifecycle } from './jobs-lifecycle.service.js';
import { JobsQuery } from './jobs-query.service.js';
import { SimulationQueue } from './simulation-queue.js';

/** Stored jobs and their life: for the workers, and below everything that shows or starts jobs. */
@Module({
  imports: [
    LathesModule,
    MaintenanceCalendarModule,
    MongooseModule.forFeature([
      { name: JobDocument.name, schema: JobMongoSchema },
      { name: CounterDocument.name, schema: CounterMongoSchema },
    ]),
  ],
  providers: [JobAnnouncer, JobDispatcher, JobNumbers, JobsLifecycle, JobsQuery, JobsRepository, SimulationQueue],
  exports: [JobAnnouncer, JobDispatcher, JobNumbers, JobsLifecycle, JobsQuery, JobsRepository, SimulationQueue],
})
export class JobsModule {}
