import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { type ChainHead, GENESIS } from '#domain/audit/chain.js';
import type { AuditAct, AuditEntryDto } from '#domain/contract/audit.js';
import { isDuplicateKey } from '../common/duplicate-key.js';
import { AuditEntryDocument } from './audit-entry.schema.js';

export interface AuditFilter {
  from?: Date;
  to?: Date;
  actor?: string;
  act?: AuditAct;
}

const BATCH = 500;

@Injectable()
export class AuditRepository {
  constructor(@InjectModel(AuditEntryDocument.name) private readonly entries: Model<AuditEntryDocument>) {}

  async head(): Promise<ChainHead> {
    const last = await this.entries.findOne({}, { n: 1, hash: 1 }).sort({ n: -1 }).lean<AuditEntryDocument>().exec();
    return last ? { n: last.n, hash: last.hash } : GENESIS;
  }

  async has(id: string): Promise<boolean> {
    return (await this.entries.exists({ _id: id }).exec()) !== null;
  }

  /** Compare-and-set. @returns false where another writer has entered that number, or the same act, first */
  async append(entry: AuditEntryDto): Promise<boolean> {
    await this.entries.init(); // its unique index is what compares before it sets
    try {
      await this.entries.create(toDocument(entry));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Newest first. @param beforeN - entries before this one only */
  async page(filter: AuditFilter, limit: number, beforeN?: number): Promise<AuditEntryDto[]> {
    const { from, to, actor, act } = filter;
    const query: QueryFilter<AuditEntryDocument> = {};
    if (from || to) query.at = { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) };
    if (actor) query.actor = actor;
    if (act) query.act = act;
    if (beforeN !== undefined) query.n = { $lt: beforeN };
    const found = this.entries.find(query).sort({ n: -1 }).limit(limit);
    return (await found.lean<AuditEntryDocument[]>().exec()).map(fromDocument);
  }

  /** All entries up to `lastN` in their order. */
  async *walk(lastN: number): AsyncGenerator<AuditEntryDto> {
    let afterN = Number.NEGATIVE_INFINITY;
    for (;;) {
      const found = this.entries
        .find({ n: { $gt: afterN, $lte: lastN } })
        .sort({ n: 1 })
        .limit(BATCH);
      const batch = await found.lean<AuditEntryDocument[]>().exec();
      for (const document of batch) yield fromDocument(document);
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) return;
      afterN = last.n;
    }
  }
}

function toDocument({ id, at, details, ...rest }: AuditEntryDto): AuditEntryDocument {
  return { ...rest, _id: id, at: new Date(at), ...(details ? { details: JSON.stringify(details) } : {}) };
}

function fromDocument({ _id, at, details, ...rest }: AuditEntryDocument): AuditEntryDto {
  return { ...rest, id: _id, at: at.toISOString(), ...(details ? { details: parsed(details) } : {}) };
}

/** Text that is no JSON any more was altered; it must be seen as such, not stop the reader. */
function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}
