import { Binary } from 'bson';
import { entries, T, textOf } from '../bson/value.js';
import { decodeDocument, encodeDocument } from '../bson/write.js';
import { CommandError, notSupported } from '../errors.js';
import { listing } from '../index/definition.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { flowOf } from '../query/run.js';
import type { Collection } from '../storage/collection.js';
import type { Reply, Request, Work } from './request.js';
import type { Store } from './store.js';

const REFUSED_OPTIONS = [
  'capped',
  'viewOn',
  'pipeline',
  'timeseries',
  'validator',
  'clusteredIndex',
  'encryptedFields',
  'expireAfterSeconds',
];
const SILENT_OPTIONS = new Set([
  'create',
  '$db',
  'lsid',
  'writeConcern',
  'comment',
  'autoIndexId',
  'idIndex',
  '$clusterTime',
  'maxTimeMS',
  'validationLevel',
  'validationAction',
  'storageEngine',
  'indexOptionDefaults',
  'collation',
  'capped',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$readPreference',
  'changeStreamPreAndPostImages',
  'size',
  'max',
  'flags',
]);

export function create(store: Store, request: Request): Reply {
  request.refuse(...REFUSED_OPTIONS);
  for (const [name] of entries(request.body)) {
    if (!SILENT_OPTIONS.has(name) && !REFUSED_OPTIONS.includes(name)) {
      throw new CommandError(40415, `BSON field 'create.${name}' is an unknown field.`);
    }
  }
  const namespace = request.namespace();
  if (store.catalogue.find(namespace)) throw new CommandError(48, `Collection ${namespace} already exists.`);
  store.catalogue.create(namespace);
  return {};
}

export function drop(store: Store, request: Request): Reply {
  const collection = store.catalogue.find(request.namespace());
  if (!collection) throw new CommandError(26, 'ns not found');
  store.catalogue.drop(collection);
  return { nIndexesWas: collection.record.indexes.length, ns: collection.namespace };
}

export function dropDatabase(store: Store, request: Request): Reply {
  const all = store.catalogue.inDatabase(request.database);
  for (const collection of all) store.catalogue.drop(collection);
  return all.length > 0 ? { dropped: request.database } : {};
}

export function renameCollection(store: Store, request: Request): Reply {
  const [from, to] = [request.text('renameCollection') ?? '', request.text('to') ?? ''];
  const collection = store.catalogue.find(from);
  if (!collection) throw new CommandError(26, `Source collection ${from} does not exist`);
  const target = store.catalogue.find(to);
  if (target === collection) throw new CommandError(20, "Can't rename a collection to itself");
  if (target && !request.flag('dropTarget')) throw new CommandError(48, 'target namespace exists');
  if (target) store.catalogue.drop(target);
  store.catalogue.rename(collection, to);
  return {};
}

export function collMod(store: Store, request: Request): Reply {
  request.refuse('validator', 'viewOn', 'pipeline', 'timeseries', 'expireAfterSeconds');
  const collection = existing(store, request);
  const change = request.document('index');
  if (!change) return {};
  const wanted = decodeDocument(change);
  const index = collection.record.indexes.find(
    (own) =>
      own.name === wanted['name'] || JSON.stringify(listing(own)['key']) === JSON.stringify(wanted['keyPattern']),
  );
  if (!index)
    throw new CommandError(
      27,
      `cannot find index ${wanted['name'] ?? JSON.stringify(wanted['keyPattern'])} for ns ${collection.namespace}`,
    );
  const reply: Reply = {};
  if (typeof wanted['expireAfterSeconds'] === 'number') {
    Object.assign(reply, {
      expireAfterSeconds_old: index.expireAfterSeconds,
      expireAfterSeconds_new: wanted['expireAfterSeconds'],
    });
    index.expireAfterSeconds = wanted['expireAfterSeconds'];
  }
  if (typeof wanted['hidden'] === 'boolean') {
    Object.assign(reply, { hidden_old: index.hidden ?? false, hidden_new: wanted['hidden'] });
    index.hidden = wanted['hidden'];
  }
  if (Object.keys(reply).length === 0)
    throw notSupported('collMod can change expireAfterSeconds and hidden of an index');
  collection.save();
  return reply;
}

/** @throws CommandError 26 when there is no such collection */
export function existing(store: Store, request: Request): Collection {
  const namespace = request.namespace();
  const collection = store.catalogue.find(namespace);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
  return collection;
}

export function* listCollections(store: Store, request: Request): Work {
  const nameOnly = request.flag('nameOnly');
  const filter = request.document('filter');
  const test = filter ? compileFilter(parseFilter(filter)) : () => true;
  const all = store.catalogue
    .inDatabase(request.database)
    .map((collection) =>
      encodeDocument({
        name: collection.name,
        type: 'collection',
        ...(!nameOnly && {
          options: collection.record.options,
          info: {
            readOnly: false,
            uuid: new Binary(Buffer.from(collection.record.uuid.replaceAll('-', ''), 'hex'), 4),
          },
          idIndex: listing(collection.record.indexes[0]!),
        }),
      }),
    )
    .filter((document) => test(document));
  const size = request.document('cursor');
  const batchSize = size ? (decodeDocument(size)['batchSize'] as number | undefined) : undefined;
  return yield* store.cursors.start(`${request.database}.$cmd.listCollections`, flowOf(all), batchSize);
}

export function listDatabases(store: Store, request: Request): Reply {
  const sizes = new Map<string, number>();
  for (const { database, dataBytes } of store.catalogue.all())
    sizes.set(database, (sizes.get(database) ?? 0) + dataBytes);
  const filter = request.document('filter');
  const test = filter ? compileFilter(parseFilter(filter)) : () => true;
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => encodeDocument({ name, sizeOnDisk: bytes, empty: bytes === 0 }))
    .filter((document) => test(document));
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (request.flag('nameOnly')) return { databases: databases.map((each) => ({ name: decodeDocument(each)['name'] })) };
  return { databases, totalSize: total, totalSizeMb: Math.floor(total / 1024 / 1024) };
}

export function collStats(store: Store, request: Request): Reply {
  const value = request.value(request.name);
  const name = value?.type === T.string ? textOf(value) : '';
  const collection = store.catalogue.find(`${request.database}.${name}`);
  const scale = request.number('scale') ?? 1;
  const count = collection?.count ?? 0;
  const bytes = collection?.dataBytes ?? 0;
  return {
    ns: `${request.database}.${name}`,
    size: Math.floor(bytes / scale),
    count,
    ...(count > 0 && { avgObjSize: Math.floor(bytes / count) }),
    storageSize: Math.floor(bytes / scale),
    nindexes: collection?.record.indexes.length ?? 0,
    indexBuilds: collection?.record.indexes.filter((index) => index.building).map((index) => index.name) ?? [],
    scaleFactor: scale,
    capped: false,
  };
}

export function dbStats(store: Store, request: Request): Reply {
  const all = store.catalogue.inDatabase(request.database);
  const sum = (of: (collection: Collection) => number) => all.reduce((total, collection) => total + of(collection), 0);
  const scale = request.number('scale') ?? 1;
  const objects = sum((collection) => collection.count);
  const bytes = sum((collection) => collection.dataBytes);
  return {
    db: request.database,
    collections: all.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? bytes / objects : 0,
    dataSize: bytes / scale,
    storageSize: bytes / scale,
    indexes: sum((collection) => collection.record.indexes.length),
    scaleFactor: scale,
  };
}
