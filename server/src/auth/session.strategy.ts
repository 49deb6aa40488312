import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { UnauthenticatedError } from './auth.errors.js';
import { IdentityService } from './identity.service.js';
import type { SessionUser } from './session-user.js';

@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(private readonly identity: IdentityService) {
    super();
  }

  async validate(request: Request): Promise<SessionUser> {
    const user = await this.identity.identify(request);
    if (!user) throw new UnauthenticatedError();
    return user;
  }
}
