import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { z } from 'zod';
import { ReasonedActSchema } from '#domain/contract/alert.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { LatheRelease } from './lathe-release.service.js';

@Controller('api/lathes/:id/release')
export class LatheReleaseController {
  constructor(private readonly releases: LatheRelease) {}

  /** Opens the lock of a critical stop without maintenance. */
  @Audited('latheReleased', { param: 'id' })
  @Post()
  @HttpCode(200)
  @Roles('manager')
  @ApiBody({ schema: schemaOf(ReasonedActSchema) })
  release(
    @Param('id') id: string,
    @Body({ schema: ReasonedActSchema }) { reason }: z.output<typeof ReasonedActSchema>,
    @CurrentUser() user: SessionUser,
  ): Promise<LatheDto> {
    return this.releases.release(id, reason, user.userID);
  }
}
