import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ActiveModel } from './active-model.js';
import { ModelDocument, ModelMongoSchema } from './model.schema.js';
import { ModelNotice } from './model-notice.js';
import { MODELS_FOLDER, ModelShelf } from './model-shelf.js';
import { ModelsRepository } from './models.repository.js';
import { PredictionDocument, PredictionMongoSchema } from './prediction.schema.js';
import { PredictionSampler } from './prediction-sampler.js';
import { PredictionsRepository } from './predictions.repository.js';
import { TickInference } from './tick-inference.js';

/** The model that judges lathes, for workers and for those who ask about them. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ModelDocument.name, schema: ModelMongoSchema },
      { name: PredictionDocument.name, schema: PredictionMongoSchema },
    ]),
  ],
  providers: [
    ModelsRepository,
    PredictionsRepository,
    ModelShelf,
    ModelNotice,
    ActiveModel,
    TickInference,
    PredictionSampler,
    { provide: MODELS_FOLDER, useFactory: () => resolve('models') },
  ],
  exports: [ModelsRepository, PredictionsRepository, ModelNotice, ActiveModel, TickInference, PredictionSampler],
})
export class ActiveModelModule {}
