import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '#domain/contract/errors.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import type { PlanLibrary } from '#domain/machining/plan.js';
import type { SimulationRequest, SimulationResult } from '#domain/machining/simulate.js';
import type { RunAnswer, RunQuestion } from './simulation-run.js';

const THREAD = new URL('./simulation.thread.js', import.meta.url);
/** A day of machining at the finest step takes about a minute. */
const PATIENCE_MS = 180_000;
const MAX_WAITING = 16;

class TooManyRunsError extends DomainError {
  readonly code = 'too_many_runs';
  readonly kind = 'tooMany';
}

interface Waiting {
  resolve: (result: SimulationResult) => void;
  reject: (error: Error) => void;
}

/** Computes accelerated runs one after the other in a thread of their own, so that live frames keep their beat. */
@Injectable()
export class AcceleratedRuns implements OnApplicationShutdown {
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | undefined;
  private lastId = 0;

  /** @throws MachiningInputError, TooManyRunsError */
  run(request: SimulationRequest, library: PlanLibrary): Promise<SimulationResult> {
    if (this.waiting.size >= MAX_WAITING) throw new TooManyRunsError('Too many accelerated runs wait. Try again soon.');
    const id = ++this.lastId;
    const thread = this.thread ?? this.open();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void thread.terminate(), PATIENCE_MS);
      const settle = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          this.waiting.delete(id);
          then(value);
        };
      };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      thread.postMessage({ id, request, library } satisfies RunQuestion);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  private open(): Worker {
    const thread = new Worker(THREAD);
    thread.unref();
    thread.on('message', (answer: RunAnswer) => this.take(answer));
    let cause: Error | undefined;
    thread.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    thread.on('exit', () => {
      this.thread = undefined;
      for (const { reject } of this.waiting.values())
        reject(cause ?? new Error('the thread of accelerated runs ended'));
    });
    this.thread = thread;
    return thread;
  }

  private take(answer: RunAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (answer.kind === 'result') waiting?.resolve(answer.result);
    else if (answer.kind === 'refused') waiting?.reject(new MachiningInputError(answer.errors));
    else waiting?.reject(new Error(answer.stack));
  }
}
