import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { NetTask, NetTrainer, NetWeights } from '#domain/prediction/training/net-task.js';
import type { NetAnswer } from './net.thread.js';

const MOST_THREADS = 4;

/** The training was called off. */
export class TrainingCancelledError extends Error {}

interface Order {
  task: NetTask;
  onEpoch: ((done: number) => void) | undefined;
  resolve: (weights: NetWeights) => void;
  reject: (error: Error) => void;
}

/** A thread and the net that it is busy with. */
interface Bench {
  thread: Worker;
  order: Order | null;
}

/** Trains nets in threads, as many at a time as there are processors. What a net becomes does not depend on their number. */
export class NetThreads implements NetTrainer {
  private readonly waiting: Order[] = [];
  private readonly benches = new Set<Bench>();
  private ended: Error | undefined;

  /** @param signal - ends all threads; nets that are not done are then refused with TrainingCancelledError */
  constructor(
    private readonly size = Math.min(MOST_THREADS, availableParallelism()),
    signal?: AbortSignal,
  ) {
    const cancel = () => void this.end(new TrainingCancelledError('The training was cancelled'));
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  }

  train(task: NetTask, onEpoch?: (done: number) => void): Promise<NetWeights> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.waiting.push({ task, onEpoch, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    await this.end(new TrainingCancelledError('The threads were closed'));
  }

  private next(): void {
    if (this.ended || this.waiting.length === 0) return;
    const bench = [...this.benches].find(({ order }) => order === null) ?? this.open();
    if (!bench) return;
    bench.order = this.waiting.shift() ?? null;
    if (bench.order) bench.thread.postMessage(bench.order.task);
  }

  private open(): Bench | undefined {
    if (this.benches.size >= this.size) return undefined;
    const bench: Bench = { thread: new Worker(new URL('./net.thread.js', import.meta.url)), order: null };
    this.benches.add(bench);
    let cause: Error | undefined;
    bench.thread.on('message', (answer: NetAnswer) => {
      if (answer.kind === 'epoch') return bench.order?.onEpoch?.(answer.done);
      bench.order?.resolve(answer.weights);
      bench.order = null;
      this.next();
    });
    bench.thread.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    bench.thread.on('exit', () => {
      this.benches.delete(bench);
      bench.order?.reject(this.ended ?? cause ?? new Error('a thread of the training ended'));
      this.next();
    });
    return bench;
  }

  private async end(why: Error): Promise<void> {
    this.ended ??= why;
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
    await Promise.all([...this.benches].map(({ thread }) => thread.terminate()));
  }
}
