import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { AuditTrail } from '../audit/audit-trail.js';
import { InvalidCredentialsError } from './auth.errors.js';
import { LoginThrottle } from './login-throttle.js';
import type { User } from './users.repository.js';
import { UsersService } from './users.service.js';

/** User ID and password, with wrong tries counted. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(
    private readonly users: UsersService,
    private readonly throttle: LoginThrottle,
    private readonly audit: AuditTrail,
  ) {
    super({ usernameField: 'userID', passReqToCallback: true });
  }

  async validate(request: Request, userID: string, password: string): Promise<User> {
    const address = request.ip ?? 'unknown';
    await this.throttle.take(address, userID);
    const user = await this.users.authenticate(userID, password).catch(async (error: unknown) => {
      if (error instanceof InvalidCredentialsError) {
        await this.audit.record({ act: 'signInFailed', actor: userID, address });
      }
      throw error;
    });
    await this.throttle.giveBack(address, userID);
    return user;
  }
}
