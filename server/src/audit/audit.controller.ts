import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import {
  type AuditEntryDto,
  AuditEntrySchema,
  AuditQuerySchema,
  type AuditVerdict,
  AuditVerdictSchema,
} from '#domain/contract/audit.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { Roles } from '../auth/roles.decorator.js';
import { ValidationError } from '../common/errors.js';
import { schemaOf } from '../common/openapi.js';
import { AuditRepository } from './audit.repository.js';
import { AuditChain } from './audit-chain.js';

const CursorSchema = z.coerce.number().int().min(1);

@Controller('api/audit')
@Roles('manager')
export class AuditController {
  constructor(
    private readonly entries: AuditRepository,
    private readonly chain: AuditChain,
  ) {}

  /** The newest first; what was done before the request is in it. */
  @Get()
  @ApiResponse({ status: 200, schema: schemaOf(pageOf(AuditEntrySchema)) })
  async list(
    @Query({ schema: AuditQuerySchema }) query: z.output<typeof AuditQuerySchema>,
  ): Promise<Page<AuditEntryDto>> {
    await this.chain.catchUp();
    const { limit, from, to, actor, act } = query;
    const filter = {
      ...(from ? { from: new Date(from) } : {}),
      ...(to ? { to: new Date(to) } : {}),
      ...(actor ? { actor } : {}),
      ...(act ? { act } : {}),
    };
    const found = await this.entries.page(filter, limit + 1, beforeN(query.cursor));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(found.length > limit && last ? { nextCursor: String(last.n) } : {}) };
  }

  @Get('verify')
  @ApiResponse({ status: 200, schema: schemaOf(AuditVerdictSchema) })
  async verify(): Promise<AuditVerdict> {
    await this.chain.catchUp();
    return this.chain.verify();
  }
}

function beforeN(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const parsed = CursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ValidationError([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  return parsed.data;
}
