import { parentPort } from 'node:worker_threads';
import { answerRun, type RunQuestion } from './simulation-run.js';

/** Entry of the thread in which accelerated runs are computed. */
parentPort?.on('message', (question: RunQuestion) => parentPort?.postMessage(answerRun(question)));
