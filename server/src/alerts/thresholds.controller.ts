import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { type Threshold, ThresholdsSchema } from '#domain/contract/alert.js';
import { type BacktestAnswer, BacktestAnswerSchema, BacktestRequestSchema } from '#domain/contract/backtest.js';
import { Audited, NotAudited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { ThresholdTrials } from './threshold-trials.service.js';
import { type LimitsEdition, ThresholdsService } from './thresholds.service.js';

@Controller('api/thresholds')
export class ThresholdsController {
  constructor(
    private readonly thresholds: ThresholdsService,
    private readonly trials: ThresholdTrials,
  ) {}

  /** With an ETag that names this edition of the limits. */
  @Get(':latheId')
  @Roles('manager', 'operator')
  @ApiOkResponse({ schema: schemaOf(ThresholdsSchema) })
  async get(
    @Param('latheId') latheId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<readonly Threshold[]> {
    return tagged(await this.thresholds.get(latheId), response);
  }

  @Put(':latheId')
  @Audited('thresholdsChanged', { param: 'latheId' })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(ThresholdsSchema) })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the limits that these are made from: refused with 412 where others are in force by now.',
  })
  @ApiOkResponse({ schema: schemaOf(ThresholdsSchema) })
  async replace(
    @Param('latheId') latheId: string,
    @Body({ schema: ThresholdsSchema }) thresholds: Threshold[],
    @CurrentUser() user: SessionUser,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<readonly Threshold[]> {
    const isKnown = (edition: string) => matches(ifMatch, edition);
    return tagged(await this.thresholds.replace(latheId, thresholds, user.userID, new Date(), isKnown), response);
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

function tagged({ thresholds, edition }: LimitsEdition, response: Response): readonly Threshold[] {
  response.setHeader('ETag', `"${edition}"`);
  return thresholds;
}

/** @see RFC 9110, 13.1.1; without the header everything does */
function matches(ifMatch: string | undefined, edition: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((tag) => tag.trim() === `"${edition}"`);
}
