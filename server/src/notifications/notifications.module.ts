import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AlarmStoreModule } from '../alerts/alarm-store.module.js';
import { ChannelDocument, ChannelMongoSchema } from './channel.schema.js';
import { ChannelLimit } from './channel-limit.js';
import { ChannelsRepository } from './channels.repository.js';
import { ChannelsService } from './channels.service.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryDocument, DeliveryMongoSchema } from './delivery.schema.js';
import { DeliveryLog } from './delivery-log.service.js';
import { MailSender } from './mail-sender.js';
import { MessageSender } from './message-sender.js';
import { NotificationWorker } from './notification.worker.js';
import { DEFAULT_PACE, NOTIFICATION_PACE } from './notification-pace.js';
import { NotificationQueue } from './notification-queue.js';
import { NotificationRouter } from './notification-router.js';
import { NotificationsController } from './notifications.controller.js';
import { SecretBox } from './secret-box.js';
import { WebhookSender } from './webhook-sender.js';

/** Channels, the log of what went over them, and the ways out. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ChannelDocument.name, schema: ChannelMongoSchema },
      { name: DeliveryDocument.name, schema: DeliveryMongoSchema },
    ]),
  ],
  providers: [ChannelsRepository, DeliveriesRepository, SecretBox, MailSender, WebhookSender, MessageSender],
  exports: [ChannelsRepository, DeliveriesRepository, SecretBox, MessageSender],
})
export class NotificationsModule {}

/** Settings, test and log for managers. */
@Module({
  imports: [NotificationsModule],
  controllers: [NotificationsController],
  providers: [ChannelsService, DeliveryLog],
})
export class NotificationsApiModule {}

/** From events to messages. */
@Module({
  imports: [NotificationsModule, AlarmStoreModule],
  providers: [
    ChannelLimit,
    NotificationQueue,
    NotificationRouter,
    NotificationWorker,
    { provide: NOTIFICATION_PACE, useValue: DEFAULT_PACE },
  ],
})
export class NotificationsWorkerModule {}
