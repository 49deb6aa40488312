import { parentPort } from 'node:worker_threads';
import { answerEvaluation } from './evaluation-run.js';

/** Entry of the thread in which models are evaluated. */
parentPort?.on('message', (asked: Parameters<typeof answerEvaluation>[0]) =>
  parentPort?.postMessage(answerEvaluation(asked)),
);
