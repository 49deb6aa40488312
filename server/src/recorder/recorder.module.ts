import { Module } from '@nestjs/common';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { RecorderService } from './recorder.service.js';
import { RollupSweeper } from './rollup-sweeper.js';

@Module({ imports: [TelemetryArchiveModule], providers: [RecorderService, RollupSweeper] })
export class RecorderModule {}
