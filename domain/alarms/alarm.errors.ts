import type { AlarmState } from '../contract/enums.js';
import { DomainError, type FieldError } from '../contract/errors.js';
import type { AlarmEventType } from './alarm-state.js';

/** The event does not apply to an alarm in this state. */
export class IllegalTransitionError extends DomainError {
  readonly code = 'illegal_transition';
  readonly kind = 'conflict';

  constructor(state: AlarmState, event: AlarmEventType) {
    super(`an alarm in state ${state} cannot be ${event}`);
  }
}

/** An alarm cannot be closed by hand while what caused it still holds. */
export class ConditionActiveError extends DomainError {
  readonly code = 'condition_active';
  readonly kind = 'conflict';

  constructor() {
    super('the condition that raised this alarm still holds; it can be acknowledged or shelved, not resolved');
  }
}

/** A history whose numbers or states do not follow each other. */
export class BrokenHistoryError extends DomainError {
  readonly code = 'broken_history';
  readonly kind = 'conflict';
}

/** A set of thresholds that contradicts itself. */
export class ThresholdsInvalidError extends DomainError {
  readonly code = 'thresholds_invalid';
  readonly kind = 'invalid';

  constructor(errors: FieldError[]) {
    super('these thresholds contradict each other', { errors });
  }
}
