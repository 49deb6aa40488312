import { Worker } from 'node:worker_threads';
import { DomainError } from '#domain/contract/errors.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import type { Answer, Asked } from './computing-answer.js';

const MAX_WAITING = 16;

class TooManyRunsError extends DomainError {
  readonly code = 'too_many_runs';
  readonly kind = 'tooMany';
}

interface Waiting<Result> {
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

/**
 * Computes one question after the other in a thread of its own, so that live frames keep their beat. The thread opens with
 * the first question, and anew after one that has taken longer than the patience.
 */
export class ComputingThread<Question, Result> {
  private readonly waiting = new Map<number, Waiting<Result>>();
  private thread: Worker | undefined;
  private lastId = 0;

  /**
   * @param entry - module that answers messages with `answerTo`
   * @param patienceMs - after which the thread is given up with all that it was asked
   */
  constructor(
    private readonly entry: URL,
    private readonly patienceMs: number,
  ) {}

  /** @throws MachiningInputError, TooManyRunsError */
  ask(question: Question): Promise<Result> {
    if (this.waiting.size >= MAX_WAITING) throw new TooManyRunsError('Too many computations wait. Try again soon.');
    const id = ++this.lastId;
    const thread = this.thread ?? this.open();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void thread.terminate(), this.patienceMs);
      const settle = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          this.waiting.delete(id);
          then(value);
        };
      };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      thread.postMessage({ id, question } satisfies Asked<Question>);
    });
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private open(): Worker {
    const thread = new Worker(this.entry);
    thread.unref();
    thread.on('message', (answer: Answer<Result>) => this.take(answer));
    let cause: Error | undefined;
    thread.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    thread.on('exit', () => {
      this.thread = undefined;
      for (const { reject } of this.waiting.values()) reject(cause ?? new Error('the computing thread ended'));
    });
    this.thread = thread;
    return thread;
  }

  private take(answer: Answer<Result>): void {
    const waiting = this.waiting.get(answer.id);
    if (answer.kind === 'result') waiting?.resolve(answer.result);
    else if (answer.kind === 'refused') waiting?.reject(new MachiningInputError(answer.errors));
    else waiting?.reject(new Error(answer.stack));
  }
}
