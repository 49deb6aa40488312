import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { documentOf, T, Value } from '../bson/value.js';
import { CommandError } from '../errors.js';

export type Table = Database<Buffer, Buffer>;

export const NO_VALUE = Buffer.alloc(0);

const TABLE = { keyEncoding: 'binary', encoding: 'binary' } as const;

/** Longest key that LMDB takes with its default page size. */
const MAX_KEY_BYTES = 1978;

/** Longest index key before the 6 bytes of the record id and the one byte that a scan may add to step over a key. */
export const LONGEST_FIELDS = MAX_KEY_BYTES - 7;

/** With less free space than this an I/O error means a full disk. */
const LEAST_FREE_BYTES = 4 * 1024 * 1024;

/** What was to be written does not fit on the disk; nothing of it was. */
export class DiskFullError extends CommandError {
  constructor(directory: string, cause: unknown) {
    super(14031, `the disk of ${directory} is full`);
    this.cause = cause;
  }
}

/**
 * The three LMDB tables of a data folder and their one writer.
 *
 * A transaction is committed and flushed to the disk before `transaction` returns, so an acknowledged write survives
 * both a killed process and a power cut.
 */
export class Engine {
  /** Collection definitions, their counters, and what is still to be swept. */
  readonly catalogue: Table;
  /** Collection id and record id -> the document's bytes. */
  readonly data: Table;
  /** Index id, encoded fields and record id -> nothing. */
  readonly index: Table;
  /** Writes so far, by table: a scan that finds its table changed looks its place up again. */
  private readonly versions = new Map<Table, number>();
  private readonly root: RootDatabase<Buffer, Buffer>;
  private readonly copies = new Copies();
  private lastRead: Buffer = NO_VALUE;

  constructor(readonly directory: string) {
    this.root = open<Buffer, Buffer>({ path: directory, maxDbs: 4, overlappingSync: false, ...TABLE });
    this.catalogue = this.root.openDB('catalogue', TABLE);
    this.data = this.root.openDB('data', TABLE);
    this.index = this.root.openDB('index', TABLE);
  }

  /** The file that holds all tables. */
  get file(): string {
    return join(this.directory, DATA_FILE);
  }

  /** Runs `work` in one transaction: all of it is on disk afterwards, or, if it throws, none. */
  transaction<R>(work: () => R): R {
    try {
      return this.root.transactionSync(work);
    } catch (error) {
      throw this.isStorageFault(error) ? new DiskFullError(this.directory, error) : error;
    }
  }

  /** A page that does not fit any more is reported as a mere I/O error. */
  private isStorageFault(error: unknown): boolean {
    if (!(error instanceof Error) || !/ENOSPC|No space|MDB_MAP_FULL|quota|Input\/output error/i.test(error.message))
      return false;
    const { bavail, bsize } = statfsSync(this.directory);
    return bavail * bsize < LEAST_FREE_BYTES || !/Input\/output/.test(error.message);
  }

  /** The document under a key. The next read overwrites its bytes: whoever keeps it takes a copy. */
  peek(key: Buffer): Value | undefined {
    const shared = this.data.getBinaryFast(key);
    if (!shared) return undefined;
    // One and the same buffer serves most reads. Only its `length` tells how much of it was read.
    if (shared.buffer !== this.lastRead.buffer) this.lastRead = Buffer.from(shared.buffer, shared.byteOffset);
    return new Value(T.object, this.lastRead, 0, shared.length);
  }

  /** A copy of a document that the next read would overwrite. */
  keep(document: Value): Value {
    return documentOf(this.copies.of(document.payload));
  }

  versionOf(table: Table): number {
    return this.versions.get(table) ?? 0;
  }

  put(table: Table, key: Buffer, value: Buffer): void {
    this.versions.set(table, this.versionOf(table) + 1);
    table.putSync(key, value);
  }

  remove(table: Table, key: Buffer): void {
    this.versions.set(table, this.versionOf(table) + 1);
    table.removeSync(key);
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}

const SLAB_BYTES = 64 * 1024;

/** Copies of what is read, several in one allocation, which spares the collector most of its work. */
class Copies {
  private slab = Buffer.alloc(0);
  private used = 0;

  of(source: Buffer): Buffer {
    const { length } = source;
    if (length > SLAB_BYTES / 4) return Buffer.copyBytesFrom(source);
    if (this.used + length > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.used = 0;
    }
    this.slab.set(source, this.used);
    this.used += length;
    return this.slab.subarray(this.used - length, this.used);
  }
}

/** The file in a folder of tables that holds them all. */
export const DATA_FILE = 'data.mdb';

/** Copies a consistent and compacted image of the tables into another folder, while others may go on writing. */
export async function copyTables(directory: string, target: string): Promise<void> {
  const root = open({ path: directory, maxDbs: 4, readOnly: true });
  try {
    await root.backup(target, true);
  } finally {
    await root.close();
  }
}

/** At most `limit` keys from `start` (inclusive) up to `end` (exclusive). */
export function keysBetween(table: Table, start: Buffer, end: Buffer, limit: number): Buffer[] {
  return Array.from(table.getKeys({ start, end, limit }));
}
