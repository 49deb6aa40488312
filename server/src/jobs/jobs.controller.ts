import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type CreateJobCommand, CreateJobSchema, type JobDto, JobsQuerySchema } from '#domain/contract/job.js';
import type { Page } from '#domain/contract/page.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { withMachiningCodes } from '../machining/input-codes.js';
import { JobControl } from './job-control.service.js';
import { JobsService } from './jobs.service.js';
import { JobsQuery } from './jobs-query.service.js';

/** No body says the same as an empty one. */
const NothingSchema = z.strictObject({}).optional();

@Controller('api/jobs')
@Roles('manager', 'operator')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly query: JobsQuery,
    private readonly control: JobControl,
  ) {}

  @Post()
  @Roles('operator')
  @Audited('jobStarted', { subject: ({ JobID }: JobDto) => JobID })
  @ApiBody({ schema: schemaOf(CreateJobSchema) })
  create(
    @Body({ schema: withMachiningCodes(CreateJobSchema) }) command: CreateJobCommand,
    @CurrentUser() user: SessionUser,
  ): Promise<JobDto> {
    return this.jobs.create(command, user.userID);
  }

  @Get()
  list(@Query({ schema: JobsQuerySchema }) query: z.output<typeof JobsQuerySchema>): Promise<Page<JobDto>> {
    return this.query.list(query);
  }

  @Get(':jobId')
  get(@Param('jobId') jobId: string): Promise<JobDto> {
    return this.query.get(jobId);
  }

  /** 200 with the ended job, or 202 where its worker will stop it as soon as it is back. */
  @Post(':jobId/stop')
  @Audited('jobStopped', { param: 'jobId' })
  async stop(
    @Param('jobId') jobId: string,
    @Body({ schema: NothingSchema }) _nothing: z.output<typeof NothingSchema>,
    @CurrentUser() user: SessionUser,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobDto> {
    const { job, ended } = await this.control.stop(jobId, user.userID);
    response.status(ended ? 200 : 202);
    return job;
  }
}
