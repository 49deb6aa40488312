import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlertTransitionDocument, AlertTransitionMongoSchema } from '../alerts/alert-transition.schema.js';
import { EvaluationThread } from './evaluation-thread.js';
import { ModelFigures } from './model-figures.service.js';
import { ModelsController } from './models.controller.js';
import { ModelsService } from './models.service.js';
import { TrainingQueue } from './training-queue.js';
import { TrainingStoreModule } from './training-store.module.js';
import { TrainingsController } from './trainings.controller.js';
import { TrainingsService } from './trainings.service.js';
import { VerdictsRepository } from './verdicts.repository.js';

/** The life of models over HTTP. The trainings are asked first: their addresses would else be taken for names of models. */
@Module({
  imports: [
    TrainingStoreModule,
    MongooseModule.forFeature([{ name: AlertTransitionDocument.name, schema: AlertTransitionMongoSchema }]),
  ],
  controllers: [TrainingsController, ModelsController],
  providers: [
    ModelsService,
    ModelFigures,
    TrainingsService,
    TrainingQueue,
    VerdictsRepository,
    { provide: EvaluationThread, useFactory: () => new EvaluationThread() },
  ],
})
export class ModelsModule {}
