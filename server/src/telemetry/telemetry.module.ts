import { Module } from '@nestjs/common';
import { LathesModule } from '../lathes/lathes.module.js';
import { TelemetryController } from './telemetry.controller.js';
import { TelemetryService } from './telemetry.service.js';
import { TelemetryArchiveModule } from './telemetry-archive.module.js';

@Module({
  imports: [LathesModule, TelemetryArchiveModule],
  controllers: [TelemetryController],
  providers: [TelemetryService],
})
export class TelemetryModule {}
