import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { type LatheDto, type PatchLatheDto, PatchLatheSchema } from '#domain/contract/lathe.js';
import { Audited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { LatheViewService } from './lathe-view.service.js';
import { LathesService } from './lathes.service.js';

@Controller('api/lathes')
export class LathesController {
  constructor(
    private readonly lathes: LathesService,
    private readonly view: LatheViewService,
  ) {}

  @Get()
  @Roles('manager', 'operator', 'display')
  list(): Promise<LatheDto[]> {
    return this.view.list();
  }

  @Get(':id')
  @Roles('manager', 'operator', 'display')
  get(@Param('id') id: string): Promise<LatheDto> {
    return this.view.get(id);
  }

  @Patch(':id')
  @Audited('latheChanged', { param: 'id' })
  @Roles('manager')
  @ApiBody({ schema: schemaOf(PatchLatheSchema) })
  async patch(@Param('id') id: string, @Body({ schema: PatchLatheSchema }) patch: PatchLatheDto): Promise<LatheDto> {
    await this.lathes.patch(id, patch);
    return this.view.get(id);
  }
}
