import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Catalogue } from './storage/catalogue.js';
import { copyTables, DATA_FILE, Engine } from './storage/engine.js';
import { listenOnSocket, lockPathFor, socketPathIn } from './wire/listen.js';

/** Where a data folder keeps its tables. */
export const tablesIn = (directory: string) => join(directory, 'data');

/** What a maintenance command cannot do, in words for its user. */
export class MaintenanceError extends Error {}

/**
 * Copies the store into one file, consistently, also while a server is running on it.
 * @returns bytes of the copy
 */
export async function backup(dataDir: string, file: string): Promise<number> {
  const tables = tablesIn(resolve(dataDir));
  if (!existsSync(join(tables, DATA_FILE))) throw new MaintenanceError(`there is no store in ${dataDir}`);
  return compactInto(tables, resolve(file));
}

/** Puts a backup in the place of a store's data. @throws MaintenanceError when there is data already and `force` is not given */
export async function restore(dataDir: string, file: string, force: boolean): Promise<void> {
  const directory = resolve(dataDir);
  const source = resolve(file);
  if (!existsSync(source)) throw new MaintenanceError(`${file} does not exist`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  await alone(directory, async () => {
    const target = join(tablesIn(directory), DATA_FILE);
    if (existsSync(target) && !force) throw new MaintenanceError(`there is data in ${dataDir}; --force replaces it`);
    const incoming = mkdtempSync(join(directory, 'restore-'));
    try {
      copyFileSync(source, join(incoming, DATA_FILE));
      await checkReadable(incoming, file);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(incoming, DATA_FILE), target);
    } finally {
      rmSync(incoming, { recursive: true, force: true });
    }
  });
}

/** Gives unused space back to the disk. @returns bytes before and after */
export async function compact(dataDir: string): Promise<{ before: number; after: number }> {
  const directory = resolve(dataDir);
  const target = join(tablesIn(directory), DATA_FILE);
  if (!existsSync(target)) throw new MaintenanceError(`there is no store in ${dataDir}`);
  return alone(directory, async () => {
    const before = statSync(target).size;
    const after = await compactInto(tablesIn(directory), target);
    return { before, after };
  });
}

/** Writes the copy beside its place first, so that a failure leaves what was there. */
async function compactInto(tables: string, file: string): Promise<number> {
  const beside = mkdtempSync(join(dirname(file), '.copy-'));
  try {
    await copyTables(tables, beside);
    renameSync(join(beside, DATA_FILE), file);
    return statSync(file).size;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Runs `work` while no server can have the folder. @throws FolderInUseError when one has it */
async function alone<R>(directory: string, work: () => Promise<R>): Promise<R> {
  const lock = await listenOnSocket(socketPathIn(directory) ?? lockPathFor(directory), (socket) => socket.destroy());
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/** The mark at the start of every LMDB file; LMDB itself must not be shown anything else. */
const MAGIC = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);

async function checkReadable(tables: string, file: string): Promise<void> {
  const head = Buffer.alloc(64);
  const descriptor = openSync(join(tables, DATA_FILE), 'r');
  readSync(descriptor, head);
  closeSync(descriptor);
  if (!head.includes(MAGIC)) throw new MaintenanceError(`${file} is no backup of a store`);
  let engine: Engine | undefined;
  try {
    engine = new Engine(tables);
    new Catalogue(engine).all();
  } catch (error) {
    throw new MaintenanceError(`${file} is no backup of a store`, { cause: error });
  } finally {
    await engine?.close();
  }
}
