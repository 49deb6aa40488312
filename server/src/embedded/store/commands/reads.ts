import { Long } from 'bson';
import { runPipeline } from '../aggregate/pipeline.js';
import { orderKey } from '../bson/order-key.js';
import { field, items, T, type Value } from '../bson/value.js';
import { decodeValue } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import { parseFilter } from '../query/parse.js';
import { compileProjection } from '../query/projection.js';
import { matches, type Query } from '../query/run.js';
import { parseSort } from '../query/sort.js';
import type { Arguments, Reply, Request, Work } from './request.js';
import type { Store } from './store.js';

/** Reads filter, sort, skip and limit of `find`, `count` and their like. */
export function queryOf(args: Arguments, filterName: string): Query {
  const filter = args.document(filterName);
  const hint = args.hint();
  return {
    filter: filter ? parseFilter(filter) : { kind: 'and', parts: [] },
    sort: parseSort(args.document('sort')),
    skip: args.amount('skip') ?? 0,
    limit: args.amount('limit') ?? 0,
    ...(hint !== undefined && { hint }),
    variables: args.variables(),
  };
}

export function* find(store: Store, request: Request): Work {
  request.refuse('tailable', 'awaitData', 'min', 'max', 'returnKey', 'showRecordId');
  const namespace = request.namespace();
  const results = findResults(store, request);
  return yield* store.cursors.start(namespace, results, request.amount('batchSize'), request.flag('singleBatch'));
}

function findResults(store: Store, request: Request): Flow<Value> {
  const query = queryOf(request, 'filter');
  const projector = compileProjection(request.document('projection'), query.variables);
  const collection = store.catalogue.find(request.namespace());
  return (function* () {
    if (!collection) return;
    for (const match of matches(store.engine, collection, query)) {
      yield match && (projector ? projector(match.document, match.found) : match.document);
    }
  })();
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
  request.refuse();
  const collection = store.catalogue.find(request.namespace());
  const limit = Math.abs(request.number('limit') ?? 0);
  const query = { ...queryOfCount(request), limit };
  if (!collection) return { n: 0 };
  if (query.filter.kind === 'and' && query.filter.parts.length === 0) {
    const left = Math.max(0, collection.count - (query.skip ?? 0));
    return { n: limit ? Math.min(limit, left) : left };
  }
  let n = 0;
  for (const match of matches(store.engine, collection, query)) {
    if (match) n++;
    yield undefined;
  }
  return { n };
}

function queryOfCount(request: Request): Query {
  const filter = request.document('query');
  const hint = request.hint();
  return {
    filter: filter ? parseFilter(filter) : { kind: 'and', parts: [] },
    skip: request.amount('skip') ?? 0,
    ...(hint !== undefined && { hint }),
  };
}

export function* distinct(store: Store, request: Request): Work {
  request.refuse();
  const key = request.text('key');
  if (!key) throw new CommandError(14, "BSON field 'distinct.key' is missing but a required field");
  const collection = store.catalogue.find(request.namespace());
  const query = queryOf(request, 'query');
  const values = new Map<string, Value>();
  if (collection) {
    for (const match of matches(store.engine, collection, query)) {
      if (match)
        for (const value of valuesAt(match.document, key.split('.'), 0)) {
          const id = orderKey(value).toString('latin1');
          if (!values.has(id)) values.set(id, value);
        }
      yield undefined;
    }
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
  request.refuse();
  const target = request.value('aggregate');
  const cursor = request.document('cursor');
  if (!cursor && !request.flag('explain'))
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const whole = target && target.type !== T.string;
  const namespace = whole ? `${request.database}.$cmd.aggregate` : request.namespace();
  const stages = request.list('pipeline');
  if (stages.some((stage) => stage.type !== T.object))
    throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  const hint = request.hint();
  const context = {
    store,
    database: request.database,
    namespace: whole ? undefined : namespace,
    variables: request.variables(),
    ...(hint !== undefined && { hint }),
  };
  const results = runPipeline(context, stages);
  const size = cursor && field(cursor, 'batchSize');
  return yield* store.cursors.start(namespace, results, size ? Number(decodeValue(size)) : undefined);
}
