import { DomainError, type ErrorKind, type FieldError } from '../contract/errors.js';

/** What can be wrong with a machining request. */
export type MachiningErrorCode =
  | 'not_a_number'
  | 'out_of_range'
  | 'missing_max_rpm'
  | 'bad_geometry'
  | 'machine_limit'
  | 'tool_unknown'
  | 'tool_mismatch'
  | 'tool_broken'
  | 'material_unknown'
  | 'not_formable'
  | 'job_type_unknown'
  | 'fault_unknown';

export interface MachiningFieldError extends FieldError {
  code: MachiningErrorCode;
}

/** A machining request that cannot be carried out. `code` is that of its first field error. */
export class MachiningInputError extends DomainError {
  override readonly kind: ErrorKind = 'invalid';
  override readonly code: MachiningErrorCode;
  declare readonly errors: MachiningFieldError[];

  /** @param errors - at least one */
  constructor(errors: MachiningFieldError[]) {
    super(errors[0]?.message ?? 'The machining request cannot be carried out', { errors });
    this.code = errors[0]?.code ?? 'out_of_range';
  }
}
