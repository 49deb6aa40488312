import { DomainError } from '#domain/contract/errors.js';

/** The receiver will not take this message, however often it is sent. */
export class RefusedError extends Error {}

export class TooManyChannelsError extends DomainError {
  readonly code = 'too_many_channels';
  readonly kind = 'conflict';
  constructor(most: number) {
    super(`There are ${most} channels already; remove one first.`);
  }
}

export class TooManyTestsError extends DomainError {
  readonly code = 'too_many_requests';
  readonly kind = 'tooMany';
  constructor(readonly retryAfterS: number) {
    super(`A channel is tested at most 5 times a minute. Try again in ${retryAfterS} s.`);
  }
}
