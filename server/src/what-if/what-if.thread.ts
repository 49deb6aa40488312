import { parentPort } from 'node:worker_threads';
import { answerWhatIf } from './what-if-run.js';

/** Entry of the thread in which what-ifs are computed. */
parentPort?.on('message', (asked: Parameters<typeof answerWhatIf>[0]) => parentPort?.postMessage(answerWhatIf(asked)));
