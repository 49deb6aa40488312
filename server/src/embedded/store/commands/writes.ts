import { field, T, type Value } from '../bson/value.js';
import { CommandError, failedToParse, toCommandError } from '../errors.js';
import { type Environment, variablesOf } from '../expression/index.js';
import { ALL } from '../query/filter.js';
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
import { checkValid } from './validation.js';

const MOST_STATEMENTS = 100_000;

/** Runs statements in order; an error ends an ordered command and is noted with its place. */
function* eachStatement(
  request: Request,
  name: string,
  known: ReadonlySet<string> | undefined,
  run: (statement: Value, index: number) => Generator<Pause, void> | void,
): Generator<Pause, Reply[]> {
  const statements = request.list(name);
  if (statements.length === 0 || statements.length > MOST_STATEMENTS) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${statements.length} operations.`,
    );
  }
  if (known) for (const statement of statements) new Arguments(statement).allow(`${request.name}.${name}`, known);
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

/** The collection that a command writes to, if there is one yet. @throws CommandError 166 for a view */
function targetOf(store: Store, request: Request): Collection | undefined {
  const collection = store.catalogue.find(request.namespace());
  if (collection?.view) throw new CommandError(166, `Namespace ${collection.namespace} is a view, not a collection`);
  return collection;
}

function insertChecked(store: Store, request: Request, document: Value): void {
  const collection = store.catalogue.findOrCreate(request.namespace());
  checkValid(collection, document, undefined, request);
  collection.insert(document);
}

function replaceChecked(collection: Collection, request: Request, match: Match, next: Value): void {
  checkValid(collection, next, match.document, request);
  collection.replace(match, next);
}

export function* insert(store: Store, request: Request): Work {
  targetOf(store, request);
  let n = 0;
  const errors = yield* eachStatement(request, 'documents', undefined, (document) => {
    insertChecked(store, request, checkedSize(withIdFirst(document)));
    n++;
  });
  return withErrors({ n }, errors);
}

const UPDATE_FIELDS = new Set(['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint']);
const DELETE_FIELDS = new Set(['q', 'limit', 'collation', 'hint']);

export function* update(store: Store, request: Request): Work {
  targetOf(store, request);
  let n = 0;
  let modified = 0;
  const upserted: Reply[] = [];
  const errors = yield* eachStatement(request, 'updates', UPDATE_FIELDS, function* (statement, index) {
    const args = new Arguments(statement);
    const query = statementQuery(args, request);
    const change = changeOf(args.value('u'), args, query.environment!);
    const multi = args.flag('multi');
    if (multi && change.kind === 'replacement')
      throw failedToParse('multi update is not supported for replacement-style update');
    const collection = targetOf(store, request);
    const outcome = collection
      ? yield* changeMatches(store, collection, request, query, change, multi)
      : { n: 0, modified: 0 };
    n += outcome.n;
    modified += outcome.modified;
    if (outcome.n === 0 && args.flag('upsert')) {
      const document = checkedSize(upsertedDocument(change, query.filter));
      insertChecked(store, request, document);
      upserted.push({ index, _id: field(document, '_id') });
      n++;
    }
  });
  return withErrors({ n, nModified: modified, ...(upserted.length > 0 && { upserted }) }, errors);
}

function statementQuery(args: Arguments, request: Request): Query {
  const filter = args.document('q');
  if (!filter) throw new CommandError(40414, "BSON field 'q' is missing but a required field");
  const hint = args.hint();
  const { variables } = request.environment();
  return {
    filter: parseFilter(filter),
    environment: { ...args.environment(), variables },
    meter: request.meter,
    ...(hint !== undefined && { hint }),
  };
}

function changeOf(update: Value | undefined, args: Arguments, environment: Environment): Update {
  if (update?.type !== T.object && update?.type !== T.array) {
    throw failedToParse('Update argument must be either an object or an array');
  }
  const variables = variablesOf(args.document('c'), update, environment.variables);
  return parseUpdate(update, parseArrayFilters(args.value('arrayFilters')), { ...environment, variables });
}

/** Changes the first match, or all that matched when the statement began. */
function* changeMatches(
  store: Store,
  collection: Collection,
  request: Request,
  query: Query,
  change: Update,
  multi: boolean,
): Generator<Pause, { n: number; modified: number }> {
  let n = 0;
  let modified = 0;
  for (const match of yield* targets(store, collection, query, multi)) {
    const next = applyUpdate(change, match.document, match.found.position);
    if (next !== match.document) {
      replaceChecked(collection, request, match, next);
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
  const test = compileFilter(query.filter, query.environment);
  for (const id of ids) {
    if (collection.dropped) return;
    const document = collection.read(id);
    const found = {};
    if (document && test(document, found)) yield { id, document, found };
  }
}

export function* remove(store: Store, request: Request): Work {
  const collection = targetOf(store, request);
  let n = 0;
  const errors = yield* eachStatement(request, 'deletes', DELETE_FIELDS, function* (statement) {
    const args = new Arguments(statement);
    const limit = args.number('limit');
    if (limit !== 0 && limit !== 1)
      throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const query = statementQuery(args, request);
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
  const environment = request.environment();
  const query: Query = {
    filter: filter ? parseFilter(filter) : ALL,
    sort: parseSort(request.document('sort')),
    environment,
    meter: request.meter,
    ...(hint !== undefined && { hint }),
  };
  const change = update && changeOf(update, request, environment);
  const projector = compileProjection(request.document('fields'), environment);
  const collection = targetOf(store, request);
  const [match] = collection ? yield* targets(store, collection, query, false) : [];
  if (collection && match && !change) {
    collection.remove(match);
    return { lastErrorObject: { n: 1 }, value: projector ? projector(match.document, match.found) : match.document };
  }
  if (collection && match && change) {
    const next = applyUpdate(change, match.document, match.found.position);
    if (next !== match.document) replaceChecked(collection, request, match, next);
    const shown = wantsNew ? next : match.document;
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: projector ? projector(shown, match.found) : shown,
    };
  }
  if (!change) return { lastErrorObject: { n: 0 }, value: null };
  if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const document = checkedSize(upsertedDocument(change, query.filter));
  insertChecked(store, request, document);
  const shown = projector ? projector(document) : document;
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: field(document, '_id') },
    value: wantsNew ? shown : null,
  };
}
