import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuditController } from './audit.controller.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { AuditRepository } from './audit.repository.js';
import { AuditChain } from './audit-chain.js';
import { AuditEntryDocument, AuditEntryMongoSchema } from './audit-entry.schema.js';
import { AuditTrail } from './audit-trail.js';

/** What people do goes on record: noting it, chaining it, reading it. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: AuditEntryDocument.name, schema: AuditEntryMongoSchema }])],
  controllers: [AuditController],
  providers: [AuditTrail, AuditRepository, AuditChain, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
  exports: [AuditTrail],
})
export class AuditModule {}
