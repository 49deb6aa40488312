import { Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';

/** Tells every process that another model is active. Only wakes up: what is true stands in the store. */
@Injectable()
export class ModelNotice {
  private readonly logger = new Logger(ModelNotice.name);

  constructor(private readonly redis: RedisService) {}

  /** A notice that does not get out is made up for by the next look at the store. */
  async send(): Promise<void> {
    try {
      await this.redis.client.publish(KEYS.models, '1');
    } catch (error) {
      this.logger.warn(`Workers learn of the model a little later: ${(error as Error).message}`);
    }
  }

  async listen(onNotice: () => void): Promise<Redis> {
    const subscriber = this.redis.connect('models', { maxRetriesPerRequest: null });
    subscriber.on('message', onNotice);
    await subscriber.subscribe(KEYS.models);
    return subscriber;
  }
}
