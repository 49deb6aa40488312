import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import {
  type CreateMaterialCommand,
  CreateMaterialSchema,
  type MaterialDto,
  type PatchMaterialDto,
  PatchMaterialSchema,
} from '#domain/contract/library.js';
import { Audited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { MaterialsService } from './materials.service.js';

@Controller('api/materials')
export class MaterialsController {
  constructor(private readonly materials: MaterialsService) {}

  @Get()
  @Roles('manager', 'operator')
  list(): Promise<MaterialDto[]> {
    return this.materials.list();
  }

  @Post()
  @Audited('materialAdded', { subject: ({ name }: MaterialDto) => name })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(CreateMaterialSchema) })
  create(@Body({ schema: CreateMaterialSchema }) material: CreateMaterialCommand): Promise<MaterialDto> {
    return this.materials.create(material);
  }

  @Patch(':name')
  @Audited('materialChanged', { param: 'name' })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(PatchMaterialSchema) })
  patch(
    @Param('name') name: string,
    @Body({ schema: PatchMaterialSchema }) patch: PatchMaterialDto,
  ): Promise<MaterialDto> {
    return this.materials.patch(name, patch);
  }
}
