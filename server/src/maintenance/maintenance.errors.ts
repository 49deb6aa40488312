import { DomainError } from '#domain/contract/errors.js';

export class MaintenanceOverlapError extends DomainError {
  readonly code = 'maintenance_overlap';
  readonly kind = 'conflict';

  constructor(latheId: string, start: Date, end: Date) {
    super(`${latheId} has maintenance from ${start.toISOString()} to ${end.toISOString()} already.`);
  }
}

export class LatheBusyForMaintenanceError extends DomainError {
  readonly code = 'lathe_busy';
  readonly kind = 'conflict';

  constructor(latheId: string, jobId: string) {
    super(`${latheId} works on ${jobId}. Stop the job or plan the maintenance for later.`);
  }
}

export class UnknownToolError extends DomainError {
  readonly code = 'tool_unknown';
  readonly kind = 'invalid';

  constructor(toolNo: number) {
    super(`There is no tool ${toolNo}.`, {
      errors: [{ path: 'replaceTool', message: `there is no tool ${toolNo}`, code: 'tool_unknown' }],
    });
  }
}

export class StartInPastError extends DomainError {
  readonly code = 'start_in_past';
  readonly kind = 'invalid';

  constructor() {
    super('Maintenance cannot start in the past.', {
      errors: [{ path: 'start', message: 'must not be in the past', code: 'start_in_past' }],
    });
  }
}
