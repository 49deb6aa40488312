import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { z } from 'zod';
import {
  type LabelledHistoryDto,
  LabelledHistorySchema,
  type TrainingDto,
  TrainingSchema,
  type TrainModelCommand,
  TrainModelSchema,
} from '#domain/contract/prediction-model.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { TrainingsService } from './trainings.service.js';

/** No body says the same as an empty one. */
const NothingSchema = z.strictObject({}).optional();

@Controller('api/models')
@Roles('manager')
export class TrainingsController {
  constructor(private readonly trainings: TrainingsService) {}

  @Get('trainings')
  @ApiOkResponse({ schema: schemaOf(z.array(TrainingSchema)) })
  list(): Promise<TrainingDto[]> {
    return this.trainings.list();
  }

  @Get('history')
  @ApiOperation({ summary: 'What the plant itself has seen of failures' })
  @ApiOkResponse({ schema: schemaOf(LabelledHistorySchema) })
  labelled(): Promise<LabelledHistoryDto> {
    return this.trainings.labelled();
  }

  @Post('train')
  @HttpCode(202)
  @Audited('modelTrainingStarted', { subject: ({ trainingId }: TrainingDto) => trainingId })
  @ApiOperation({ summary: 'Trains a version as a job; its progress comes as `model` events' })
  @ApiBody({ schema: schemaOf(TrainModelSchema) })
  @ApiAcceptedResponse({ schema: schemaOf(TrainingSchema) })
  @ApiConflictResponse({ description: 'too_few_failures, training_runs' })
  start(
    @Body({ schema: TrainModelSchema.prefault({}) }) command: TrainModelCommand,
    @CurrentUser() user: SessionUser,
  ): Promise<TrainingDto> {
    return this.trainings.start(command, user.userID);
  }

  @Post('trainings/:trainingId/cancel')
  @HttpCode(202)
  @Audited('modelTrainingCancelled', { param: 'trainingId' })
  @ApiAcceptedResponse({ schema: schemaOf(TrainingSchema) })
  @ApiNotFoundResponse({ description: 'training_not_found' })
  @ApiConflictResponse({ description: 'training_over' })
  cancel(@Param('trainingId') trainingId: string, @Body({ schema: NothingSchema }) _: unknown): Promise<TrainingDto> {
    return this.trainings.cancel(trainingId);
  }
}
