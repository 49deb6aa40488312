import { statfsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { Long } from 'bson';
import { field, isNumber, T, textOf, type Value } from '../bson/value.js';
import { decodeValue, encodeDocument } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { keyPattern, listing } from '../index/definition.js';
import { indexRange } from '../index/entries.js';
import { type Flow, walk } from '../planner/scan.js';
import type { Collection } from '../storage/collection.js';
import type { Reply, Request, Work } from './request.js';
import { VERSION } from './server-info.js';
import type { Store } from './store.js';

/** Bytes of the entries of each index, by name. They are counted, not estimated. */
function* indexSizes({ engine }: Store, collection: Collection): Generator<undefined, Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const index of collection.record.indexes) {
    sizes[index.name] = 0;
    for (const key of walk(engine, engine.index, indexRange(index))) {
      if (key) sizes[index.name]! += key.length;
      yield undefined;
    }
  }
  return sizes;
}

const total = (sizes: Record<string, number>) => Object.values(sizes).reduce((sum, size) => sum + size, 0);

function* storageStatistics(store: Store, namespace: string, scale: number): Generator<undefined, Reply> {
  const collection = store.catalogue.find(namespace);
  const sizes = collection ? yield* indexSizes(store, collection) : {};
  const [count, bytes] = [collection?.count ?? 0, collection?.dataBytes ?? 0];
  const scaled = (size: number) => Math.floor(size / scale);
  return {
    size: scaled(bytes),
    count,
    ...(count > 0 && { avgObjSize: Math.floor(bytes / count) }),
    storageSize: scaled(bytes),
    freeStorageSize: 0,
    capped: false,
    nindexes: collection?.record.indexes.length ?? 0,
    indexBuilds: collection?.record.indexes.filter((index) => index.building).map((index) => index.name) ?? [],
    totalIndexSize: scaled(total(sizes)),
    indexSizes: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, scaled(size)])),
    totalSize: scaled(bytes + total(sizes)),
    scaleFactor: scale,
  };
}

export function* collStats(store: Store, request: Request): Work {
  const value = request.value(request.name);
  const namespace = `${request.database}.${value?.type === T.string ? textOf(value) : ''}`;
  return { ns: namespace, ...(yield* storageStatistics(store, namespace, request.number('scale') ?? 1)) };
}

/** `$collStats`: one document about a collection. */
export function* collectionStatistics(store: Store, namespace: string, spec: Value): Flow<Value> {
  if (!store.catalogue.find(namespace)) throw new CommandError(26, `Collection [${namespace}] not found.`);
  const storage = field(spec, 'storageStats');
  const scale = storage?.type === T.object ? field(storage, 'scale') : undefined;
  const factor = scale && isNumber(scale) ? Number(decodeValue(scale)) : 1;
  yield encodeDocument({
    ns: namespace,
    host: hostname(),
    localTime: new Date(),
    ...(storage && { storageStats: yield* storageStatistics(store, namespace, factor) }),
    ...(field(spec, 'count') && { count: store.catalogue.find(namespace)?.count ?? 0 }),
  });
}

/** `$indexStats`: how often each index has been used since the start. */
export function* indexStatistics(store: Store, namespace: string): Flow<Value> {
  const collection = store.catalogue.find(namespace);
  for (const index of collection?.record.indexes ?? []) {
    yield encodeDocument({
      name: index.name,
      key: keyPattern(index),
      host: hostname(),
      accesses: { ops: Long.fromNumber(collection!.usesOf(index.id)), since: new Date(store.startedAtMs) },
      spec: listing(index),
    });
  }
}

export function* dbStats(store: Store, request: Request): Work {
  const all = store.catalogue.inDatabase(request.database);
  const stored = all.filter((collection) => !collection.view);
  const sum = (of: (collection: Collection) => number) => stored.reduce((sofar, each) => sofar + of(each), 0);
  const scale = request.number('scale') ?? 1;
  let indexBytes = 0;
  for (const collection of stored) indexBytes += total(yield* indexSizes(store, collection));
  const objects = sum(({ count }) => count);
  const bytes = sum(({ dataBytes }) => dataBytes);
  const disk = statfsSync(store.engine.directory);
  return {
    db: request.database,
    collections: stored.length,
    views: all.length - stored.length,
    objects,
    avgObjSize: objects > 0 ? bytes / objects : 0,
    dataSize: bytes / scale,
    storageSize: bytes / scale,
    indexes: sum(({ record }) => record.indexes.length),
    indexSize: indexBytes / scale,
    totalSize: (bytes + indexBytes) / scale,
    scaleFactor: scale,
    fsUsedSize: ((disk.blocks - disk.bfree) * disk.bsize) / scale,
    fsTotalSize: (disk.blocks * disk.bsize) / scale,
  };
}

export function serverStatus(store: Store): Reply {
  const memory = process.memoryUsage();
  const counted = (name: string) => store.counters.get(name) ?? 0;
  const operations = { insert: 'insert', query: 'find', update: 'update', delete: 'delete', getmore: 'getMore' };
  const named = Object.values(operations).reduce((sum, name) => sum + counted(name), 0);
  const all = [...store.counters.values()].reduce((sum, count) => sum + count, 0);
  return {
    host: hostname(),
    version: VERSION,
    process: 'embedded-store',
    pid: process.pid,
    uptime: (Date.now() - store.startedAtMs) / 1000,
    uptimeMillis: Date.now() - store.startedAtMs,
    localTime: new Date(),
    connections: { current: store.connections, totalCreated: store.connectionsMade },
    opcounters: {
      ...Object.fromEntries(Object.entries(operations).map(([shown, name]) => [shown, counted(name)])),
      command: all - named,
    },
    metrics: {
      cursor: { open: { total: store.cursors.size } },
      queryExecutor: { scanned: store.read.keys, scannedObjects: store.read.documents },
      commands: Object.fromEntries([...store.counters].map(([name, count]) => [name, { total: count }])),
    },
    mem: {
      bits: 64,
      resident: Math.floor(memory.rss / 1024 / 1024),
      heap: Math.floor(memory.heapUsed / 1024 / 1024),
    },
    storageEngine: { name: 'lmdb', persistent: true },
    storage: { fileBytes: statSync(store.engine.file).size },
  };
}
