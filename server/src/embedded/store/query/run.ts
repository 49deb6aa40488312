import type { Value } from '../bson/value.js';
import type { Environment } from '../expression/index.js';
import { type Plan, planFor } from '../planner/plan.js';
import { type Flow, scan } from '../planner/scan.js';
import type { Collection, StoredRecord } from '../storage/collection.js';
import type { Engine } from '../storage/engine.js';
import type { Filter } from './filter.js';
import { compileFilter, type Found } from './match.js';
import { Sorter, type SortField } from './sort.js';

/** Counts of what a query read. */
export interface Meter {
  keys: number;
  documents: number;
  /** How the documents were found: `COLLSCAN`, or `IXSCAN` and the index. */
  plan?: string;
}

/** What to look for in one collection. */
export interface Query {
  readonly filter: Filter;
  readonly sort?: readonly SortField[];
  readonly skip?: number;
  /** 0: no limit. */
  readonly limit?: number;
  readonly hint?: string | Record<string, unknown>;
  readonly environment?: Environment;
  /** Each result is used up before the next one is asked for, so documents need not last. */
  readonly transient?: boolean;
  /** Told what was read, for `explain`. */
  readonly meter?: Meter;
}

/** A stored document that satisfies a filter, and where it did. */
export interface Match extends StoredRecord {
  readonly found: Found;
}

export const planOf = (collection: Collection, { filter, sort = [], hint, environment }: Query): Plan =>
  planFor(collection, filter, sort, { hint, collated: environment?.collation !== undefined });

const PLAN_NAMES = { collection: 'COLLSCAN', nothing: 'EOF', union: 'OR' } as const;

/** Matching documents in the wanted order, found with the best index. */
export function* matches(engine: Engine, collection: Collection, query: Query): Flow<Match> {
  const plan = planOf(collection, query);
  if (query.meter) query.meter.plan ??= plan.kind === 'index' ? `IXSCAN ${plan.index.name}` : PLAN_NAMES[plan.kind];
  if (plan.kind === 'index') collection.noteUse(plan.index);
  const limit = query.limit || Infinity;
  const skip = query.skip ?? 0;
  const found = filtered(engine, collection, query, plan, !(query.transient && plan.sorted));
  yield* slice(plan.sorted ? found : sorted(found, query, skip + limit), skip, limit);
}

/** The same over documents that come from elsewhere, such as a view. */
export function* matchesAmong(documents: Flow<Value>, query: Query): Flow<Match> {
  const limit = query.limit || Infinity;
  const skip = query.skip ?? 0;
  const test = compileFilter(query.filter, query.environment);
  const found = (function* (): Flow<Match> {
    for (const document of documents) {
      yield document && test(document) ? { id: 0, document, found: {} } : undefined;
    }
  })();
  yield* slice(query.sort?.length ? sorted(found, query, skip + limit) : found, skip, limit);
}

function* filtered(engine: Engine, collection: Collection, query: Query, plan: Plan, last: boolean): Flow<Match> {
  const { filter } = query;
  const everything = filter.kind === 'and' && filter.parts.length === 0;
  const test = compileFilter(filter, query.environment);
  for (const record of scan(engine, collection, plan, query.meter)) {
    const found: Found = {};
    if (record && (everything || test(record.document, found))) {
      yield { id: record.id, document: last ? engine.keep(record.document) : record.document, found };
    } else yield undefined;
  }
}

function* sorted(records: Flow<Match>, { sort = [], environment }: Query, limit: number): Flow<Match> {
  const sorter = new Sorter<Match>(sort, limit, environment?.collation);
  for (const record of records) {
    if (record) sorter.add(record.document, record);
    yield undefined;
  }
  yield* sorter.finish();
}

/** Leaves out the first `skip` results and ends after `limit` more. */
export function* slice<R>(results: Flow<R>, skip: number, limit: number): Flow<R> {
  let skipped = 0;
  let given = 0;
  if (limit <= 0) return;
  for (const result of results) {
    if (result === undefined || skipped < skip) {
      if (result !== undefined) skipped++;
      yield undefined;
    } else {
      yield result;
      if (++given >= limit) return;
    }
  }
}

/** All results of a flow, pausing where it does. */
export function* collect<R>(results: Flow<R>): Generator<undefined, R[]> {
  const out: R[] = [];
  for (const result of results) {
    if (result !== undefined) out.push(result);
    yield undefined;
  }
  return out;
}

/** A flow of the values of an array. */
export function* flowOf(values: Iterable<Value>): Flow<Value> {
  yield* values;
}
