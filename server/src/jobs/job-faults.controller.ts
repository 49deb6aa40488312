import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type FaultDto, type FaultedJobDto, FaultedJobSchema, FaultSchema } from '#domain/contract/fault.js';
import { type InjectFaultDto, InjectFaultSchema } from '#domain/contract/machining.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { withMachiningCodes } from '../machining/input-codes.js';
import { JobFaults } from './job-faults.service.js';

/** Exercises on a running simulation: faults that are injected, looked at, and ended. */
@Controller('api/jobs/:jobId/faults')
@Roles('manager', 'operator')
export class JobFaultsController {
  constructor(private readonly faults: JobFaults) {}

  @Post()
  @Audited('faultInjected', { param: 'jobId' })
  @HttpCode(202)
  @ApiBody({ schema: schemaOf(InjectFaultSchema) })
  @ApiResponse({ status: 202, schema: schemaOf(FaultedJobSchema) })
  async inject(
    @Param('jobId') jobId: string,
    @Body({ schema: withMachiningCodes(InjectFaultSchema) }) wish: InjectFaultDto,
    @CurrentUser() user: SessionUser,
  ): Promise<FaultedJobDto> {
    const { job, fault } = await this.faults.inject(jobId, wish, user.userID);
    return { ...job, fault };
  }

  /** Waiting, active and past ones, the newest first. */
  @Get()
  @ApiResponse({ status: 200, schema: schemaOf(z.array(FaultSchema)) })
  list(@Param('jobId') jobId: string): Promise<FaultDto[]> {
    return this.faults.list(jobId);
  }

  /** 200 with the ended fault, or 202 where its worker will end it as soon as it is back. */
  @Delete(':faultId')
  @Audited('faultEnded', { param: 'jobId' })
  @ApiResponse({ status: 200, schema: schemaOf(FaultSchema) })
  @ApiResponse({ status: 202, schema: schemaOf(FaultSchema) })
  async end(
    @Param('jobId') jobId: string,
    @Param('faultId') faultId: string,
    @CurrentUser() user: SessionUser,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FaultDto> {
    const { fault, ended } = await this.faults.end(jobId, faultId, user.userID);
    response.status(ended ? 200 : 202);
    return fault;
  }
}
