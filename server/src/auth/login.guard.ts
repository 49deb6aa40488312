import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { LoginSchema } from '#domain/contract/user.js';
import { ValidationError } from '../common/errors.js';

/** Checks the shape of a login before its password: a missing field is a 422, not a wrong password. */
@Injectable()
export class LoginGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const parsed = LoginSchema.safeParse(context.switchToHttp().getRequest<Request>().body ?? {});
    if (!parsed.success) {
      throw new ValidationError(parsed.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message })));
    }
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<U>(error: unknown, user: U): U {
    if (error) throw error;
    return user;
  }
}
