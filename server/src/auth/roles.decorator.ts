import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { UserType } from '#domain/contract/enums.js';
import type { SessionUser } from './session-user.js';

export const ROLES = Symbol('roles');
export const PUBLIC = Symbol('public');

/** Who may call this route. A route without it or `@Public()` is closed to everybody. */
export const Roles = (...roles: UserType[]) => SetMetadata(ROLES, roles);

/** A route that needs no session. */
export const Public = () => SetMetadata(PUBLIC, true);

/** The signed-in user of this request. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): SessionUser =>
    context.switchToHttp().getRequest<Request>().user as SessionUser,
);
