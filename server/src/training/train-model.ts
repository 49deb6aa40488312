import type { Dataset } from '#domain/prediction/dataset.js';
import { evaluateClassifier } from '#domain/prediction/training/evaluate-classifier.js';
import type { NetTrainer } from '#domain/prediction/training/net-task.js';
import { trainClassifier } from '#domain/prediction/training/train-classifier.js';
import { modelCard } from './model-card.js';
import type { ModelContent } from './model-folder.js';

export interface TrainingRequest {
  dataset: Dataset;
  /** SHA-256 of the data, hex */
  dataSha256: string;
  /** integer 0..2^32-1 */
  seed: number;
}

/** Trains, evaluates and describes a model. The same request gives the same content, byte for byte. */
export async function trainModel(
  { dataset, dataSha256, seed }: TrainingRequest,
  trainer: NetTrainer,
  onProgress?: (done: number) => void,
): Promise<ModelContent> {
  const { model, weights, heldOut } = await trainClassifier(dataset, { seed, trainer, onProgress });
  const metrics = evaluateClassifier(dataset, heldOut, seed);
  return { model, weights, metrics, card: modelCard(model, metrics, dataSha256), report: '', dataSha256 };
}
