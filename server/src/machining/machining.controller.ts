import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import {
  type CalculateDto,
  CalculateSchema,
  type SimulateDto,
  SimulateSchema,
} from '#domain/contract/machining-request.js';
import { type CalculatorResult, calculate } from '#domain/machining/calculate.js';
import type { SimulationResult } from '#domain/machining/simulate.js';
import { NotAudited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { AcceleratedRuns } from './accelerated-runs.service.js';
import { withMachiningCodes } from './input-codes.js';
import { PlanningService } from './planning.service.js';

/** The handbook calculator and the accelerated run, with the shop's own tools and materials. */
@Controller('api/machining')
@Roles('manager', 'operator')
export class MachiningController {
  constructor(
    private readonly planning: PlanningService,
    private readonly runs: AcceleratedRuns,
  ) {}

  @Post('calculate')
  @NotAudited()
  @HttpCode(200)
  @ApiBody({ schema: schemaOf(CalculateSchema) })
  async calculate(
    @Body({ schema: withMachiningCodes(CalculateSchema) }) request: CalculateDto,
  ): Promise<CalculatorResult> {
    return calculate(request, await this.planning.library());
  }

  @Post('simulate')
  @NotAudited()
  @HttpCode(200)
  @ApiBody({ schema: schemaOf(SimulateSchema) })
  async simulate(
    @Body({ schema: withMachiningCodes(SimulateSchema) }) request: SimulateDto,
  ): Promise<SimulationResult> {
    return this.runs.run(request, await this.planning.library());
  }
}
