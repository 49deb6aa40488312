import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { type Threshold, ThresholdsSchema } from '#domain/contract/alert.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { ThresholdsService } from './thresholds.service.js';

@Controller('api/thresholds')
export class ThresholdsController {
  constructor(private readonly thresholds: ThresholdsService) {}

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
}
