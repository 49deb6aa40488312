import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { AlarmEvaluator } from './alarm-evaluator.js';
import { AlertsModule } from './alerts.module.js';

/** The rules at work on each tick. */
@Module({ imports: [AlertsModule, JobsModule], providers: [AlarmEvaluator], exports: [AlarmEvaluator, AlertsModule] })
export class AlertsWorkerModule {}
