import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PlanLibrary } from '#domain/machining/plan.js';
import type { SimulationRequest, SimulationResult } from '#domain/machining/simulate.js';
import { ComputingThread } from '../common/computing-thread.js';
import type { RunQuestion } from './simulation-run.js';

/** A day of machining at the finest step takes about a minute. */
const PATIENCE_MS = 180_000;

/** Computes accelerated runs one after the other in a thread of their own. */
@Injectable()
export class AcceleratedRuns implements OnApplicationShutdown {
  private readonly thread = new ComputingThread<RunQuestion, SimulationResult>(
    new URL('./simulation.thread.js', import.meta.url),
    PATIENCE_MS,
  );

  /** @throws MachiningInputError, TooManyRunsError */
  run(request: SimulationRequest, library: PlanLibrary): Promise<SimulationResult> {
    return this.thread.ask({ request, library });
  }

  onApplicationShutdown(): Promise<void> {
    return this.thread.close();
  }
}
