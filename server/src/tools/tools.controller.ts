import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import {
  type CreateToolCommand,
  CreateToolSchema,
  type PatchToolDto,
  PatchToolSchema,
  type ToolDto,
} from '#domain/contract/library.js';
import { Audited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { ToolsService } from './tools.service.js';

@Controller('api/tools')
export class ToolsController {
  constructor(private readonly tools: ToolsService) {}

  @Get()
  @Roles('manager', 'operator')
  list(): Promise<ToolDto[]> {
    return this.tools.list();
  }

  @Post()
  @Audited('toolAdded', { subject: ({ toolNo }: ToolDto) => `tool ${toolNo}` })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(CreateToolSchema) })
  create(@Body({ schema: CreateToolSchema }) tool: CreateToolCommand): Promise<ToolDto> {
    return this.tools.create(tool);
  }

  @Patch(':toolNo')
  @Audited('toolChanged', { param: 'toolNo' })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(PatchToolSchema) })
  patch(@Param('toolNo') toolNo: string, @Body({ schema: PatchToolSchema }) patch: PatchToolDto): Promise<ToolDto> {
    return this.tools.patch(Number(toolNo), patch);
  }
}
