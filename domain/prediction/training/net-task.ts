import type { Weights } from '../model.js';

export type NetWeights = Weights['nets'][number];

/** A net to train: plain data, so that it can cross into a thread. */
export interface NetTask {
  /** features, row after row, `sizes[0]` each */
  inputs: Float32Array;
  /** wanted outputs 0..1, row after row, `sizes.at(-1)` each */
  outputs: Float32Array;
  /** how often each row is shown in an epoch */
  repeats: Uint8Array;
  sizes: number[];
  epochs: number;
  /** at the start; falls along a cosine */
  learningRate: number;
  /** integer 0..2^32-1 that decides first weights and order */
  seed: number;
}

/** Trains nets; several may run side by side, and each result depends on its task alone. */
export interface NetTrainer {
  /** @param onEpoch - called with each finished epoch's share of the task, 0..1 */
  train(task: NetTask, onEpoch?: (done: number) => void): Promise<NetWeights>;
}
