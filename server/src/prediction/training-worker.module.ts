import { Module } from '@nestjs/common';
import { TrainingWorker } from './training.worker.js';
import { TrainingProcess } from './training-process.js';
import { TrainingStoreModule } from './training-store.module.js';

/** Trains models. */
@Module({
  imports: [TrainingStoreModule],
  providers: [TrainingWorker, { provide: TrainingProcess, useFactory: () => new TrainingProcess() }],
})
export class TrainingWorkerModule {}
