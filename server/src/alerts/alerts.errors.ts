import { DomainError } from '#domain/contract/errors.js';

/** The same Idempotency-Key came with another request. */
export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'idempotency_key_reused';
  readonly kind = 'invalid';

  constructor() {
    super('This Idempotency-Key was sent with another request within the last 24 hours. Use a new key for a new act.');
  }
}

/** The first request with this Idempotency-Key has not been answered yet. */
export class IdempotencyKeyInUseError extends DomainError {
  readonly code = 'idempotency_key_in_use';
  readonly kind = 'conflict';

  constructor() {
    super('The first request with this Idempotency-Key is still being worked on. Send it again in a moment.');
  }
}

/** There is no lock to release. */
export class LatheNotLockedError extends DomainError {
  readonly code = 'lathe_not_locked';
  readonly kind = 'conflict';

  constructor(latheId: string) {
    super(`${latheId} is not locked.`);
  }
}
