import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  type AlarmKpiDto,
  AlarmKpiQuerySchema,
  AlarmKpiSchema,
  type FloodNowDto,
  FloodNowSchema,
} from '#domain/contract/alarm-kpi.js';
import { type AlertDto, AlertsQuerySchema, type AlertTransitionDto } from '#domain/contract/alert.js';
import { type WorstActors, WorstActorsQuerySchema, WorstActorsSchema } from '#domain/contract/backtest.js';
import type { Page } from '#domain/contract/page.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { AlarmKpis } from './alarm-kpi.service.js';
import { AlertsQuery } from './alerts-query.service.js';
import { FloodWatch } from './flood-watch.js';
import { ThresholdTrials } from './threshold-trials.service.js';

@Controller('api/alerts')
export class AlertsController {
  constructor(
    private readonly queries: AlertsQuery,
    private readonly kpis: AlarmKpis,
    private readonly floods: FloodWatch,
    private readonly trials: ThresholdTrials,
  ) {}

  @Get()
  @Roles('manager', 'operator', 'display')
  list(@Query({ schema: AlertsQuerySchema }) query: z.output<typeof AlertsQuerySchema>): Promise<Page<AlertDto>> {
    return this.queries.list(query);
  }

  @Get('kpi')
  @Roles('manager', 'operator')
  @ApiOkResponse({ schema: schemaOf(AlarmKpiSchema) })
  kpi(@Query({ schema: AlarmKpiQuerySchema }) query: z.output<typeof AlarmKpiQuerySchema>): Promise<AlarmKpiDto> {
    return this.kpis.figures(query, new Date());
  }

  /** Whether the plant drowns in alarms at the moment, and the first alarm of each lathe that takes part. */
  @Get('flood')
  @Roles('manager', 'operator', 'display')
  @ApiOkResponse({ schema: schemaOf(FloodNowSchema) })
  flood(): Promise<FloodNowDto> {
    return this.floods.now(Date.now());
  }

  /** The alarms that make most of the load, with what would quieten them and its effect on stored readings. */
  @Get('worst-actors')
  @Roles('manager', 'operator')
  @ApiOkResponse({ schema: schemaOf(WorstActorsSchema) })
  worstActors(
    @Query({ schema: WorstActorsQuerySchema }) query: z.output<typeof WorstActorsQuerySchema>,
  ): Promise<WorstActors> {
    return this.trials.worstActors(query, new Date());
  }

  @Get(':id')
  @Roles('manager', 'operator', 'display')
  get(@Param('id') id: string): Promise<AlertDto> {
    return this.queries.get(id);
  }

  @Get(':id/transitions')
  @Roles('manager', 'operator')
  transitions(@Param('id') id: string): Promise<AlertTransitionDto[]> {
    return this.queries.transitions(id);
  }
}
