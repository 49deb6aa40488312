import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { AlertNews } from '#domain/notifications/message.js';
import { isTakenCareOf } from '#domain/notifications/news.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { BULL_PREFIX } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { Channel } from './channel.js';
import { ChannelLimit } from './channel-limit.js';
import { ChannelsRepository } from './channels.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { type Delivery, digestOf, isOver } from './delivery.js';
import { alertMessage, digestMessage, type Message, MessageSender, testMessage } from './message-sender.js';
import { NOTIFICATION_PACE, type NotificationPace } from './notification-pace.js';
import { NOTIFICATION_QUEUE, type NotificationJobData, NotificationQueue } from './notification-queue.js';
import { RefusedError } from './notifications.errors.js';

const CONCURRENCY = 8;
const MOST_LINES = 20;

/** Takes deliveries from the queue and sends them; one whose worker dies is sent again under the same id. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(NotificationWorker.name);
  private readonly worker: Worker<NotificationJobData>;

  constructor(
    redis: RedisService,
    private readonly deliveries: DeliveriesRepository,
    private readonly channels: ChannelsRepository,
    private readonly limit: ChannelLimit,
    private readonly sender: MessageSender,
    private readonly alarms: AlarmsRepository,
    private readonly queue: NotificationQueue,
    @Inject(NOTIFICATION_PACE) private readonly pace: NotificationPace,
  ) {
    this.worker = new Worker<NotificationJobData>(NOTIFICATION_QUEUE, (job) => this.process(job), {
      connection: redis.connect('notification-worker', { maxRetriesPerRequest: null }),
      prefix: BULL_PREFIX,
      autorun: false,
      concurrency: CONCURRENCY,
      lockDuration: pace.lockMs,
      stalledInterval: pace.lockMs / 2,
      maxStalledCount: Number.MAX_SAFE_INTEGER, // a lost worker is no fault of the message
    });
    this.worker.on('error', (error) => this.logger.debug(`Queue: ${error.message}`));
  }

  onApplicationBootstrap(): void {
    this.worker.run().catch((error: unknown) => this.logger.error(error));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  private async process(job: Job<NotificationJobData>): Promise<void> {
    const delivery = await this.deliveries.find(job.data.deliveryId);
    if (!delivery || isOver(delivery) || delivery.state === 'held') return;
    const channel = await this.channels.find(delivery.channelId);
    const obstacle = await this.obstacleTo(delivery, channel);
    if (!channel || obstacle) {
      await this.deliveries.leave(delivery._id, 'notNeeded', obstacle ?? '');
      return;
    }
    const message = await this.messageFor(channel, delivery);
    if (message) await this.attempt(job, channel, delivery, message);
  }

  /** Why it need not be sent any more. */
  private async obstacleTo(delivery: Delivery, channel: Channel | null): Promise<string | undefined> {
    if (!channel) return 'The channel was removed';
    if (!channel.enabled) return 'The channel is switched off';
    const { escalation, alertId, transition } = delivery;
    if (!escalation || alertId === undefined) return undefined;
    const later = await this.alarms.listTransitions(alertId, transition);
    return isTakenCareOf(later) ? 'Somebody took care in time' : undefined;
  }

  /** @returns null where the limit of the channel is used up: the next digest tells it */
  private async messageFor(channel: Channel, delivery: Delivery): Promise<Message | null> {
    if (delivery.type === 'test') return testMessage(delivery);
    if (delivery.type === 'digest') return this.digest(delivery);
    const { messages, perMinutes } = channel.limit;
    const { isAllowed, isLast, window } = await this.limit.take(
      channel,
      delivery._id,
      delivery.priority ?? 4,
      Date.now(),
    );
    if (isAllowed) {
      const told = JSON.parse(delivery.told ?? '{}') as AlertNews;
      const closing = `This channel gives ${messages} messages in ${perMinutes} min. Further alarms follow in one message.`;
      return alertMessage(told, isLast ? closing : undefined);
    }
    const digest = digestOf(channel, window, new Date(), this.pace.minuteMs);
    if (await this.deliveries.add(digest)) await this.queue.add(digest);
    await this.deliveries.hold(delivery._id, digest._id);
    return null;
  }

  private async digest(delivery: Delivery): Promise<Message | null> {
    const { byPriority, first } = await this.deliveries.gather(delivery._id, MOST_LINES);
    const count = Object.values(byPriority).reduce((sum, number) => sum + number, 0);
    if (count > 0) return digestMessage({ count, byPriority, lines: first.map(({ summary }) => summary) });
    await this.deliveries.leave(delivery._id, 'notNeeded', 'Nothing was held');
    return null;
  }

  private async attempt(job: Job, channel: Channel, delivery: Delivery, message: Message): Promise<void> {
    const { _id: id, type, summary } = delivery;
    await this.deliveries.beginAttempt(id, type === 'digest' ? message.subject : summary);
    try {
      await this.sender.send(channel, delivery, message);
    } catch (error) {
      const isFinal = error instanceof RefusedError || job.attemptsMade + 1 >= this.pace.attempts;
      const reason = error instanceof Error ? error.message : String(error);
      await this.deliveries.leave(id, isFinal ? 'failed' : 'retrying', reason);
      if (isFinal) this.logger.warn(`${channel.name}: given up: ${reason}`);
      throw isFinal ? new UnrecoverableError(reason) : error;
    }
    await this.deliveries.delivered(id, new Date());
  }
}
