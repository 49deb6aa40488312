import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { cookieOf, DISPLAY_COOKIE, SESSION_COOKIE } from './cookies.js';
import { DisplayTokensService } from './display-tokens.service.js';
import { SessionService } from './session.service.js';
import type { SessionUser } from './session-user.js';

/** Who sent a request or asks for a socket: the session cookie first, then a display token as bearer or cookie. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly sessions: SessionService,
    private readonly displays: DisplayTokensService,
  ) {}

  async identify(request: Pick<IncomingMessage, 'headers'>): Promise<SessionUser | null> {
    const session = await this.sessions.resolve(cookieOf(request, SESSION_COOKIE));
    if (session) return session;
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return this.displays.resolve(bearer ?? cookieOf(request, DISPLAY_COOKIE), new Date());
  }

  /** Whether somebody who was identified is still let in: the session has not ended, the token was not revoked. */
  isStillAdmitted({ userType, sessionId }: SessionUser): Promise<boolean> {
    return userType === 'display' ? this.displays.exists(sessionId) : this.sessions.exists(sessionId);
  }
}
