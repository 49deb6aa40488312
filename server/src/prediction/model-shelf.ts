import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModelFileError } from '#domain/prediction/prediction.errors.js';
import { AppConfig } from '../config/config.js';
import { MODEL_FILES, readModelFolder, versionsIn } from '../training/model-folder.js';
import { ModelsRepository } from './models.repository.js';
import { entryOfFolder, type ModelEntry } from './registered-model.js';
import { readStartModel } from './start-model.js';

/** Folder of the shipped models. */
export const MODELS_FOLDER = Symbol('models folder');
/** The model that a new plant begins with. */
const FIRST_ACTIVE = 'lathe';

/** Takes models from folders into the store, and chooses the active one of a new plant. */
@Injectable()
export class ModelShelf {
  private readonly logger = new Logger(ModelShelf.name);

  constructor(
    private readonly models: ModelsRepository,
    private readonly config: AppConfig,
    @Inject(MODELS_FOLDER) private readonly folder: string,
  ) {}

  /** Every process does this at its start; what is there already stays as it is. */
  async fill(): Promise<void> {
    const known = new Map((await this.models.list()).map((model) => [`${model.name} ${model.version}`, model]));
    for (const { name, version, path } of this.shipped()) {
      const stored = known.get(`${name} ${version}`);
      if (stored && stored.sha256 === manifestSha256(path)) continue;
      await this.take(path, stored !== undefined && stored.source === 'shipped');
    }
    await this.takeStartModel();
    if (!(await this.models.active())) await this.activateFirst();
  }

  private *shipped(): Generator<{ name: string; version: string; path: string }> {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder).sort()) {
      for (const version of versionsIn(join(this.folder, name))) {
        yield { name, version: String(version), path: join(this.folder, name, String(version)) };
      }
    }
  }

  private async take(path: string, isKnown: boolean): Promise<void> {
    try {
      const entry = entryOfFolder(readModelFolder(path));
      const model = { ...entry, source: 'shipped' as const, registeredAt: new Date() };
      if (isKnown) await this.models.replace(model);
      else await this.models.add(model);
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      this.logger.error(`A shipped model is left out: ${error.message}`);
    }
  }

  /** Activates what ML_MODEL_PATH names, unless a person has decided otherwise since the plant was started. */
  private async takeStartModel(): Promise<void> {
    const loaded = readStartModel(this.config.mlModelPath);
    if (!loaded) return;
    const entry = await this.place(entryOfFolder(loaded));
    const startedAt = this.config.plantStartedAt;
    const active = await this.models.active();
    if (active?.name === entry.name && active.version === entry.version) return;
    const own = await this.models.find(entry.name, entry.version);
    const decidedAt = Math.max(active?.activeSince?.getTime() ?? 0, own?.takenBackAt?.getTime() ?? 0);
    if (decidedAt >= startedAt.getTime()) return;
    await this.models.activate(entry.name, entry.version, startedAt);
    this.logger.log(`Model ${entry.name} ${entry.version} is active, as ML_MODEL_PATH says`);
  }

  /** @returns the entry as it stands in the store: under another version where its own is taken by other content */
  private async place(entry: ModelEntry): Promise<ModelEntry> {
    const asStored = { ...entry, source: 'path' as const, registeredAt: new Date() };
    if (await this.models.add(asStored)) return entry;
    const stored = await this.models.find(entry.name, entry.version);
    if (stored?.sha256 === entry.sha256) return entry;
    const renamed = { ...asStored, version: `${entry.version}-${entry.sha256.slice(0, 8)}` };
    await this.models.add(renamed);
    return renamed;
  }

  private async activateFirst(): Promise<void> {
    const candidates = (await this.models.list()).filter(
      ({ name, source, summary }) => name === FIRST_ACTIVE && source === 'shipped' && summary.forLathes,
    );
    const newest = candidates.sort((a, b) => Number(b.version) - Number(a.version))[0];
    if (newest) await this.models.activate(newest.name, newest.version, new Date());
  }
}

function manifestSha256(folder: string): string | null {
  const path = join(folder, MODEL_FILES.manifest);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path, 'utf8')).digest('hex') : null;
}
