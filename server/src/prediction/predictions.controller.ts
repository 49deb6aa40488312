import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type PredictionDto, PredictionSchema } from '#domain/contract/prediction.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { PredictionsService } from './predictions.service.js';

@Controller('api/predictions')
@Roles('manager', 'operator', 'display')
export class PredictionsController {
  constructor(private readonly predictions: PredictionsService) {}

  @Get(':latheId')
  @ApiOperation({ summary: 'Risk of failure within ten minutes of cutting, with its reasons, and remaining life' })
  @ApiOkResponse({ schema: schemaOf(PredictionSchema) })
  @ApiNotFoundResponse({ description: 'lathe_not_found' })
  of(@Param('latheId') latheId: string): Promise<PredictionDto> {
    return this.predictions.of(latheId);
  }
}
