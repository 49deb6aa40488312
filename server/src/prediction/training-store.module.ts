import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ActiveModelModule } from './active-model.module.js';
import { PlantHistory } from './plant-history.js';
import { TrainingDocument, TrainingMongoSchema } from './training.schema.js';
import { TrainingsRepository } from './trainings.repository.js';

/** What is known of trainings, for those who ask for them and for those who do them. */
@Module({
  imports: [
    ActiveModelModule,
    MongooseModule.forFeature([{ name: TrainingDocument.name, schema: TrainingMongoSchema }]),
  ],
  providers: [PlantHistory, TrainingsRepository],
  exports: [ActiveModelModule, PlantHistory, TrainingsRepository],
})
export class TrainingStoreModule {}
