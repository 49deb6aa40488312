import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { IdempotencyKeyInUseError, IdempotencyKeyReusedError } from './alerts.errors.js';
import { REQUEST_KEY_LIFE_S, RequestKeyDocument } from './request-key.schema.js';

const ANSWER_WAIT_MS = 3000;
const ANSWER_POLL_MS = 25;
/** A request without an answer for longer than this died with its process. */
const ABANDONED_AFTER_MS = 10_000;

export interface RepeatableRequest {
  userID: string;
  /** The Idempotency-Key of the request; without one nothing is remembered. */
  key: string | undefined;
  /** Act, target and body: the same key must not come with another one. */
  act: string;
}

/** Does an act once for each Idempotency-Key and gives the same answer to every repetition within 24 hours. */
@Injectable()
export class RepeatedRequests {
  constructor(@InjectModel(RequestKeyDocument.name) private readonly requests: Model<RequestKeyDocument>) {}

  /**
   * @param perform - does the act; what it stores carries `requestKey`
   * @param recover - the answer of an act that was done by a process that died before it could say so, or null
   * @throws IdempotencyKeyReusedError, IdempotencyKeyInUseError
   */
  async once<Answer extends object>(
    { userID, key, act }: RepeatableRequest,
    perform: (requestKey?: string) => Promise<Answer>,
    recover: (requestKey: string) => Promise<Answer | null>,
  ): Promise<Answer> {
    if (key === undefined) return perform();
    const id = createHash('sha256').update(`${userID}\n${key}`).digest('hex');
    for (;;) {
      if (await this.reserve(id, act)) return this.performAndKeep(id, perform);
      const first = await this.awaitAnswer(id, act);
      if (first === 'refused') continue;
      if (first.answer) return first.answer as Answer;
      const recovered = await recover(id);
      if (recovered) return this.keep(id, recovered);
      if (await this.takeOver(id)) return this.performAndKeep(id, perform);
      throw new IdempotencyKeyInUseError();
    }
  }

  private async performAndKeep<Answer extends object>(id: string, perform: (requestKey: string) => Promise<Answer>) {
    try {
      return await this.keep(id, await perform(id));
    } catch (error) {
      await this.requests.deleteOne({ _id: id, answer: { $exists: false } }).exec();
      throw error;
    }
  }

  private async keep<Answer extends object>(id: string, answer: Answer): Promise<Answer> {
    await this.requests.updateOne({ _id: id }, { $set: { answer } }).exec();
    return answer;
  }

  private async reserve(id: string, act: string): Promise<boolean> {
    try {
      await this.requests.create({ _id: id, act, at: new Date() });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const outlived = { _id: id, at: { $lt: new Date(Date.now() - REQUEST_KEY_LIFE_S * 1000) } };
    const renewed = { $set: { act, at: new Date() }, $unset: { answer: 1 } } as const;
    return (await this.requests.updateOne(outlived, renewed).exec()).modifiedCount === 1;
  }

  /** The first request with its answer, as soon as that is there; without one where it does not come. */
  private async awaitAnswer(id: string, act: string): Promise<RequestKeyDocument | 'refused'> {
    const untilMs = Date.now() + ANSWER_WAIT_MS;
    for (;;) {
      const first = await this.requests.findById(id).lean<RequestKeyDocument>().exec();
      if (!first) return 'refused';
      if (first.act !== act) throw new IdempotencyKeyReusedError();
      const isAbandoned = first.at.getTime() < Date.now() - ABANDONED_AFTER_MS;
      if (first.answer || isAbandoned || Date.now() >= untilMs) return first;
      await delay(ANSWER_POLL_MS);
    }
  }

  private async takeOver(id: string): Promise<boolean> {
    const abandoned = { _id: id, answer: { $exists: false }, at: { $lt: new Date(Date.now() - ABANDONED_AFTER_MS) } };
    return (await this.requests.updateOne(abandoned, { $set: { at: new Date() } }).exec()).modifiedCount === 1;
  }
}
