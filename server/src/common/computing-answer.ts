import { type MachiningFieldError, MachiningInputError } from '#domain/machining/errors.js';

/** What crosses the border of a computing thread: plain data both ways. */
export interface Asked<Question> {
  id: number;
  question: Question;
}

export type Answer<Result> = { id: number } & (
  | { kind: 'result'; result: Result }
  | { kind: 'refused'; errors: MachiningFieldError[] }
  | { kind: 'failed'; stack: string }
);

/** Computes one answer; whatever goes wrong becomes part of it. */
export function answerTo<Question, Result>(
  { id, question }: Asked<Question>,
  compute: (question: Question) => Result,
): Answer<Result> {
  try {
    return { id, kind: 'result', result: compute(question) };
  } catch (error) {
    if (error instanceof MachiningInputError) return { id, kind: 'refused', errors: error.errors };
    return { id, kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
