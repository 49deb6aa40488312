import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisteredModelDto } from '#domain/contract/prediction-model.js';
import { type Metrics, type Model, type Weights } from '#domain/prediction/model.js';
import {
  type LoadedModel,
  MODEL_FILES,
  type ModelContent,
  modelFiles,
  parseModelFiles,
} from '../training/model-folder.js';
import type { ModelDocument, ModelSummary } from './model.schema.js';
import type { StoredModel } from './models.repository.js';

export type ModelFiles = ModelDocument['files'];

/** A model as the store keeps it, but for when and by whom. */
export type ModelEntry = Pick<ModelDocument, 'name' | 'version' | 'summary' | 'sha256' | 'files'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A model folder that was read and found whole. */
export function entryOfFolder({ name, version, folder, model, metrics, manifest }: LoadedModel): ModelEntry {
  const files = [...Object.keys(manifest.files), MODEL_FILES.manifest].map((file) => ({
    name: file,
    text: readFileSync(join(folder, file), 'utf8'),
  }));
  return entryOf(name, version, files, summaryOf(model, metrics, manifest.data));
}

/** A model that this plant has trained. */
export function entryOfContent(name: string, version: string, content: ModelContent): ModelEntry {
  const files = Object.entries(modelFiles(content)).map(([file, text]) => ({ name: file, text }));
  return entryOf(name, version, files, summaryOf(content.model, content.metrics, content.dataSha256));
}

function entryOf(
  name: string,
  version: string,
  files: ModelFiles,
  summary: Omit<ModelSummary, 'hasReport'>,
): ModelEntry {
  const manifest = files.find((file) => file.name === MODEL_FILES.manifest)?.text ?? '';
  const hasReport = files.some((file) => file.name === MODEL_FILES.report && file.text !== '');
  return { name, version, summary: { ...summary, hasReport }, sha256: sha256(manifest), files };
}

function summaryOf(model: Model, metrics: Metrics, dataSha256: string): Omit<ModelSummary, 'hasReport'> {
  const { layout, target, inputs, classification, seed } = model;
  return {
    layout,
    task: classification ? 'classification' : 'regression',
    target,
    forLathes: layout === 'histories' && classification !== null,
    threshold: classification?.threshold ?? null,
    inputs: inputs.map(({ name, label, unit }) => ({ name, label, unit })),
    modes: classification?.modes.map(({ name, label }) => ({ name, label })) ?? [],
    dataSha256,
    seed,
    metrics,
  };
}

/** @throws ModelFileError where what is stored is not whole */
export function readEntry({ name, version, files }: Pick<ModelDocument, 'name' | 'version' | 'files'>): {
  model: Model;
  weights: Weights;
} {
  const texts = Object.fromEntries(files.map((file) => [file.name, file.text]));
  return parseModelFiles(texts, `model ${name} ${version}`);
}

export function fileOf({ files }: Pick<ModelDocument, 'files'>, name: string): string | null {
  return files.find((file) => file.name === name)?.text ?? null;
}

export function toModelDto(
  { name, version, source, registeredAt, trainedBy, summary, sha256, activeSince, challengerSince }: StoredModel,
  active: StoredModel | null,
): RegisteredModelDto {
  const isActive = active?.name === name && active.version === version;
  return {
    name,
    version,
    source,
    ...summary,
    active: isActive,
    ...(isActive && activeSince ? { activeSince: activeSince.toISOString() } : {}),
    challenger: challengerSince !== undefined && !isActive,
    registeredAt: registeredAt.toISOString(),
    ...(trainedBy === undefined ? {} : { trainedBy }),
    sha256,
  };
}
