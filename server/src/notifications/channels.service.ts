import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { z } from 'zod';
import type {
  ChannelDto,
  CreateChannelSchema,
  DeliveryDto,
  PatchChannelSchema,
} from '#domain/contract/notification.js';
import { NotFoundError, ValidationError } from '../common/errors.js';
import { AppConfig } from '../config/config.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { type Channel, toChannelDto } from './channel.js';
import { ChannelsRepository } from './channels.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { testOf, toDeliveryDto } from './delivery.js';
import { MessageSender, testMessage } from './message-sender.js';
import { TooManyChannelsError, TooManyTestsError } from './notifications.errors.js';
import { assertAllowed } from './safe-address.js';
import { SecretBox } from './secret-box.js';

type NewChannel = z.output<typeof CreateChannelSchema>;
type ChannelPatch = z.output<typeof PatchChannelSchema>;

const MOST_CHANNELS = 100;
const FIELDS_OF = { webhook: ['url', 'secret'], email: ['to', 'from', 'smtp'] } as const;

/** What managers do to channels. */
@Injectable()
export class ChannelsService {
  private readonly tests: RateLimiterRedis;

  constructor(
    private readonly channels: ChannelsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly sender: MessageSender,
    private readonly box: SecretBox,
    private readonly config: AppConfig,
    redis: RedisService,
  ) {
    this.tests = new RateLimiterRedis({
      storeClient: redis.client,
      keyPrefix: 'ba:notify-test',
      points: 5,
      duration: 60,
    });
  }

  async list(): Promise<ChannelDto[]> {
    return (await this.channels.list()).map(toChannelDto);
  }

  async get(id: string): Promise<ChannelDto> {
    return toChannelDto(await this.known(id));
  }

  async create(wish: NewChannel, by: string, now: Date): Promise<ChannelDto> {
    if ((await this.channels.list()).length >= MOST_CHANNELS) throw new TooManyChannelsError(MOST_CHANNELS);
    const { kind, name, enabled, priorities, news, afterMinutes, limit } = wish;
    const channel = {
      ...{ _id: randomUUID(), kind, name, enabled, priorities, news, afterMinutes, limit },
      ...{ createdAt: now, createdBy: by, since: now },
      ...this.placesOf(wish),
    };
    await this.channels.add(channel);
    return toChannelDto(channel);
  }

  /** @throws NotFoundError `channel_not_found`; ValidationError for a field of the other kind */
  async change(id: string, patch: ChannelPatch, now: Date): Promise<ChannelDto> {
    const known = await this.known(id);
    const foreign = FIELDS_OF[known.kind === 'webhook' ? 'email' : 'webhook'].filter(
      (name) => patch[name] !== undefined,
    );
    if (foreign.length > 0) {
      throw new ValidationError(
        foreign.map((path) => ({ path, message: `is not a field of a ${known.kind} channel` })),
      );
    }
    const { lathes: _, url: __, secret: ___, to: ____, from: _____, smtp: ______, ...plain } = patch;
    const switchedOn = patch.enabled === true && !known.enabled ? { since: now } : {};
    const changed = await this.channels.change(id, { ...plain, ...switchedOn, ...this.placesOf(patch, known) });
    if (!changed) throw new NotFoundError('channel', id);
    return toChannelDto(changed);
  }

  async remove(id: string): Promise<void> {
    if (!(await this.channels.remove(id))) throw new NotFoundError('channel', id);
  }

  /** Sends a message now, also on a channel that is switched off. @returns what became of it */
  async test(id: string, by: string, now: Date): Promise<DeliveryDto> {
    const channel = await this.known(id);
    await this.takeTest(id);
    const delivery = testOf(channel, by, randomUUID(), now);
    await this.deliveries.add(delivery);
    await this.deliveries.beginAttempt(delivery._id, delivery.summary);
    try {
      await this.sender.send(channel, delivery, testMessage(delivery));
      await this.deliveries.delivered(delivery._id, new Date());
    } catch (error) {
      await this.deliveries.leave(delivery._id, 'failed', error instanceof Error ? error.message : String(error));
    }
    return toDeliveryDto((await this.deliveries.find(delivery._id)) ?? delivery);
  }

  private async known(id: string): Promise<Channel> {
    const channel = await this.channels.find(id);
    if (!channel) throw new NotFoundError('channel', id);
    return channel;
  }

  /** Where it sends to and for which lathes, as stored. A password goes with its server and user: a new place needs its own. */
  private placesOf(wish: Partial<NewChannel> | ChannelPatch, known?: Channel): Partial<Channel> {
    const fields = wish as ChannelPatch;
    const places: Partial<Channel> = {};
    if (fields.lathes !== undefined) places.lathes = fields.lathes === 'all' ? undefined : fields.lathes;
    if (fields.url !== undefined) {
      this.checkHost('url', new URL(fields.url).hostname);
      places.url = fields.url;
    }
    if (fields.secret !== undefined) places.sealedSecret = this.box.seal(fields.secret);
    if (fields.to) places.to = fields.to;
    if (fields.from !== undefined) places.from = fields.from;
    if (fields.smtp) {
      const { password, ...smtp } = fields.smtp;
      this.checkHost('smtp.host', smtp.host);
      places.smtp = smtp;
      const isSame = known?.smtp?.host === smtp.host && known.smtp.port === smtp.port && known.smtp.user === smtp.user;
      if (password !== undefined) places.sealedSecret = this.box.seal(password);
      else if (known && !isSame) places.sealedSecret = undefined;
    }
    return places;
  }

  private checkHost(path: string, host: string): void {
    if (this.config.allowLinkLocal) return;
    try {
      assertAllowed(host);
    } catch (error) {
      throw new ValidationError([{ path, message: (error as Error).message }]);
    }
  }

  private async takeTest(id: string): Promise<void> {
    try {
      await this.tests.consume(id);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new TooManyTestsError(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  }
}
