import { Long } from 'bson';
import { runPipeline, select } from '../aggregate/pipeline.js';
import type { Context } from '../aggregate/stage.js';
import { toRuntime } from '../bson/runtime.js';
import { field, items, T, type Value } from '../bson/value.js';
import { decodeValue } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import { identity } from '../expression/arrays.js';
import type { Flow } from '../planner/scan.js';
import { ALL, type Filter } from '../query/filter.js';
import { parseFilter } from '../query/parse.js';
import { compileProjection } from '../query/projection.js';
import type { Query } from '../query/run.js';
import { parseSort } from '../query/sort.js';
import { explainPipeline } from './explain.js';
import type { Arguments, Reply, Request, Work } from './request.js';
import type { Store } from './store.js';

/** Reads filter, sort, skip and limit of `find`, `count` and their like. */
export function queryOf(args: Arguments, filterName: string): Query {
  const filter = args.document(filterName);
  const hint = args.hint();
  return {
    filter: filter ? parseFilter(filter) : ALL,
    sort: parseSort(args.document('sort')),
    skip: args.amount('skip') ?? 0,
    limit: args.amount('limit') ?? 0,
    ...(hint !== undefined && { hint }),
    environment: args.environment(),
  };
}

/** Where a command reads. */
const contextOf = (store: Store, request: Request, namespace: string | undefined): Context => ({
  store,
  database: request.database,
  namespace,
  ...request.environment(),
  hint: request.hint(),
  meter: request.meter,
  session: request.document('lsid'),
});

export function* find(store: Store, request: Request): Work {
  request.refuse('tailable', 'awaitData', 'min', 'max', 'returnKey', 'showRecordId');
  const namespace = request.namespace();
  const wanted = queryOf(request, 'filter');
  const projector = compileProjection(request.document('projection'), wanted.environment!);
  const query = { ...wanted, meter: request.meter, transient: projector !== undefined };
  const found = select(contextOf(store, request, namespace), query);
  const results = (function* (): Flow<Value> {
    for (const match of found) yield match && (projector ? projector(match.document, match.found) : match.document);
  })();
  return yield* store.cursors.start(namespace, results, request.amount('batchSize'), request.flag('singleBatch'));
}

export function* getMore(store: Store, request: Request): Work {
  const id = request.value('getMore');
  if (id?.type !== T.int64)
    throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const namespace = `${request.database}.${request.text('collection') ?? ''}`;
  return yield* store.cursors.next(longOf(id), namespace, request.amount('batchSize'));
}

const longOf = (value: Value) => Long.fromBigInt(value.bytes.readBigInt64LE(value.start));
export function killCursors(store: Store, request: Request): Reply {
  const ids = request.list('cursors').map(longOf);
  const killed = ids.filter((id) => store.cursors.kill(id));
  const unknown = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [] };
}

export function* count(store: Store, request: Request): Work {
  const namespace = request.namespace();
  const collection = store.catalogue.find(namespace);
  const limit = Math.abs(request.number('limit') ?? 0);
  const query = { ...countQuery(request), limit, meter: request.meter, transient: true };
  if (collection && !collection.view && isUnfiltered(query.filter)) {
    const left = Math.max(0, collection.count - (query.skip ?? 0));
    return { n: limit ? Math.min(limit, left) : left };
  }
  let n = 0;
  for (const match of select(contextOf(store, request, namespace), query)) {
    if (match) n++;
    yield undefined;
  }
  return { n };
}

const isUnfiltered = (filter: Filter) => filter.kind === 'and' && filter.parts.length === 0;

function countQuery(request: Request): Query {
  const filter = request.document('query');
  const hint = request.hint();
  return {
    filter: filter ? parseFilter(filter) : ALL,
    skip: request.amount('skip') ?? 0,
    ...(hint !== undefined && { hint }),
    environment: request.environment(),
  };
}

export function* distinct(store: Store, request: Request): Work {
  const key = request.text('key');
  if (!key) throw new CommandError(40414, "BSON field 'distinct.key' is missing but a required field");
  const query = { ...queryOf(request, 'query'), meter: request.meter };
  const values = new Map<string, Value>();
  for (const match of select(contextOf(store, request, request.namespace()), query)) {
    for (const value of match ? valuesAt(match.document, key.split('.'), 0) : []) {
      const id = identity(toRuntime(value), query.environment?.collation);
      if (!values.has(id)) values.set(id, value);
    }
    yield undefined;
  }
  return { values: [...values.keys()].sort().map((id) => values.get(id)!) };
}

/** The values at a path, elements of arrays one by one. */
function valuesAt(holder: Value, path: readonly string[], depth: number): Value[] {
  const value = field(holder, path[depth]!);
  const all = value?.type === T.array ? items(value) : value ? [value] : [];
  if (depth === path.length - 1) return all;
  if (value?.type === T.array && /^\d+$/.test(path[depth + 1]!)) return valuesAt(value, path, depth + 1);
  return all.flatMap((item) => (item.type === T.object ? valuesAt(item, path, depth + 1) : []));
}

export function* aggregate(store: Store, request: Request): Work {
  const target = request.value('aggregate');
  const cursor = request.document('cursor');
  if (!cursor && !request.flag('explain')) {
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const whole = target && target.type !== T.string;
  const namespace = whole ? `${request.database}.$cmd.aggregate` : request.namespace();
  const stages = request.list('pipeline');
  if (stages.some((stage) => stage.type !== T.object)) {
    throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  }
  const context = contextOf(store, request, whole ? undefined : namespace);
  if (request.flag('explain')) return yield* explainPipeline(context, stages, 'queryPlanner');
  const results = runPipeline(context, stages);
  const size = cursor && field(cursor, 'batchSize');
  return yield* store.cursors.start(namespace, results, size ? Number(decodeValue(size)) : undefined);
}
