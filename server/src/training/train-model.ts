import type { Dataset } from '#domain/prediction/dataset.js';
import type { Metrics, Model, Weights } from '#domain/prediction/model.js';
import { signalFamilies } from '#domain/prediction/signal-families.js';
import { evaluateClassifier } from '#domain/prediction/training/evaluate-classifier.js';
import { evaluateRegression } from '#domain/prediction/training/evaluate-regression.js';
import { featureEffects } from '#domain/prediction/training/feature-effects.js';
import type { NetTrainer } from '#domain/prediction/training/net-task.js';
import { trainClassifier } from '#domain/prediction/training/train-classifier.js';
import { trainRegression } from '#domain/prediction/training/train-regression.js';
import { classifierReport } from '../report/model/classifier-report.js';
import { regressionReport } from '../report/model/regression-report.js';
import { modelCard } from './model-card.js';
import type { ModelContent } from './model-folder.js';

export interface TrainingRequest {
  dataset: Dataset;
  /** SHA-256 of the data, hex */
  dataSha256: string;
  /** integer 0..2^32-1 */
  seed: number;
}

interface Trained {
  model: Model;
  weights: Weights;
  metrics: Metrics;
  /** HTML */
  report: string;
}

/** Trains, evaluates and describes a model. The same request gives the same content, byte for byte. */
export async function trainModel(
  { dataset, dataSha256, seed }: TrainingRequest,
  trainer: NetTrainer,
  onProgress?: (done: number) => void,
): Promise<ModelContent> {
  const train = dataset.layout.task === 'classification' ? classifier : regression;
  const trained = await train(dataset, seed, trainer, onProgress);
  return { ...trained, card: modelCard(trained.model, trained.metrics, dataSha256), dataSha256 };
}

async function classifier(
  dataset: Dataset,
  seed: number,
  trainer: NetTrainer,
  onProgress?: (done: number) => void,
): Promise<Trained> {
  const { model, weights, heldOut } = await trainClassifier(dataset, { seed, trainer, onProgress });
  const metrics = evaluateClassifier(dataset, heldOut, seed);
  const effects = featureEffects(dataset, model, weights, seed);
  return { model, weights, metrics, report: classifierReport({ dataset, model, metrics, heldOut, effects }) };
}

/** The columns of each family of signals are tried alone as well, so that it is known what they suffice for. */
async function regression(
  dataset: Dataset,
  seed: number,
  trainer: NetTrainer,
  onProgress?: (done: number) => void,
): Promise<Trained> {
  const families = signalFamilies(dataset);
  const part = (index: number) => (done: number) => onProgress?.((index + done) / (families.length + 1));
  const { model, weights, heldOut } = await trainRegression(dataset, { seed, trainer, onProgress: part(0) });
  const compared = [];
  for (const [i, family] of families.entries()) {
    const other = await trainRegression(family.dataset, { seed, trainer, onProgress: part(i + 1) });
    compared.push({ label: family.label, heldOut: other.heldOut });
  }
  const metrics = evaluateRegression(dataset, heldOut, compared, seed);
  return { model, weights, metrics, report: regressionReport({ dataset, model, metrics, heldOut }) };
}
