import type { Meter } from '../query/run.js';
import type { Collection, StoredRecord } from '../storage/collection.js';
import { type Engine, keysBetween, type Table } from '../storage/engine.js';
import type { KeyRange, Plan } from './plan.js';

/**
 * A flow of results that a command consumes step by step. `undefined` is not a result but a place to pause: nothing is held
 * open there, and other commands may run before the next step.
 */
export type Flow<R> = Generator<R | undefined, void>;

/**
 * Documents that a plan leads to, each once, in the plan's order. Not yet filtered, and none lives longer than until the next read:
 * `kept` makes one last.
 */
export function* scan(engine: Engine, collection: Collection, plan: Plan, meter?: Meter): Flow<StoredRecord> {
  switch (plan.kind) {
    case 'nothing':
      return;
    case 'collection':
      yield* counted(scanCollection(engine, collection, plan.reverse), meter, 0);
      return;
    case 'union': {
      const seen = new Set<number>();
      for (const part of plan.plans) yield* once(scan(engine, collection, part, meter), seen);
      return;
    }
    default: {
      const found = counted(scanIndex(engine, collection, plan.ranges, plan.reverse), meter, 1);
      yield* plan.index.multikey ? once(found, new Set()) : found;
    }
  }
}

function* counted(records: Flow<StoredRecord>, meter: Meter | undefined, keys: 0 | 1): Flow<StoredRecord> {
  if (!meter) return yield* records;
  for (const record of records) {
    if (record) {
      meter.keys += keys;
      meter.documents++;
    }
    yield record;
  }
}

function* once(records: Flow<StoredRecord>, seen: Set<number>): Flow<StoredRecord> {
  for (const record of records) {
    if (record && seen.has(record.id)) yield undefined;
    else {
      if (record) seen.add(record.id);
      yield record;
    }
  }
}

function* scanCollection(engine: Engine, collection: Collection, reverse: boolean): Flow<StoredRecord> {
  const start = collection.dataKey(0);
  const end = collection.dataKey(2 ** 48 - 1);
  for (const key of walk(engine, engine.data, { start, end }, reverse))
    yield key && recordAt(collection, key.readUIntBE(4, 6));
}

function* scanIndex(
  engine: Engine,
  collection: Collection,
  ranges: readonly KeyRange[],
  reverse: boolean,
): Flow<StoredRecord> {
  for (const range of reverse ? [...ranges].reverse() : ranges) {
    for (const key of walk(engine, engine.index, range, reverse)) {
      yield key && recordAt(collection, key.readUIntBE(key.length - 6, 6));
    }
  }
}

function recordAt(collection: Collection, id: number): StoredRecord | undefined {
  const document = collection.peek(id);
  return document && { id, document };
}

/** A record that lasts. */
export const kept = (engine: Engine, { id, document }: StoredRecord): StoredRecord => ({
  id,
  document: engine.keep(document),
});

const FIRST_CHUNK = 4;
const LARGEST_CHUNK = 128;

/**
 * The keys of a range, in chunks that are read completely, so that no read transaction stays open at a pause. After a write the
 * rest of a chunk is stale: the place is then looked up again behind the last key.
 */
export function* walk(engine: Engine, table: Table, range: KeyRange, reverse = false): Flow<Buffer> {
  let { start, end } = range;
  for (let size = FIRST_CHUNK; ; ) {
    const version = engine.versionOf(table);
    const chunk = readChunk(table, start, end, reverse, size);
    let last: Buffer | undefined;
    let stale = false;
    for (const key of chunk) {
      last = key;
      yield key;
      stale = engine.versionOf(table) !== version;
      if (stale) break;
    }
    if (!last || (!stale && chunk.length < size)) return;
    if (reverse) end = last;
    else start = successorOf(last);
    size = stale ? FIRST_CHUNK : Math.min(size * 2, LARGEST_CHUNK);
  }
}

/** The next possible key. */
const successorOf = (key: Buffer) => Buffer.concat([key, ZERO]);
const ZERO = Buffer.from([0]);

/** `start` is inclusive and `end` exclusive in both directions. */
function readChunk(table: Table, start: Buffer, end: Buffer, reverse: boolean, limit: number): Buffer[] {
  if (!reverse) return keysBetween(table, start, end, limit);
  const options = { start: end, end: start, reverse, limit: limit + 1 };
  const found = Array.from(table.getKeys(options));
  if (found[0]?.equals(end)) found.shift();
  if (found.length >= limit) return found.slice(0, limit);
  // LMDB leaves the lower end out when it walks backwards
  if (table.doesExist(start) && !found.at(-1)?.equals(start)) found.push(start);
  return found;
}
