import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { PassportModule } from '@nestjs/passport';
import { AuditModule } from '../audit/audit.module.js';
import { AccessGuard } from './access.guard.js';
import { AccountPolicy } from './account-policy.js';
import { AuthController } from './auth.controller.js';
import { DisplayTokenDocument, DisplayTokenMongoSchema } from './display-token.schema.js';
import { DisplayTokensController } from './display-tokens.controller.js';
import { DisplayTokensService } from './display-tokens.service.js';
import { IdentityService } from './identity.service.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginThrottle, RequestThrottle } from './login-throttle.js';
import { SessionService } from './session.service.js';
import { SessionStrategy } from './session.strategy.js';
import { UserDocument, UserSchema } from './user.schema.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Accounts without their web side: what the seeding command needs too. */
@Module({
  imports: [MongooseModule.forFeature([{ name: UserDocument.name, schema: UserSchema }])],
  providers: [UsersRepository, UsersService],
  exports: [UsersService],
})
export class UsersModule {}

@Global()
@Module({
  imports: [
    AuditModule,
    UsersModule,
    PassportModule,
    MongooseModule.forFeature([{ name: DisplayTokenDocument.name, schema: DisplayTokenMongoSchema }]),
  ],
  controllers: [AuthController, DisplayTokensController],
  providers: [
    AccountPolicy,
    DisplayTokensService,
    IdentityService,
    LocalStrategy,
    LoginThrottle,
    RequestThrottle,
    SessionService,
    SessionStrategy,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountPolicy, DisplayTokensService, IdentityService, SessionService, UsersModule],
})
export class AuthModule {}
