import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  SensorDataQuerySchema,
  type SensorSampleDto,
  type TelemetryDto,
  TelemetryQuerySchema,
} from '#domain/contract/telemetry.js';
import { Roles } from '../auth/roles.decorator.js';
import { TelemetryService } from './telemetry.service.js';

@Controller('api')
@Roles('manager', 'operator', 'display')
export class TelemetryController {
  constructor(private readonly telemetry: TelemetryService) {}

  @Get('sensor-data/:latheId')
  sensorData(
    @Param('latheId') latheId: string,
    @Query({ schema: SensorDataQuerySchema }) query: z.output<typeof SensorDataQuerySchema>,
  ): Promise<SensorSampleDto[]> {
    return this.telemetry.sensorData(latheId, query);
  }

  @Get('telemetry/:latheId')
  series(
    @Param('latheId') latheId: string,
    @Query({ schema: TelemetryQuerySchema }) query: z.output<typeof TelemetryQuerySchema>,
  ): Promise<TelemetryDto> {
    return this.telemetry.series(latheId, query);
  }
}
