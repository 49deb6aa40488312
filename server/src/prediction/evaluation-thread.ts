import type { OnApplicationShutdown } from '@nestjs/common';
import { ComputingThread } from '../common/computing-thread.js';
import type { Evaluation, EvaluationQuestion } from './evaluation-run.js';

/** Making the set takes most of it. */
const PATIENCE_MS = 120_000;

/** Evaluates models apart from everything that ticks. */
export class EvaluationThread extends ComputingThread<EvaluationQuestion, Evaluation> implements OnApplicationShutdown {
  constructor(entry = new URL('./evaluation.thread.js', import.meta.url)) {
    super(entry, PATIENCE_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
