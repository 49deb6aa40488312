import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import {
  type ChannelDto,
  ChannelSchema,
  CreateChannelSchema,
  DeliveriesQuerySchema,
  type DeliveryDto,
  DeliverySchema,
  PatchChannelSchema,
} from '#domain/contract/notification.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { ChannelsService } from './channels.service.js';
import { DeliveryLog } from './delivery-log.service.js';

const NothingSchema = z.strictObject({}).optional();
const onChannel = { subject: ({ id }: ChannelDto): string => id };

@Controller('api/notifications')
@Roles('manager')
export class NotificationsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly log: DeliveryLog,
  ) {}

  @Get('channels')
  @ApiResponse({ status: 200, schema: schemaOf(z.array(ChannelSchema)) })
  list(): Promise<ChannelDto[]> {
    return this.channels.list();
  }

  @Get('channels/:id')
  @ApiResponse({ status: 200, schema: schemaOf(ChannelSchema) })
  get(@Param('id') id: string): Promise<ChannelDto> {
    return this.channels.get(id);
  }

  @Post('channels')
  @Audited('notificationSettingsChanged', onChannel)
  @ApiBody({ schema: schemaOf(CreateChannelSchema) })
  @ApiResponse({ status: 201, schema: schemaOf(ChannelSchema) })
  create(
    @Body({ schema: CreateChannelSchema }) wish: z.output<typeof CreateChannelSchema>,
    @CurrentUser() user: SessionUser,
  ): Promise<ChannelDto> {
    return this.channels.create(wish, user.userID, new Date());
  }

  @Patch('channels/:id')
  @Audited('notificationSettingsChanged', { param: 'id' })
  @ApiBody({ schema: schemaOf(PatchChannelSchema) })
  @ApiResponse({ status: 200, schema: schemaOf(ChannelSchema) })
  change(
    @Param('id') id: string,
    @Body({ schema: PatchChannelSchema }) patch: z.output<typeof PatchChannelSchema>,
  ): Promise<ChannelDto> {
    return this.channels.change(id, patch, new Date());
  }

  @Delete('channels/:id')
  @HttpCode(204)
  @Audited('notificationSettingsChanged', { param: 'id' })
  remove(@Param('id') id: string): Promise<void> {
    return this.channels.remove(id);
  }

  /** Sends a message at once; the answer says whether it was taken. */
  @Post('channels/:id/test')
  @HttpCode(200)
  @Audited('notificationTested', { param: 'id' })
  @ApiResponse({ status: 200, schema: schemaOf(DeliverySchema) })
  test(
    @Param('id') id: string,
    @Body({ schema: NothingSchema }) _nothing: z.output<typeof NothingSchema>,
    @CurrentUser() user: SessionUser,
  ): Promise<DeliveryDto> {
    return this.channels.test(id, user.userID, new Date());
  }

  /** Newest first, for 30 days. */
  @Get('deliveries')
  @ApiResponse({ status: 200, schema: schemaOf(pageOf(DeliverySchema)) })
  deliveries(
    @Query({ schema: DeliveriesQuerySchema }) query: z.output<typeof DeliveriesQuerySchema>,
  ): Promise<Page<DeliveryDto>> {
    return this.log.list(query);
  }
}
