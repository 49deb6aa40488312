import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import {
  CompareQuerySchema,
  type ComparisonDto,
  ComparisonSchema,
  type DriftDto,
  DriftSchema,
  type ModelDetailDto,
  ModelDetailSchema,
  PeriodQuerySchema,
  type RegisteredModelDto,
  RegisteredModelSchema,
  type ScoreBoardDto,
  ScoreBoardSchema,
} from '#domain/contract/prediction-model.js';
import { Audited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { ModelFigures } from './model-figures.service.js';
import { ModelsService } from './models.service.js';

/** No body says the same as an empty one. */
const NothingSchema = z.strictObject({}).optional();
const nameOf = ({ name, version }: RegisteredModelDto) => `${name} ${version}`;

@Controller('api/models')
@Roles('manager')
export class ModelsController {
  constructor(
    private readonly models: ModelsService,
    private readonly figures: ModelFigures,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Registered versions of all models with their metrics' })
  @ApiOkResponse({ schema: schemaOf(z.array(RegisteredModelSchema)) })
  list(): Promise<RegisteredModelDto[]> {
    return this.models.list();
  }

  @Get('compare')
  @ApiOperation({ summary: 'Two versions on the same tools, which neither has seen' })
  @ApiOkResponse({ schema: schemaOf(ComparisonSchema) })
  @ApiNotFoundResponse({ description: 'model_not_found' })
  @ApiConflictResponse({ description: 'models_not_comparable' })
  compare(
    @Query({ schema: CompareQuerySchema }) { a, b }: z.output<typeof CompareQuerySchema>,
  ): Promise<ComparisonDto> {
    return this.models.compare(a, b);
  }

  @Get('score-board')
  @ApiOperation({ summary: 'Warnings against what came of them, per model and per lathe' })
  @ApiOkResponse({ schema: schemaOf(ScoreBoardSchema) })
  scoreBoard(@Query({ schema: PeriodQuerySchema }) period: z.output<typeof PeriodQuerySchema>): Promise<ScoreBoardDto> {
    return this.figures.scoreBoard(period);
  }

  @Post('rollback')
  @HttpCode(200)
  @Audited('modelActivated', { subject: nameOf })
  @ApiOperation({ summary: 'Goes back to the model that was active before' })
  @ApiOkResponse({ schema: schemaOf(RegisteredModelSchema) })
  @ApiConflictResponse({ description: 'nothing_to_roll_back' })
  rollBack(@Body({ schema: NothingSchema }) _: unknown): Promise<RegisteredModelDto> {
    return this.models.rollBack();
  }

  @Delete('challenger')
  @Audited('modelChallenged')
  @ApiOkResponse({ schema: schemaOf(z.array(RegisteredModelSchema)) })
  dismiss(): Promise<RegisteredModelDto[]> {
    return this.models.challenge(null);
  }

  @Get(':name/:version')
  @ApiOkResponse({ schema: schemaOf(ModelDetailSchema) })
  @ApiNotFoundResponse({ description: 'model_not_found' })
  get(@Param('name') name: string, @Param('version') version: string): Promise<ModelDetailDto> {
    return this.models.get(name, version);
  }

  @Get(':name/:version/report')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
  @ApiNotFoundResponse({ description: 'model_not_found, report_not_found' })
  report(@Param('name') name: string, @Param('version') version: string): Promise<string> {
    return this.models.report(name, version);
  }

  @Get(':name/:version/drift')
  @ApiOperation({ summary: 'How far readings have moved from those that the model was trained on' })
  @ApiOkResponse({ schema: schemaOf(DriftSchema) })
  @ApiNotFoundResponse({ description: 'model_not_found' })
  @ApiConflictResponse({ description: 'model_not_for_lathes' })
  drift(
    @Param('name') name: string,
    @Param('version') version: string,
    @Query({ schema: PeriodQuerySchema }) period: z.output<typeof PeriodQuerySchema>,
  ): Promise<DriftDto> {
    return this.figures.drift(name, version, period);
  }

  @Post(':name/:version/activate')
  @HttpCode(200)
  @Audited('modelActivated', { subject: nameOf })
  @ApiOperation({ summary: 'Lets a model judge every lathe from its next tick on' })
  @ApiBody({ required: false, schema: schemaOf(NothingSchema) })
  @ApiOkResponse({ schema: schemaOf(RegisteredModelSchema) })
  @ApiNotFoundResponse({ description: 'model_not_found' })
  @ApiConflictResponse({ description: 'model_not_for_lathes' })
  activate(
    @Param('name') name: string,
    @Param('version') version: string,
    @Body({ schema: NothingSchema }) _: unknown,
  ): Promise<RegisteredModelDto> {
    return this.models.activate(name, version);
  }

  @Post(':name/:version/challenge')
  @HttpCode(200)
  @Audited('modelChallenged')
  @ApiOperation({ summary: 'Lets a model judge beside the active one without being heard' })
  @ApiOkResponse({ schema: schemaOf(z.array(RegisteredModelSchema)) })
  @ApiNotFoundResponse({ description: 'model_not_found' })
  @ApiConflictResponse({ description: 'model_not_for_lathes' })
  challenge(
    @Param('name') name: string,
    @Param('version') version: string,
    @Body({ schema: NothingSchema }) _: unknown,
  ): Promise<RegisteredModelDto[]> {
    return this.models.challenge({ name, version });
  }
}
