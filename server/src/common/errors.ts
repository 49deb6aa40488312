import { DomainError, type FieldError } from '#domain/contract/errors.js';

/** A request whose fields do not fit their schema. */
export class ValidationError extends DomainError {
  readonly code = 'validation_failed';
  readonly kind = 'invalid';

  constructor(errors: FieldError[]) {
    super(errors.map((error) => (error.path ? `${error.path}: ${error.message}` : error.message)).join('; '), {
      errors,
    });
  }
}

/** Something named in the address that is not there. */
export class NotFoundError extends DomainError {
  readonly kind = 'notFound';
  readonly code: string;

  constructor(what: string, id: string) {
    super(`There is no ${what} ${id}.`);
    this.code = `${what.replaceAll(' ', '_')}_not_found`;
  }
}

/** An engine that does not answer now; the same request may succeed later. */
export class UnavailableError extends DomainError {
  readonly code = 'unavailable';
  readonly kind = 'unavailable';
}
