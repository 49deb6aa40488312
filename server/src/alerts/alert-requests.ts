import { Injectable } from '@nestjs/common';
import type { AlertDto } from '#domain/contract/alert.js';
import type { SessionUser } from '../auth/session-user.js';
import { type Act, AlertActs } from './alert-acts.service.js';
import { RepeatedRequests } from './repeated-requests.js';

/** Requests of people to do something to an alert: each is done once, however often it is sent with its key. */
@Injectable()
export class AlertRequests {
  constructor(
    private readonly acts: AlertActs,
    private readonly requests: RepeatedRequests,
  ) {}

  /** @param request - act, target and body: the same key must not come with another one */
  once(
    { userID }: SessionUser,
    key: string | undefined,
    request: string,
    perform: (act: Act) => Promise<AlertDto>,
  ): Promise<AlertDto> {
    return this.requests.once(
      { userID, key, act: request },
      (requestKey) => perform({ actor: userID, atMs: Date.now(), ...(requestKey ? { requestKey } : {}) }),
      (requestKey) => this.acts.answerTo(requestKey),
    );
  }
}
