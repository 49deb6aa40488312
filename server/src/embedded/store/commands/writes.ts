import { type Variables, variablesOf } from '../aggregate/expression.js';
import { field, T, type Value } from '../bson/value.js';
import { CommandError, failedToParse, toCommandError } from '../errors.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { compileProjection } from '../query/projection.js';
import { type Match, matches, type Query } from '../query/run.js';
import { parseSort } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { parseArrayFilters } from '../update/paths.js';
import {
  applyUpdate,
  MAX_DOCUMENT_BYTES,
  parseUpdate,
  type Update,
  upsertedDocument,
  withIdFirst,
} from '../update/update.js';
import type { Pause } from './executor.js';
import { Arguments, type Reply, type Request, type Work } from './request.js';
import type { Store } from './store.js';

const MOST_STATEMENTS = 100_000;

/** Runs statements in order; an error ends an ordered command and is noted with its place. */
function* eachStatement(
  request: Request,
  name: string,
  run: (statement: Value, index: number) => Generator<Pause, void> | void,
): Generator<Pause, Reply[]> {
  const statements = request.list(name);
  if (statements.length === 0 || statements.length > MOST_STATEMENTS) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${statements.length} operations.`,
    );
  }
  const ordered = request.value('ordered') === undefined || request.flag('ordered');
  const errors: Reply[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const work = run(statement, index);
      if (work) yield* work;
    } catch (error) {
      const known = toCommandError(error);
      if (known !== error) throw error;
      errors.push({ index, code: known.code, errmsg: known.message, ...known.details });
      if (ordered) break;
    }
    yield undefined;
  }
  return errors;
}

const withErrors = (reply: Reply, errors: readonly Reply[]): Reply =>
  errors.length > 0 ? { ...reply, writeErrors: errors } : reply;

/** @throws CommandError 10334 */
function checkedSize(document: Value): Value {
  if (document.end - document.start > MAX_DOCUMENT_BYTES) {
    throw new CommandError(
      10334,
      `object to insert too large. size in bytes: ${document.end - document.start}, max size: ${MAX_DOCUMENT_BYTES}`,
    );
  }
  return document;
}

export function* insert(store: Store, request: Request): Work {
  const namespace = request.namespace();
  let n = 0;
  const errors = yield* eachStatement(request, 'documents', (document) => {
    const ready = checkedSize(withIdFirst(document));
    store.catalogue.findOrCreate(namespace).insert(ready);
    n++;
  });
  return withErrors({ n }, errors);
}

export function* update(store: Store, request: Request): Work {
  const namespace = request.namespace();
  let n = 0;
  let modified = 0;
  const upserted: Reply[] = [];
  const errors = yield* eachStatement(request, 'updates', function* (statement, index) {
    const args = new Arguments(statement);
    args.refuse();
    const query = statementQuery(args, request.variables());
    const change = changeOf(args.value('u'), args, request.variables());
    const multi = args.flag('multi');
    if (multi && change.kind === 'replacement')
      throw failedToParse('multi update is not supported for replacement-style update');
    const collection = store.catalogue.find(namespace);
    const outcome = collection ? yield* changeMatches(store, collection, query, change, multi) : { n: 0, modified: 0 };
    n += outcome.n;
    modified += outcome.modified;
    if (outcome.n === 0 && args.flag('upsert')) {
      const document = checkedSize(upsertedDocument(change, query.filter));
      store.catalogue.findOrCreate(namespace).insert(document);
      upserted.push({ index, _id: field(document, '_id') });
      n++;
    }
  });
  return withErrors({ n, nModified: modified, ...(upserted.length > 0 && { upserted }) }, errors);
}

function statementQuery(args: Arguments, variables: Variables): Query {
  const filter = args.document('q');
  if (!filter) throw new CommandError(40414, "BSON field 'q' is missing but a required field");
  const hint = args.hint();
  return {
    filter: parseFilter(filter),
    sort: parseSort(args.document('sort')),
    variables,
    ...(hint !== undefined && { hint }),
  };
}

function changeOf(update: Value | undefined, args: Arguments, variables: Variables): Update {
  if (update?.type !== T.object && update?.type !== T.array)
    throw failedToParse('Update argument must be either an object or an array');
  const constants = variablesOf(args.document('c'));
  return parseUpdate(update, parseArrayFilters(args.value('arrayFilters')), { ...variables, ...constants });
}

/** Changes the first match, or all that matched when the statement began. */
function* changeMatches(
  store: Store,
  collection: Collection,
  query: Query,
  change: Update,
  multi: boolean,
): Generator<Pause, { n: number; modified: number }> {
  let n = 0;
  let modified = 0;
  for (const match of yield* targets(store, collection, query, multi)) {
    const next = applyUpdate(change, match.document, match.found.position);
    if (next !== match.document) {
      collection.replace(match, next);
      modified++;
    }
    n++;
    if (multi) yield 'unlocked';
  }
  return { n, modified };
}

/**
 * What a statement works on. Many targets are kept as record ids, found before the first change, so that a changed document is
 * not met again; each is read and checked anew when its turn comes.
 */
function* targets(
  store: Store,
  collection: Collection,
  query: Query,
  multi: boolean,
): Generator<undefined, Iterable<Match>> {
  if (!multi) {
    for (const match of matches(store.engine, collection, { ...query, limit: 1 })) {
      if (match) return [match];
      yield undefined;
    }
    return [];
  }
  const ids: number[] = [];
  for (const match of matches(store.engine, collection, query)) {
    if (match) ids.push(match.id);
    yield undefined;
  }
  return reread(collection, query, ids);
}

function* reread(collection: Collection, query: Query, ids: readonly number[]): Iterable<Match> {
  const test = compileFilter(query.filter, query.variables);
  for (const id of ids) {
    if (collection.dropped) return;
    const document = collection.read(id);
    const found = {};
    if (document && test(document, found)) yield { id, document, found };
  }
}

export function* remove(store: Store, request: Request): Work {
  const collection = store.catalogue.find(request.namespace());
  let n = 0;
  const errors = yield* eachStatement(request, 'deletes', function* (statement) {
    const args = new Arguments(statement);
    args.refuse();
    const limit = args.number('limit');
    if (limit !== 0 && limit !== 1)
      throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const query = statementQuery(args, request.variables());
    if (!collection) return;
    for (const match of yield* targets(store, collection, query, limit === 0)) {
      collection.remove(match);
      n++;
      if (limit === 0) yield 'unlocked';
    }
  });
  return withErrors({ n }, errors);
}

export function* findAndModify(store: Store, request: Request): Work {
  request.refuse();
  const namespace = request.namespace();
  const [removing, upsert, wantsNew] = [request.flag('remove'), request.flag('upsert'), request.flag('new')];
  const update = request.value('update');
  if (removing === (update !== undefined)) {
    throw failedToParse(
      removing ? 'Cannot specify both an update and remove=true' : 'Either an update or remove=true must be specified',
    );
  }
  if (removing && upsert) throw failedToParse('Cannot specify both upsert=true and remove=true');
  if (removing && wantsNew)
    throw failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  const filter = request.document('query');
  const hint = request.hint();
  const variables = request.variables();
  const query: Query = {
    filter: filter ? parseFilter(filter) : { kind: 'and', parts: [] },
    sort: parseSort(request.document('sort')),
    variables,
    ...(hint !== undefined && { hint }),
  };
  const change = update && changeOf(update, request, variables);
  const projector = compileProjection(request.document('fields'), variables);
  const collection = store.catalogue.find(namespace);
  const [match] = collection ? yield* targets(store, collection, query, false) : [];
  if (collection && match && !change) {
    collection.remove(match);
    return { lastErrorObject: { n: 1 }, value: projector ? projector(match.document, match.found) : match.document };
  }
  if (collection && match && change) {
    const next = applyUpdate(change, match.document, match.found.position);
    if (next !== match.document) collection.replace(match, next);
    const shown = wantsNew ? next : match.document;
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: projector ? projector(shown, match.found) : shown,
    };
  }
  if (!change) return { lastErrorObject: { n: 0 }, value: null };
  if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const document = checkedSize(upsertedDocument(change, query.filter));
  store.catalogue.findOrCreate(namespace).insert(document);
  const shown = projector ? projector(document) : document;
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: field(document, '_id') },
    value: wantsNew ? shown : null,
  };
}
