import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { DisplayTokenDto } from '#domain/contract/display-token.js';
import { NotFoundError } from '../common/errors.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { DisplayTokenDocument } from './display-token.schema.js';
import type { SessionUser } from './session-user.js';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const SEEN_EVERY_MS = 60_000;

/** Read-only device tokens for wall screens: kept hashed, shown once, revocable. */
@Injectable()
export class DisplayTokensService {
  constructor(
    @InjectModel(DisplayTokenDocument.name) private readonly tokens: Model<DisplayTokenDocument>,
    private readonly redis: RedisService,
  ) {}

  async create(name: string, by: string, at: Date): Promise<DisplayTokenDto> {
    const token = randomBytes(32).toString('base64url');
    const stored = { id: randomUUID(), name, tokenHash: hashOf(token), createdAt: at, createdBy: by };
    await this.tokens.create(stored);
    return { ...toDto(stored), token };
  }

  async list(): Promise<DisplayTokenDto[]> {
    return (await this.tokens.find().sort({ createdAt: -1 }).lean<DisplayTokenDocument[]>().exec()).map(toDto);
  }

  async revoke(id: string): Promise<void> {
    const { deletedCount } = await this.tokens.deleteOne({ id }).exec();
    if (deletedCount === 0) throw new NotFoundError('display token', id);
    await this.redis.client.publish(KEYS.dismissed, id);
  }

  /** Whether the token with this id has not been revoked. */
  async exists(id: string): Promise<boolean> {
    return (await this.tokens.exists({ id }).exec()) !== null;
  }

  /** The display behind a token, or null. */
  async resolve(token: string | undefined, at: Date): Promise<SessionUser | null> {
    if (!token) return null;
    const found = await this.tokens
      .findOne({ tokenHash: hashOf(token) })
      .lean<DisplayTokenDocument>()
      .exec();
    if (!found) return null;
    if (at.getTime() - (found.lastSeen?.getTime() ?? 0) > SEEN_EVERY_MS) {
      await this.tokens.updateOne({ id: found.id }, { $set: { lastSeen: at } }).exec();
    }
    return { userID: found.name, employeeId: found.id, userType: 'display', sessionId: found.id };
  }
}

const toDto = (token: DisplayTokenDocument): DisplayTokenDto => ({
  id: token.id,
  name: token.name,
  createdAt: token.createdAt.toISOString(),
  createdBy: token.createdBy,
  ...(token.lastSeen ? { lastSeen: token.lastSeen.toISOString() } : {}),
});
