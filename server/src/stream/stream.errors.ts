import { DomainError } from '#domain/contract/errors.js';

export class UnknownLatheError extends DomainError {
  readonly code = 'lathe_not_found';
  readonly kind = 'notFound';
  constructor(id: string) {
    super(`There is no lathe ${id}.`);
  }
}
