/** What a fault of the request is; the HTTP filter maps each kind to one status. */
export type ErrorKind =
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'tooMany'
  | 'unavailable'
  | 'outdated';

/** One fault of one field: `path` in dotted form, `message` with value and allowed range, `code` where the field has its own. */
export interface FieldError {
  path: string;
  message: string;
  code?: string;
}

/** A refusal that a caller can act on. Clients and tests match on `code`, never on the message. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  readonly errors?: FieldError[];

  constructor(message: string, options?: { cause?: unknown; errors?: FieldError[] }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    if (options?.errors) this.errors = options.errors;
  }
}
