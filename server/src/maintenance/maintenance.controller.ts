import { Body, Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import {
  type CreateMaintenanceDto,
  CreateMaintenanceSchema,
  type MaintenanceWindowDto,
} from '#domain/contract/lathe.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { MaintenanceService } from './maintenance.service.js';

@Controller('api/lathes/:id/maintenance')
@Roles('manager')
export class MaintenanceController {
  constructor(private readonly maintenance: MaintenanceService) {}

  @Post()
  @Audited('maintenancePlanned', { param: 'id' })
  @ApiBody({ schema: schemaOf(CreateMaintenanceSchema) })
  plan(
    @Param('id') id: string,
    @Body({ schema: CreateMaintenanceSchema }) wish: CreateMaintenanceDto,
    @CurrentUser() user: SessionUser,
  ): Promise<MaintenanceWindowDto> {
    return this.maintenance.plan(id, wish, user.userID);
  }

  @Delete(':windowId')
  @Audited('maintenanceEnded', { param: 'id' })
  end(@Param('id') id: string, @Param('windowId') windowId: string): Promise<MaintenanceWindowDto> {
    return this.maintenance.end(id, windowId);
  }
}
