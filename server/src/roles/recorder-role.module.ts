import { Module } from '@nestjs/common';
import { RecorderModule } from '../recorder/recorder.module.js';

/** What stores telemetry. */
@Module({ imports: [RecorderModule] })
export class RecorderRoleModule {}
