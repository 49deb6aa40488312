import { type Database, open, type RootDatabase } from 'lmdb';

export type Table = Database<Buffer, Buffer>;

const TABLE = { keyEncoding: 'binary', encoding: 'binary' } as const;

/** Longest key that LMDB takes with its default page size. */
const MAX_KEY_BYTES = 1978;

/** Longest index key before the 6 bytes of the record id and the one byte that a scan may add to step over a key. */
export const LONGEST_FIELDS = MAX_KEY_BYTES - 7;

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
  /** Grows with every write: a scan that finds it changed looks its place up again. */
  version = 0;
  private readonly root: RootDatabase<Buffer, Buffer>;

  constructor(directory: string) {
    this.root = open<Buffer, Buffer>({ path: directory, maxDbs: 4, overlappingSync: false, ...TABLE });
    this.catalogue = this.root.openDB('catalogue', TABLE);
    this.data = this.root.openDB('data', TABLE);
    this.index = this.root.openDB('index', TABLE);
  }

  /** Runs `work` in one transaction: all of it is on disk afterwards, or, if it throws, none. */
  transaction<R>(work: () => R): R {
    return this.root.transactionSync(work);
  }

  put(table: Table, key: Buffer, value: Buffer): void {
    this.version++;
    table.putSync(key, value);
  }

  remove(table: Table, key: Buffer): void {
    this.version++;
    table.removeSync(key);
  }

  /** Copies a consistent image of all tables into `directory`, while others go on writing. */
  async backup(directory: string): Promise<void> {
    await this.root.backup(directory, true);
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}

export const NO_VALUE = Buffer.alloc(0);

/** At most `limit` keys from `start` (inclusive) up to `end` (exclusive). */
export function keysBetween(table: Table, start: Buffer, end: Buffer, limit: number): Buffer[] {
  return Array.from(table.getKeys({ start, end, limit }), (key) => Buffer.from(key));
}
