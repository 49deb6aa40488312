import { toCommandError } from '../errors.js';
import type { Store } from './store.js';

/**
 * What a command yields where it may be kept waiting. Reads go on anywhere; other writers only at `'unlocked'`, where the
 * command looks at everything anew when its turn comes again.
 */
export type Pause = 'unlocked' | undefined;

interface Task {
  readonly work: Generator<Pause, unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Settled {
  readonly task: Task;
  /** Not finished, but others may write before it goes on. */
  readonly unlocked?: true;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Longest time for which one command keeps all others waiting. */
const SLICE_MS = 12;

/**
 * Runs commands step by step on the one thread. Reads take turns. Writers that wait at the same time share one transaction,
 * and each hears of success only when that transaction is on disk.
 */
export class Executor {
  private readonly writers: Task[] = [];
  private pumping = false;

  constructor(private readonly store: Store) {}

  async read<R>(work: Generator<Pause, R>): Promise<R> {
    for (;;) {
      const until = performance.now() + SLICE_MS;
      do {
        for (let step = 0; step < 16; step++) {
          const { value, done } = work.next();
          if (done) return value;
        }
      } while (performance.now() < until);
      await nextTurn();
    }
  }

  write<R>(work: Generator<Pause, R>): Promise<R> {
    return new Promise((resolve, reject) => {
      this.writers.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (!this.pumping) void this.pump();
    });
  }

  /** Resolves when no write is under way. */
  async idle(): Promise<void> {
    while (this.pumping) await nextTurn();
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    while (this.writers.length > 0) {
      await nextTurn();
      this.runSlice();
    }
    this.pumping = false;
  }

  /** One transaction: the waiting writers in turn, until all are done or the time is up. */
  private runSlice(): void {
    const settled: Settled[] = [];
    const stepped: Task[] = [];
    try {
      this.store.engine.transaction(() => {
        const until = performance.now() + SLICE_MS;
        while (this.writers.length > 0 && performance.now() < until) {
          const task = this.writers[0]!;
          stepped.push(task);
          const outcome = this.stepUntil(task, until);
          if (!outcome) break;
          this.writers.shift();
          if (outcome.unlocked) this.writers.push(task);
          else settled.push(outcome);
        }
      });
    } catch (error) {
      this.rolledBack(stepped, error);
      return;
    }
    for (const { task, result, error } of settled) {
      if (error === undefined) task.resolve(result);
      else task.reject(error);
    }
  }

  /** Errors that a command means to answer with leave the transaction as it is: commands check before they write. */
  private stepUntil(task: Task, until: number): Settled | undefined {
    try {
      for (;;) {
        const { value, done } = task.work.next();
        if (done) return { task, result: value };
        if (performance.now() >= until) return value === 'unlocked' ? { task, unlocked: true } : undefined;
      }
    } catch (error) {
      if (toCommandError(error) !== error) throw error;
      return { task, error };
    }
  }

  /** Nothing of this slice was written: all who took part hear of it, and the counters in memory are read again. */
  private rolledBack(stepped: readonly Task[], error: unknown): void {
    const unfinished = new Set(stepped);
    for (let i = this.writers.length - 1; i >= 0; i--) if (unfinished.has(this.writers[i]!)) this.writers.splice(i, 1);
    this.store.catalogue.load();
    for (const task of unfinished) task.reject(toCommandError(error));
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
