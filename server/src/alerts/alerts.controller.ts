import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { type AlertDto, AlertsQuerySchema, type AlertTransitionDto } from '#domain/contract/alert.js';
import type { Page } from '#domain/contract/page.js';
import { Roles } from '../auth/roles.decorator.js';
import { type AlarmKpiAnswer, AlertsQuery } from './alerts-query.service.js';

const KpiQuerySchema = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

@Controller('api/alerts')
export class AlertsController {
  constructor(private readonly queries: AlertsQuery) {}

  @Get()
  @Roles('manager', 'operator', 'display')
  list(@Query({ schema: AlertsQuerySchema }) query: z.output<typeof AlertsQuerySchema>): Promise<Page<AlertDto>> {
    return this.queries.list(query);
  }

  @Get('kpi')
  @Roles('manager', 'operator')
  kpi(@Query({ schema: KpiQuerySchema }) query: z.output<typeof KpiQuerySchema>): Promise<AlarmKpiAnswer> {
    return this.queries.kpi(query, new Date());
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
