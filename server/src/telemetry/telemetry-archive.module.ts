import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { BucketDocument, BucketMongoSchema } from './bucket.schema.js';
import { BucketsRepository } from './buckets.repository.js';
import { RollupDocument, RollupMongoSchema } from './rollup.schema.js';
import { RollupService } from './rollup.service.js';
import { RollupsRepository } from './rollups.repository.js';
import { SampleReplay } from './sample-replay.js';
import { TelemetryArchive } from './telemetry-archive.js';
import { TelemetryReader } from './telemetry-reader.js';

/** Stored telemetry, for every role that writes or reads it. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: BucketDocument.name, schema: BucketMongoSchema },
      { name: RollupDocument.name, schema: RollupMongoSchema },
    ]),
  ],
  providers: [BucketsRepository, RollupsRepository, SampleReplay, TelemetryArchive, TelemetryReader, RollupService],
  exports: [SampleReplay, TelemetryArchive, TelemetryReader, RollupService],
})
export class TelemetryArchiveModule {}
