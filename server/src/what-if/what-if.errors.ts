import { DomainError } from '#domain/contract/errors.js';

/** Nothing runs that could be compared with. */
export class NoRunningJobError extends DomainError {
  readonly code = 'no_running_job';
  readonly kind = 'conflict';

  constructor(latheId: string) {
    super(`No job runs on ${latheId}. Start one, then ask what would happen if it ran otherwise.`);
  }
}
