import { SetMetadata } from '@nestjs/common';
import type { AuditAct } from '#domain/contract/audit.js';

export interface Audited {
  act: AuditAct;
  /** parameter of the address that names what the act is done to */
  param?: string;
  /** what it was done to, from the answer */
  subject?: (answer: never) => string;
  /** what the act came to: a repeated request that came to the same again leaves no second entry */
  once?: (answer: never) => string;
}

export const AUDITED = Symbol('audited');
export const NOT_AUDITED = Symbol('not audited');

/** A route whose every use that is not refused goes on record. */
export const Audited = <Answer>(
  act: AuditAct,
  about: Pick<Audited, 'param'> & { subject?: (answer: Answer) => string; once?: (answer: Answer) => string } = {},
) => SetMetadata(AUDITED, { act, ...about } as Audited);

/** A route that takes a body and changes nothing, or that keeps its own record. */
export const NotAudited = () => SetMetadata(NOT_AUDITED, true);
