import { entries, field, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import { variablesOf } from '../expression/index.js';
import { duplicateKey } from '../index/unique.js';
import type { Flow } from '../planner/scan.js';
import type { Filter } from '../query/filter.js';
import { collect, matches } from '../query/run.js';
import type { Collection } from '../storage/collection.js';
import { ObjectNode, toDocument } from '../update/tree.js';
import { applyUpdate, parseUpdate, withIdFirst } from '../update/update.js';
import { type Context, namespaceOf } from './stage.js';

/** `$out`: the results take the place of a collection, all at once. */
export function* out(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const given = spec.type === T.string ? { db: context.database, coll: textOf(spec) } : decodeDocument(spec);
  const namespace = `${given['db']}.${given['coll']}`;
  const documents = (yield* collect(input)).map(withIdFirst);
  const { catalogue } = context.store;
  const before = catalogue.find(namespace);
  const target = catalogue.create(`${namespace}.out-${Date.now()}`);
  try {
    for (const index of before?.record.indexes.slice(1) ?? []) catalogue.addIndex(target, index);
    for (const document of documents) target.insert(document);
  } catch (error) {
    catalogue.drop(target);
    throw error;
  }
  if (before) catalogue.drop(before);
  catalogue.rename(target, namespace);
}

const MATCHED = ['merge', 'replace', 'keepExisting', 'fail'];
const UNMATCHED = ['insert', 'discard', 'fail'];

/** `$merge`: each result is merged into the document of the target with the same `on` fields, or inserted. */
export function* merge(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const options: Record<string, unknown> = spec.type === T.string ? { into: textOf(spec) } : decodeDocument(spec);
  const into = options['into'] as string | { db?: string; coll: string };
  const namespace =
    typeof into === 'string' ? namespaceOf(context, into) : `${into.db ?? context.database}.${into.coll}`;
  const on = ([] as string[]).concat((options['on'] as string | string[]) ?? '_id');
  const matched = (options['whenMatched'] as string | undefined) ?? 'merge';
  const unmatched = (options['whenNotMatched'] as string | undefined) ?? 'insert';
  const pipeline = spec.type === T.object ? field(spec, 'whenMatched') : undefined;
  if ((pipeline?.type !== T.array && !MATCHED.includes(matched)) || !UNMATCHED.includes(unmatched)) {
    throw failedToParse('unknown $merge mode');
  }
  const { store } = context;
  checkUnique(store.catalogue.find(namespace), on);
  for (const result of yield* collect(input)) {
    const document = withIdFirst(result);
    const target = store.catalogue.findOrCreate(namespace);
    const values = on.map((path) => atPath(document, path));
    const filter: Filter = {
      kind: 'and',
      parts: on.map((path, i) => ({ kind: 'field', path, test: { op: 'eq', value: values[i]! } })),
    };
    const found = (yield* collect(matches(store.engine, target, { filter, limit: 1 })))[0];
    if (!found) {
      if (unmatched === 'insert') target.insert(document);
      else if (unmatched === 'fail') {
        throw new CommandError(13113, '$merge could not find a matching document in the target collection');
      }
    } else if (pipeline?.type === T.array) {
      const variables = variablesOf(field(spec, 'let'), document, { ...context.variables, new: document });
      const change = parseUpdate(pipeline, new Map(), { ...context, variables });
      target.replace(found, applyUpdate(change, found.document, undefined));
    } else if (matched === 'fail') {
      throw duplicateKey(namespace, uniqueOn(target, on) ?? target.record.indexes[0]!, values);
    } else if (matched === 'replace') target.replace(found, document);
    else if (matched === 'merge') target.replace(found, merged(found.document, document));
    yield undefined;
  }
}

/** The unique index over exactly these fields, which makes a match unambiguous. */
const uniqueOn = (target: Collection, on: readonly string[]) =>
  target.readyIndexes.find(
    ({ unique, partialFilter, fields }) =>
      unique && !partialFilter && fields.length === on.length && fields.every(({ path }) => on.includes(path)),
  );

function checkUnique(target: Collection | undefined, on: readonly string[]): void {
  const isIdOnly = on.length === 1 && on[0] === '_id';
  if (isIdOnly || (target && uniqueOn(target, on))) return;
  throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}

function atPath(document: Value, path: string): Value {
  let value: Value | undefined = document;
  for (const part of path.split('.')) value = value?.type === T.object ? field(value, part) : undefined;
  if (!value || value.type === T.array) {
    throw new CommandError(
      51132,
      `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
    );
  }
  return value;
}

function merged(before: Value, after: Value): Value {
  const root = new ObjectNode(before);
  for (const [name, value] of entries(after)) if (name !== '_id') root.set(name, value);
  return toDocument(root);
}
