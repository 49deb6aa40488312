import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { canonicalLatheId } from '#domain/contract/lathe.js';
import type { SessionUser } from '../auth/session-user.js';
import { AuditTrail, type Intent } from './audit-trail.js';
import { AUDITED, type Audited } from './audited.decorator.js';

const MOST_DETAILS = 8000;
const SECRET = /password|secret|token/i;

/** Puts the routes that are marked so on record. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const audited = this.reflector.get<Audited | undefined>(AUDITED, context.getHandler());
    if (!audited) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const { act, subject, once } = audited;
    return from(
      this.trail.around(
        intentOf(audited, request),
        () => lastValueFrom(next.handle(), { defaultValue: undefined }),
        (answer) => ({
          ...(subject ? { subject: subject(answer as never) } : {}),
          ...(once ? { id: `${act}:${once(answer as never)}` } : {}),
        }),
      ),
    );
  }
}

function intentOf({ act, param }: Audited, request: Request): Intent {
  const user = request.user as SessionUser | undefined;
  const named = param === undefined ? undefined : request.params[param];
  const details = detailsOf(request);
  return {
    act,
    actor: user?.userID ?? '',
    ...(user ? { role: user.userType } : {}),
    ...(typeof named === 'string' ? { subject: canonicalLatheId(named) ?? named } : {}),
    ...(request.ip ? { address: request.ip } : {}),
    ...(details ? { details } : {}),
  };
}

/** What was asked for, without secrets; of what is too long, only how long it is. */
function detailsOf({ params, body }: Request): Record<string, unknown> | undefined {
  const asked = { ...params, ...(typeof body === 'object' && body !== null ? body : {}) };
  if (Object.keys(asked).length === 0) return undefined;
  const text = JSON.stringify(asked, (name, value) => (SECRET.test(name) ? '(not kept)' : value));
  return text.length > MOST_DETAILS ? { characters: text.length } : JSON.parse(text);
}
