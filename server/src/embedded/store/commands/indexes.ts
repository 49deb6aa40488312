import { entries, field, T, textOf } from '../bson/value.js';
import { decodeDocument, encodeDocument } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { alreadyExists, type IndexDefinition, keyPattern, listing, parseIndex } from '../index/definition.js';
import { kept, scan } from '../planner/scan.js';
import { flowOf } from '../query/run.js';
import type { Collection } from '../storage/collection.js';
import { existing } from './collections.js';
import type { Pause } from './executor.js';
import type { Reply, Request, Work } from './request.js';
import type { Store } from './store.js';

const MOST_INDEXES = 64;

export function* createIndexes(store: Store, request: Request): Work {
  const specs = request.list('indexes');
  if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
  if (specs.some((spec) => !field(spec, 'name'))) {
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  }
  const wanted = specs.map(parseIndex);
  const before = store.catalogue.find(request.namespace());
  const collection = before ?? store.catalogue.create(request.namespace());
  const numBefore = collection.record.indexes.length;
  const built: IndexDefinition[] = [];
  try {
    for (const definition of wanted) {
      if (alreadyExists(definition, collection.record.indexes)) continue;
      if (collection.record.indexes.length >= MOST_INDEXES)
        throw new CommandError(67, `add index fails, too many indexes for ${collection.namespace}`);
      const index = store.catalogue.addIndex(collection, {
        ...definition,
        ...(collection.count > 0 && { building: true }),
      });
      built.push(index);
      yield* build(store, collection, index);
    }
  } catch (error) {
    if (!collection.dropped) {
      for (const index of built) store.catalogue.removeIndex(collection, index);
    }
    throw error;
  }
  const numAfter = collection.record.indexes.length;
  return {
    numIndexesBefore: numBefore,
    numIndexesAfter: numAfter,
    createdCollectionAutomatically: !before,
    ...(numAfter === numBefore && { note: 'all indexes already exist' }),
  };
}

/** Fills an index while others write: their documents enter it at once, the older ones are added here one by one. */
export function* build(store: Store, collection: Collection, index: IndexDefinition): Generator<Pause, void> {
  if (!index.building) return;
  for (const record of scan(store.engine, collection, { kind: 'collection', reverse: false, sorted: true })) {
    if (record) collection.addToIndex(index, kept(store.engine, record));
    yield 'unlocked';
    if (collection.dropped || !collection.record.indexes.includes(index)) {
      throw new CommandError(276, `Index build aborted: ${index.name} or its collection was dropped`);
    }
  }
  delete index.building;
  collection.save();
}

export function* listIndexes(store: Store, request: Request): Work {
  const collection = existing(store, request);
  const all = collection.readyIndexes.map((index) => encodeDocument(listing(index)));
  const cursor = request.document('cursor');
  const batchSize = cursor ? (decodeDocument(cursor)['batchSize'] as number | undefined) : undefined;
  return yield* store.cursors.start(collection.namespace, flowOf(all), batchSize);
}

export function dropIndexes(store: Store, request: Request): Reply {
  const collection = store.catalogue.find(request.namespace());
  if (!collection) throw new CommandError(26, `ns not found ${request.namespace()}`);
  const nIndexesWas = collection.record.indexes.length;
  for (const index of chosen(collection, request)) store.catalogue.removeIndex(collection, index);
  return { nIndexesWas };
}

/** The indexes that `dropIndexes` names: by name, by key, several names, or `*` for all but the one on `_id`. */
function chosen(collection: Collection, request: Request): IndexDefinition[] {
  const wanted = request.value('index');
  const droppable = collection.record.indexes.filter((index) => index.name !== '_id_');
  if (wanted?.type === T.string && textOf(wanted) === '*') return droppable;
  if (wanted?.type === T.object) {
    const key = JSON.stringify(Object.entries(decodeDocument(wanted)));
    const index = collection.record.indexes.find((own) => JSON.stringify(Object.entries(keyPattern(own))) === key);
    if (!index) throw new CommandError(27, `can't find index with key: ${JSON.stringify(decodeDocument(wanted))}`);
    return [refuseId(index)];
  }
  const names =
    wanted?.type === T.string
      ? [textOf(wanted)]
      : wanted?.type === T.array
        ? entries(wanted).map(([, name]) => textOf(name))
        : [];
  return names.map((name) => {
    const index = collection.record.indexes.find((own) => own.name === name);
    if (!index) throw new CommandError(27, `index not found with name [${name}]`);
    return refuseId(index);
  });
}

function refuseId(index: IndexDefinition): IndexDefinition {
  if (index.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
  return index;
}
