import { DomainError } from '#domain/contract/errors.js';

/** A model that reads other things than lathes tell. */
export class ModelNotForLathesError extends DomainError {
  readonly code = 'model_not_for_lathes';
  readonly kind = 'conflict';

  constructor(name: string, layout: string) {
    super(`${name} reads rows of the ${layout} layout. Lathes do not tell those, so it cannot judge them.`);
  }
}

/** There was no other model before the active one. */
export class NothingToRollBackError extends DomainError {
  readonly code = 'nothing_to_roll_back';
  readonly kind = 'conflict';

  constructor() {
    super('No other model was active before this one, so there is none to go back to.');
  }
}

/** Two models that do not answer the same question. */
export class NotComparableError extends DomainError {
  readonly code = 'models_not_comparable';
  readonly kind = 'conflict';
}

/** The plant has not seen enough failures to learn from. */
export class TooFewFailuresError extends DomainError {
  readonly code = 'too_few_failures';
  readonly kind = 'conflict';

  constructor(failures: number, needed: number) {
    super(
      `The plant's own history holds ${failures} failures with readings before them; ${needed} are needed to learn ` +
        'from. Train with generated histories meanwhile.',
    );
  }
}

/** One training at a time: they share the machine with the lathes. */
export class TrainingRunsError extends DomainError {
  readonly code = 'training_runs';
  readonly kind = 'conflict';

  constructor(trainingId: string) {
    super(`Training ${trainingId} is under way. Wait for it, or cancel it.`);
  }
}

export class TrainingOverError extends DomainError {
  readonly code = 'training_over';
  readonly kind = 'conflict';

  constructor(trainingId: string, state: string) {
    super(`Training ${trainingId} is over: it is ${state}.`);
  }
}
