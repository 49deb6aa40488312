import { DomainError } from '#domain/contract/errors.js';

export class LatheBusyError extends DomainError {
  readonly code = 'lathe_busy';
  readonly kind = 'conflict';

  constructor(latheId: string) {
    super(`${latheId} has a job. Wait for its end, stop it, or send "queue": true to be the next.`);
  }
}

export class LatheLockedError extends DomainError {
  readonly code = 'lathe_locked';
  readonly kind = 'conflict';

  constructor(latheId: string) {
    super(`${latheId} is locked by a critical alert until maintenance has been done.`);
  }
}

export class LatheInMaintenanceError extends DomainError {
  readonly code = 'lathe_in_maintenance';
  readonly kind = 'conflict';

  constructor(latheId: string, until: Date) {
    super(`${latheId} is in maintenance until ${until.toISOString()}.`);
  }
}

export class JobNotRunningError extends DomainError {
  readonly code = 'job_not_running';
  readonly kind = 'conflict';

  constructor(jobId: string, status: string) {
    super(`${jobId} does not run: ${status}.`);
  }
}

export class TooManyFaultsError extends DomainError {
  readonly code = 'too_many_faults';
  readonly kind = 'conflict';

  constructor(jobId: string, most: number) {
    super(`${jobId} has ${most} faults already. End one of them first.`);
  }
}
