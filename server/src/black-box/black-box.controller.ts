import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { type BlackBoxDto, BlackBoxQuerySchema, BlackBoxSchema } from '#domain/contract/black-box.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { BlackBoxes } from './black-boxes.service.js';

@Controller('api/alerts/:id/black-box')
export class BlackBoxController {
  constructor(private readonly boxes: BlackBoxes) {}

  /** The minute around an alert at the full rate of ticks. */
  @Get()
  @Roles('manager', 'operator')
  @ApiOkResponse({ schema: schemaOf(BlackBoxSchema) })
  get(
    @Param('id') id: string,
    @Query({ schema: BlackBoxQuerySchema }) query: z.output<typeof BlackBoxQuerySchema>,
  ): Promise<BlackBoxDto> {
    return this.boxes.of(id, query, new Date());
  }
}
