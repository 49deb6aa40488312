import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import type { UserType } from '#domain/contract/enums.js';
import { logContext } from '../common/log-context.js';
import { ForbiddenError, PasswordChangeRequiredError } from './auth.errors.js';
import { RequestThrottle } from './login-throttle.js';
import { PUBLIC, ROLES } from './roles.decorator.js';
import { assertSameOrigin } from './same-origin.js';
import type { SessionUser } from './session-user.js';

/** What a user who must choose a new password may still call. */
const WHILE_PASSWORD_IS_DUE = new Set(['/api/me', '/api/me/password', '/logout']);

/** Stands before every route: same origin, a session, a role. A route that names neither roles nor `@Public()` is closed. */
@Injectable()
export class AccessGuard extends AuthGuard('session') {
  constructor(
    private readonly reflector: Reflector,
    private readonly throttle: RequestThrottle,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    assertSameOrigin(request);
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;

    await super.canActivate(context);
    const user = request.user as SessionUser;
    const store = logContext.getStore();
    if (store) store.userID = user.userID;
    await this.throttle.take(user.sessionId);
    const roles = this.reflector.getAllAndOverride<UserType[] | undefined>(ROLES, targets) ?? [];
    if (!roles.includes(user.userType)) throw new ForbiddenError();
    if (user.mustChangePassword && !WHILE_PASSWORD_IS_DUE.has(request.path)) throw new PasswordChangeRequiredError();
    return true;
  }

  override handleRequest<U>(error: unknown, user: U): U {
    if (error) throw error;
    return user;
  }
}
