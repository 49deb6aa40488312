import { parentPort } from 'node:worker_threads';
import type { NetTask, NetWeights } from '#domain/prediction/training/net-task.js';
import { trainBrainNet } from './brain-net.js';

export type NetAnswer = { kind: 'epoch'; done: number } | { kind: 'trained'; weights: NetWeights };

/** Entry of a thread that trains one net at a time; an error ends the thread. */
parentPort?.on('message', (task: NetTask) => {
  const weights = trainBrainNet(task, (done) => parentPort?.postMessage({ kind: 'epoch', done } satisfies NetAnswer));
  parentPort?.postMessage({ kind: 'trained', weights } satisfies NetAnswer);
});
