import { type MachiningFieldError, MachiningInputError } from '#domain/machining/errors.js';
import type { PlanLibrary } from '#domain/machining/plan.js';
import { type SimulationRequest, type SimulationResult, simulate } from '#domain/machining/simulate.js';

/** What crosses the border of the thread: plain data both ways. */
export interface RunQuestion {
  id: number;
  request: SimulationRequest;
  library: PlanLibrary;
}

export type RunAnswer = { id: number } & (
  | { kind: 'result'; result: SimulationResult }
  | { kind: 'refused'; errors: MachiningFieldError[] }
  | { kind: 'failed'; stack: string }
);

/** Computes one run; whatever goes wrong becomes part of the answer. */
export function answerRun({ id, request, library }: RunQuestion): RunAnswer {
  try {
    return { id, kind: 'result', result: simulate(request, library) };
  } catch (error) {
    if (error instanceof MachiningInputError) return { id, kind: 'refused', errors: error.errors };
    return { id, kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
