import { DomainError } from '../contract/errors.js';

/** Data that no model can or may be trained on; `errors` name row and column of what is wrong. */
export class TrainingDataError extends DomainError {
  readonly code = 'training_data_invalid';
  readonly kind = 'invalid';
}

/** Rows that a model cannot judge; `errors` name row and column of what is wrong. */
export class PredictionInputError extends DomainError {
  readonly code = 'prediction_input_invalid';
  readonly kind = 'invalid';
}

/** Files that are not a whole and sound model. */
export class ModelFileError extends DomainError {
  readonly code = 'model_invalid';
  readonly kind = 'invalid';
}
