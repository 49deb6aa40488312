import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CreateJobSchema, type JobDto, type StartSimulationDto, StartSimulationSchema } from '#domain/contract/job.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { JobsService } from '../jobs/jobs.service.js';
import { JobsQuery } from '../jobs/jobs-query.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { parseMachiningInput, withMachiningCodes } from '../machining/input-codes.js';
import { jobFromForm } from './job-form.js';
import { SimulationStart, type StartedSimulation } from './simulation-start.service.js';
import { StoreProbe, type StoreReport } from './store-probe.service.js';

const LISTED_JOBS = 200;

/** Addresses of the original system that programs still use. */
@Controller()
export class OriginalController {
  constructor(
    private readonly jobs: JobsService,
    private readonly query: JobsQuery,
    private readonly lathes: LathesService,
    private readonly simulations: SimulationStart,
    private readonly store: StoreProbe,
  ) {}

  /** Also `GET /jobs/:latheId` where JSON is accepted. */
  @Get('api/lathes/:id/jobs')
  @Roles('manager', 'operator')
  async jobsOf(@Param('id') id: string): Promise<JobDto[]> {
    const lathe = await this.lathes.get(id);
    return this.query.newestOf(lathe.id, LISTED_JOBS);
  }

  @Post('jobs/create')
  @Audited('jobStarted')
  @Roles('operator')
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ schema: schemaOf(CreateJobSchema) })
  async create(
    @Body() body: Record<string, unknown> | undefined,
    @CurrentUser() user: SessionUser,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const isForm = request.is('urlencoded') !== false;
    const wish = isForm ? jobFromForm(body ?? {}) : body;
    const job = await this.jobs.create(parseMachiningInput(CreateJobSchema, wish), user.userID);
    if (isForm) response.redirect(303, `/jobs/${job.latheId}`);
    else response.status(201).json(job);
  }

  @Post('simulator/start')
  @Audited('jobStarted', { subject: ({ job_id }: StartedSimulation) => job_id })
  @HttpCode(202)
  @Roles('operator')
  @ApiBody({ schema: schemaOf(StartSimulationSchema) })
  start(
    @Body({ schema: withMachiningCodes(StartSimulationSchema) }) wish: StartSimulationDto,
    @CurrentUser() user: SessionUser,
  ): Promise<StartedSimulation> {
    return this.simulations.start(wish, user.userID);
  }

  @Get('debug/mongodb')
  @Roles('manager')
  probe(): Promise<StoreReport> {
    return this.store.report();
  }
}
