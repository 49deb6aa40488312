import { resolve } from 'node:path';
import { LiveModel } from '#domain/prediction/live-model.js';
import { ModelFileError } from '#domain/prediction/prediction.errors.js';
import { ConfigError } from '../config/settings.js';
import { type LoadedModel, readModelFolder } from '../training/model-folder.js';

/**
 * The model that ML_MODEL_PATH names.
 * @param base - folder that a relative path is seen from
 * @throws ConfigError with one line where it cannot judge lathes
 */
export function readStartModel(path: string | undefined, base = process.cwd()): LoadedModel | null {
  if (path === undefined) return null;
  try {
    const loaded = readModelFolder(resolve(base, path));
    new LiveModel(loaded.name, loaded.version, loaded.model, loaded.weights);
    return loaded;
  } catch (error) {
    if (error instanceof ModelFileError) throw new ConfigError([`ML_MODEL_PATH: ${error.message}`]);
    throw error;
  }
}
