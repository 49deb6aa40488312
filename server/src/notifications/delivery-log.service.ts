import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DeliveriesQuerySchema, DeliveryDto } from '#domain/contract/notification.js';
import type { Page } from '#domain/contract/page.js';
import { ValidationError } from '../common/errors.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { toDeliveryDto } from './delivery.js';

const CursorSchema = z.tuple([z.number().int().min(0).max(8.64e15), z.string().max(150)]);

@Injectable()
export class DeliveryLog {
  constructor(private readonly deliveries: DeliveriesRepository) {}

  async list({ limit, cursor, channelId, state }: z.output<typeof DeliveriesQuerySchema>): Promise<Page<DeliveryDto>> {
    const filter = { ...(channelId ? { channelId } : {}), ...(state ? { state } : {}) };
    const found = await this.deliveries.page(filter, limit + 1, cursor === undefined ? undefined : placeOf(cursor));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const items = shown.map(toDeliveryDto);
    if (found.length <= limit || !last) return { items };
    const text = JSON.stringify([last.createdAt.getTime(), last._id]);
    return { items, nextCursor: Buffer.from(text).toString('base64url') };
  }
}

function placeOf(cursor: string): { createdAt: Date; id: string } {
  try {
    const [ms, id] = CursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt: new Date(ms), id };
  } catch {
    throw new ValidationError([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  }
}
