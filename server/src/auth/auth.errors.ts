import { DomainError } from '#domain/contract/errors.js';

export class InvalidCredentialsError extends DomainError {
  readonly code = 'invalid_credentials';
  readonly kind = 'unauthorized';
  constructor() {
    super('User ID or password is wrong.');
  }
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'unauthenticated';
  readonly kind = 'unauthorized';
  constructor() {
    super('This address needs a signed-in user.');
  }
}

export class ForbiddenError extends DomainError {
  readonly code: string = 'forbidden';
  readonly kind = 'forbidden';
  constructor(message = 'Your role may not do this.') {
    super(message);
  }
}

export class CrossOriginError extends ForbiddenError {
  override readonly code = 'cross_origin';
  constructor() {
    super('A change must come from a page of this very address.');
  }
}

export class PasswordChangeRequiredError extends ForbiddenError {
  override readonly code = 'password_change_required';
  constructor() {
    super('Choose a new password first.');
  }
}

export class TooManyRequestsError extends DomainError {
  readonly code = 'too_many_requests';
  readonly kind = 'tooMany';
  constructor(
    message: string,
    readonly retryAfterS: number,
  ) {
    super(message);
  }
}

/** A start that would leave the door open; its message is one line for the person at the terminal. */
export class UnsafeAccountsError extends Error {}
