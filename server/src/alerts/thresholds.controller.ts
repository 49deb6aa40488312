import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { type Threshold, ThresholdsSchema } from '#domain/contract/alert.js';
import { type BacktestAnswer, BacktestAnswerSchema, BacktestRequestSchema } from '#domain/contract/backtest.js';
import { Audited, NotAudited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { ThresholdTrials } from './threshold-trials.service.js';
import { ThresholdsService } from './thresholds.service.js';

@Controller('api/thresholds')
export class ThresholdsController {
  constructor(
    private readonly thresholds: ThresholdsService,
    private readonly trials: ThresholdTrials,
  ) {}

  @Get(':latheId')
  @Roles('manager', 'operator')
  get(@Param('latheId') latheId: string): Promise<readonly Threshold[]> {
    return this.thresholds.get(latheId);
  }

  @Put(':latheId')
  @Audited('thresholdsChanged', { param: 'latheId' })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(ThresholdsSchema) })
  replace(
    @Param('latheId') latheId: string,
    @Body({ schema: ThresholdsSchema }) thresholds: Threshold[],
    @CurrentUser() user: SessionUser,
  ): Promise<readonly Threshold[]> {
    return this.thresholds.replace(latheId, thresholds, user.userID, new Date());
  }

  /** What these limits would have raised on stored readings, beside those in force. Changes nothing. */
  @NotAudited()
  @Post(':latheId/backtest')
  @HttpCode(200)
  @Roles('manager')
  @ApiBody({ schema: schemaOf(BacktestRequestSchema) })
  @ApiOkResponse({ schema: schemaOf(BacktestAnswerSchema) })
  backtest(
    @Param('latheId') latheId: string,
    @Body({ schema: BacktestRequestSchema }) request: z.output<typeof BacktestRequestSchema>,
  ): Promise<BacktestAnswer> {
    return this.trials.backtest(latheId, request, new Date());
  }
}
