import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { CreateDisplayTokenSchema, type DisplayTokenDto } from '#domain/contract/display-token.js';
import { Audited } from '../audit/audited.decorator.js';
import { DisplayTokensService } from './display-tokens.service.js';
import { CurrentUser, Roles } from './roles.decorator.js';
import type { SessionUser } from './session-user.js';

@Controller('api/display-tokens')
@Roles('manager')
export class DisplayTokensController {
  constructor(private readonly tokens: DisplayTokensService) {}

  @Get()
  list(): Promise<DisplayTokenDto[]> {
    return this.tokens.list();
  }

  @Post()
  @Audited('displayTokenCreated', { subject: ({ id }: DisplayTokenDto) => id })
  create(
    @Body({ schema: CreateDisplayTokenSchema }) body: z.output<typeof CreateDisplayTokenSchema>,
    @CurrentUser() user: SessionUser,
  ): Promise<DisplayTokenDto> {
    return this.tokens.create(body.name, user.userID, new Date());
  }

  @Delete(':id')
  @Audited('displayTokenRevoked', { param: 'id' })
  @HttpCode(204)
  revoke(@Param('id') id: string): Promise<void> {
    return this.tokens.revoke(id);
  }
}
