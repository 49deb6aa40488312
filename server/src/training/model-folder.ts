import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Classifier } from '#domain/prediction/classifier.js';
import {
  type Manifest,
  ManifestSchema,
  type Metrics,
  MetricsSchema,
  MODEL_FORMAT,
  type Model,
  ModelSchema,
  type Weights,
  WeightsSchema,
} from '#domain/prediction/model.js';
import { ModelFileError } from '#domain/prediction/prediction.errors.js';
import { Regressor } from '#domain/prediction/regressor.js';

export const MODEL_FILES = {
  model: 'model.json',
  weights: 'weights.json',
  metrics: 'metrics.json',
  card: 'README.md',
  /** self-contained HTML, in folders that have one */
  report: 'report.html',
  manifest: 'manifest.json',
} as const;

/** Largest file that counts as part of a model, bytes. */
const LARGEST_FILE = 64 * 2 ** 20;

/** What a training hands over; nothing in it tells name, version or time, so that equal trainings give equal bytes. */
export interface ModelContent {
  model: Model;
  weights: Weights;
  metrics: Metrics;
  /** Markdown */
  card: string;
  /** self-contained HTML */
  report: string;
  /** SHA-256 of the training data, hex */
  dataSha256: string;
}

export interface LoadedModel {
  name: string;
  version: string;
  folder: string;
  model: Model;
  weights: Weights;
  metrics: Metrics;
  card: string;
  manifest: Manifest;
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** JSON with one array of numbers to a line. */
function toJson(value: unknown): string {
  const text = JSON.stringify(value, null, 1);
  return `${text.replace(/\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, '')}]`)}\n`;
}

/** The files of a model by their names, manifest included. */
export function modelFiles(content: ModelContent): Record<string, string> {
  const files: Record<string, string> = {
    [MODEL_FILES.model]: toJson(content.model),
    [MODEL_FILES.weights]: toJson(content.weights),
    [MODEL_FILES.metrics]: toJson(content.metrics),
    [MODEL_FILES.card]: content.card,
    [MODEL_FILES.report]: content.report,
  };
  const manifest: Manifest = {
    format: MODEL_FORMAT,
    data: content.dataSha256,
    seed: content.model.seed,
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)])),
  };
  return { ...files, [MODEL_FILES.manifest]: toJson(manifest) };
}

/** Versions in a model's folder, newest last: whole numbers counted up from 1. */
export function versionsIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).filter((name) => /^[1-9]\d{0,8}$/.test(name));
  return versions.map(Number).sort((a, b) => a - b);
}

/** Writes the next version of a model below `models`; a folder appears whole or not at all. @returns the new folder */
export function writeModelVersion(models: string, name: string, files: Readonly<Record<string, string>>): string {
  const family = join(models, name);
  mkdirSync(family, { recursive: true });
  const draft = join(family, `.draft-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(draft, file), text);
    const folder = join(family, String((versionsIn(family).at(-1) ?? 0) + 1));
    renameSync(draft, folder);
    return folder;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The newest version's folder. @throws ModelFileError where there is none */
export function newestVersion(models: string, name: string): string {
  const family = join(models, name);
  const newest = versionsIn(family).at(-1);
  if (newest === undefined) {
    const known = existsSync(models)
      ? readdirSync(models).filter((entry) => versionsIn(join(models, entry)).length > 0)
      : [];
    throw new ModelFileError(`There is no model ${name} in ${models}. There is: ${known.join(', ') || 'none'}`);
  }
  return join(family, String(newest));
}

/**
 * Reads a model strictly: every file there, unchanged since it was written, of the right shape, weights that fit.
 * @param path - the model's folder, or any file in it
 * @throws ModelFileError telling the file and what is wrong with it
 */
export function readModelFolder(path: string): LoadedModel {
  const folder = folderOf(path);
  const manifest = parseFile(folder, MODEL_FILES.manifest, readText(folder, MODEL_FILES.manifest), ManifestSchema);
  const text = (file: string): string => {
    const wanted = manifest.files[file];
    if (!wanted) throw new ModelFileError(`${join(folder, MODEL_FILES.manifest)}: does not list ${file}`);
    const content = readText(folder, file);
    if (sha256(content) !== wanted) {
      throw new ModelFileError(`${join(folder, file)}: was changed after the model was written (SHA-256 differs)`);
    }
    return content;
  };
  const model = parseFile(folder, MODEL_FILES.model, text(MODEL_FILES.model), ModelSchema);
  const weights = parseFile(folder, MODEL_FILES.weights, text(MODEL_FILES.weights), WeightsSchema);
  const metrics = parseFile(folder, MODEL_FILES.metrics, text(MODEL_FILES.metrics), MetricsSchema);
  requireFit(folder, model, weights);
  return {
    name: basename(dirname(folder)),
    version: basename(folder),
    folder,
    model,
    weights,
    metrics,
    card: text(MODEL_FILES.card),
    manifest,
  };
}

/** The same strictness for a model that is kept elsewhere than in a folder. @param files - text by file name @throws ModelFileError */
export function parseModelFiles(
  files: Readonly<Record<string, string>>,
  where: string,
): Pick<LoadedModel, 'model' | 'weights' | 'metrics'> {
  const text = (file: string): string => {
    const content = files[file];
    if (content === undefined) throw new ModelFileError(`${where}: has no ${file}`);
    return content;
  };
  const model = parseFile(where, MODEL_FILES.model, text(MODEL_FILES.model), ModelSchema);
  const weights = parseFile(where, MODEL_FILES.weights, text(MODEL_FILES.weights), WeightsSchema);
  const metrics = parseFile(where, MODEL_FILES.metrics, text(MODEL_FILES.metrics), MetricsSchema);
  requireFit(where, model, weights);
  return { model, weights, metrics };
}

function requireFit(where: string, model: Model, weights: Weights): void {
  try {
    if (model.classification) new Classifier(model, weights);
    else new Regressor(model, weights);
  } catch (error) {
    if (error instanceof ModelFileError) throw new ModelFileError(`${where}: ${error.message}`, { cause: error });
    throw error;
  }
}

function folderOf(path: string): string {
  const full = resolve(path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found) throw new ModelFileError(`${full}: there is no such model folder or file`);
  return found.isDirectory() ? full : dirname(full);
}

function readText(folder: string, file: string): string {
  const path = join(folder, file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new ModelFileError(`${path}: is missing, so this is no whole model`);
  if (found.size > LARGEST_FILE) throw new ModelFileError(`${path}: is larger than ${LARGEST_FILE} bytes`);
  return readFileSync(path, 'utf8');
}

function parseFile<T>(folder: string, file: string, text: string, schema: z.ZodType<T>): T {
  const path = join(folder, file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ModelFileError(`${path}: is not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path: at, message }) => ({ path: at.join('.'), message }));
  const [first] = errors;
  throw new ModelFileError(`${path}: ${first?.path || 'the file'}: ${first?.message}`, { errors });
}
