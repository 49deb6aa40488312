import { Module } from '@nestjs/common';
import { AlarmEvaluator } from './alarm-evaluator.js';
import { AlertsModule } from './alerts.module.js';

/** The rules at work on each tick. */
@Module({ imports: [AlertsModule], providers: [AlarmEvaluator], exports: [AlarmEvaluator, AlertsModule] })
export class AlertsWorkerModule {}
