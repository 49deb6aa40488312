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

/** Whoever sends limits has not seen those that are in force. */
export class LimitsChangedError extends DomainError {
  readonly code = 'limits_changed';
  readonly kind = 'outdated';

  /** @param since - who has set those in force, and when; without it they are the defaults */
  constructor(latheId: string, since?: { updatedBy: string; updatedAt: Date }) {
    const who = since
      ? `${since.updatedBy} has set others at ${since.updatedAt.toISOString()}`
      : 'they are the defaults';
    super(`Other limits of ${latheId} are in force than those that yours are made from: ${who}. Read them again.`);
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
