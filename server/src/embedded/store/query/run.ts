import type { Variables } from '../aggregate/expression.js';
import type { Value } from '../bson/value.js';
import { type Plan, planFor } from '../planner/plan.js';
import { type Flow, scan } from '../planner/scan.js';
import type { Collection, StoredRecord } from '../storage/collection.js';
import type { Engine } from '../storage/engine.js';
import { ALWAYS, type Filter } from './filter.js';
import { compileFilter, type Found } from './match.js';
import { Sorter, type SortField } from './sort.js';

/** What to look for in one collection. */
export interface Query {
  readonly filter: Filter;
  readonly sort?: readonly SortField[];
  readonly skip?: number;
  /** 0: no limit. */
  readonly limit?: number;
  readonly hint?: string | Record<string, unknown>;
  readonly variables?: Variables;
}

/** A stored document that satisfies a filter, and where it did. */
export interface Match extends StoredRecord {
  readonly found: Found;
}

/** Matching documents in the wanted order, found with the best index. */
export function* matches(engine: Engine, collection: Collection, query: Query): Flow<Match> {
  const plan = planFor(collection, query.filter, query.sort ?? [], query.hint);
  const limit = query.limit || Infinity;
  const skip = query.skip ?? 0;
  const found = filtered(engine, collection, query, plan);
  yield* slice(plan.sorted ? found : sorted(found, query.sort ?? [], skip + limit), skip, limit);
}

function* filtered(engine: Engine, collection: Collection, query: Query, plan: Plan): Flow<Match> {
  const { filter } = query;
  const everything = filter === ALWAYS || (filter.kind === 'and' && filter.parts.length === 0);
  const test = compileFilter(filter, query.variables);
  for (const record of scan(engine, collection, plan)) {
    const found: Found = {};
    yield record && (everything || test(record.document, found)) ? { ...record, found } : undefined;
  }
}

function* sorted(records: Flow<Match>, sort: readonly SortField[], limit: number): Flow<Match> {
  const sorter = new Sorter<Match>(sort, limit);
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
