import { Binary } from 'bson';
import { parseStages } from '../aggregate/stage.js';
import { parseCollation } from '../bson/collation.js';
import { decodeDocument, decodeValue, encodeDocument } from '../bson/write.js';
import { CommandError, notSupported } from '../errors.js';
import { listing } from '../index/definition.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { flowOf } from '../query/run.js';
import type { Collection } from '../storage/collection.js';
import { COMMON_FIELDS, type Reply, type Request, type Work } from './request.js';
import type { Store } from './store.js';

const REFUSED_OPTIONS = [
  'capped',
  'timeseries',
  'clusteredIndex',
  'encryptedFields',
  'expireAfterSeconds',
  'size',
  'max',
];
/** Options that are kept, and shown by `listCollections`. */
const KEPT_OPTIONS = ['viewOn', 'pipeline', 'validator', 'validationLevel', 'validationAction'];
const IGNORED_OPTIONS = `autoIndexId idIndex storageEngine indexOptionDefaults collation flags
  changeStreamPreAndPostImages`.split(/\s+/);

export function create(store: Store, request: Request): Reply {
  request.refuse(...REFUSED_OPTIONS);
  request.allow(
    'create',
    new Set(['create', ...COMMON_FIELDS, ...REFUSED_OPTIONS, ...KEPT_OPTIONS, ...IGNORED_OPTIONS]),
  );
  if (parseCollation(request.document('collation'))) {
    throw notSupported('a collation of a collection is not supported; give it with each command');
  }
  const namespace = request.namespace();
  if (store.catalogue.find(namespace)) throw new CommandError(48, `Collection ${namespace} already exists.`);
  const options = keptOptions(request);
  if ('pipeline' in options && !('viewOn' in options)) {
    throw new CommandError(72, "'pipeline' requires 'viewOn' to also be specified");
  }
  if ('viewOn' in options) parseStages(request.list('pipeline'));
  store.catalogue.create(namespace, options);
  return {};
}

/** @throws CommandError 2 and others for a validator that is no filter */
function keptOptions(request: Request): Record<string, unknown> {
  const validator = request.document('validator');
  if (validator) compileFilter(parseFilter(validator));
  return Object.fromEntries(
    KEPT_OPTIONS.flatMap((name) => {
      const value = request.value(name);
      return value ? [[name, decodeValue(value)]] : [];
    }),
  );
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

export const COLL_MOD_FIELDS = `index ${KEPT_OPTIONS.join(' ')}`;

export function collMod(store: Store, request: Request): Reply {
  const collection = existing(store, request);
  const options = keptOptions(request);
  if (collection.view ? 'validator' in options : 'viewOn' in options || 'pipeline' in options) {
    throw new CommandError(72, 'option is not valid for this kind of collection');
  }
  collection.record.options = { ...collection.record.options, ...options };
  collection.save();
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
        type: collection.view ? 'view' : 'collection',
        ...(!nameOnly && {
          options: collection.record.options,
          info: {
            readOnly: collection.view !== undefined,
            uuid: new Binary(Buffer.from(collection.record.uuid.replaceAll('-', ''), 'hex'), 4),
          },
          ...(!collection.view && { idIndex: listing(collection.record.indexes[0]!) }),
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
