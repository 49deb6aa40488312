import type { PlanLibrary } from '#domain/machining/plan.js';
import { type SimulationRequest, type SimulationResult, simulate } from '#domain/machining/simulate.js';
import { type Answer, type Asked, answerTo } from '../common/computing-answer.js';

export interface RunQuestion {
  request: SimulationRequest;
  library: PlanLibrary;
}

/** Computes one accelerated run. */
export function answerRun(asked: Asked<RunQuestion>): Answer<SimulationResult> {
  return answerTo(asked, ({ request, library }) => simulate(request, library));
}
