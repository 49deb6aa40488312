import { documentOf } from '../bson/value.js';
import type { Meter } from '../query/run.js';
import type { Collection, StoredRecord } from '../storage/collection.js';
import type { Engine, Table } from '../storage/engine.js';
import type { KeyRange, Plan } from './plan.js';

/**
 * A flow of results that a command consumes step by step. `undefined` is not a result but a place to pause: nothing is held
 * open there, and other commands may run before the next step.
 */
export type Flow<R> = Generator<R | undefined, void>;

/** Documents that a plan leads to, each once, in the plan's order. Not yet filtered. */
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
  for (const entry of walk(engine, engine.data, { start, end }, reverse, true)) {
    yield entry && { id: entry.key.readUIntBE(4, 6), document: documentOf(entry.value!) };
  }
}

function* scanIndex(
  engine: Engine,
  collection: Collection,
  ranges: readonly KeyRange[],
  reverse: boolean,
): Flow<StoredRecord> {
  for (const range of reverse ? [...ranges].reverse() : ranges) {
    for (const entry of walk(engine, engine.index, range, reverse, false)) {
      if (!entry) yield undefined;
      else {
        const id = entry.key.readUIntBE(entry.key.length - 6, 6);
        const document = collection.read(id);
        yield document && { id, document };
      }
    }
  }
}

/** A key, with its value where that was asked for. */
export interface Entry {
  readonly key: Buffer;
  readonly value?: Buffer;
}

const FIRST_CHUNK = 4;
const LARGEST_CHUNK = 128;

/**
 * Goes through a key range in chunks that are read completely, so that no read transaction stays open at a pause. After a
 * write the rest of a chunk is stale: the place is then looked up again behind the last key.
 */
export function* walk(engine: Engine, table: Table, range: KeyRange, reverse: boolean, values: boolean): Flow<Entry> {
  let { start, end } = range;
  for (let size = FIRST_CHUNK; ; ) {
    const version = engine.versionOf(table);
    const chunk = readChunk(table, start, end, reverse, values, size);
    let stale = false;
    for (const entry of chunk) {
      if (reverse) end = entry.key;
      else start = successorOf(entry.key);
      yield entry;
      stale = engine.versionOf(table) !== version;
      if (stale) break;
    }
    if (!stale && chunk.length < size) return;
    size = stale ? FIRST_CHUNK : Math.min(size * 2, LARGEST_CHUNK);
  }
}

/** The next possible key. */
const successorOf = (key: Buffer) => Buffer.concat([key, ZERO]);
const ZERO = Buffer.from([0]);

/** `start` is inclusive and `end` exclusive in both directions. */
function readChunk(
  table: Table,
  start: Buffer,
  end: Buffer,
  reverse: boolean,
  values: boolean,
  limit: number,
): Entry[] {
  const options = reverse ? { start: end, end: start, reverse, limit: limit + 1 } : { start, end, limit };
  const found: Entry[] = values
    ? Array.from(table.getRange(options), ({ key, value }) => ({ key: Buffer.from(key), value }))
    : Array.from(table.getKeys(options), (key) => ({ key: Buffer.from(key) }));
  if (!reverse) return found;
  if (found[0]?.key.equals(end)) found.shift();
  if (found.length === limit || found.length === limit + 1) return found.slice(0, limit);
  // LMDB leaves the lower end out when it walks backwards
  const lowest = table.get(start);
  if (lowest && !found.at(-1)?.key.equals(start)) found.push({ key: start, ...(values && { value: lowest }) });
  return found;
}
