import { parentPort } from 'node:worker_threads';
import { answerRun } from './simulation-run.js';

/** Entry of the thread in which accelerated runs are computed. */
parentPort?.on('message', (asked: Parameters<typeof answerRun>[0]) => parentPort?.postMessage(answerRun(asked)));
