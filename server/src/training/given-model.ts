import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type LoadedModel, newestVersion, readModelFolder } from './model-folder.js';
import { modelName } from './train.options.js';

/**
 * The model that `--model` names: a model folder or a file in it, else the newest version of that name below models/.
 * @throws OptionError, ModelFileError
 */
export function readGivenModel(text: string): LoadedModel {
  const folder = resolve(text);
  return readModelFolder(existsSync(folder) ? folder : newestVersion(resolve('models'), modelName(text, '--model')));
}
