import { T, type Value } from '../bson/value.js';
import { encodeDocument } from '../bson/write.js';
import { badValue } from '../errors.js';
import type { IndexDefinition } from '../index/definition.js';
import { withIndexId } from '../index/entries.js';
import type { Filter, Predicate } from '../query/filter.js';
import { parseFilter } from '../query/parse.js';
import type { SortField } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { EVERYTHING, type Interval, intersect, intervalsOf, inverted, keyRange, ordered } from './bounds.js';
import { implies } from './implication.js';

/** How the documents for a filter are found. The filter itself is always checked again. */
export type Plan =
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly sorted: boolean }
  | { readonly kind: 'nothing'; readonly sorted: true }
  | {
      readonly kind: 'index';
      readonly index: IndexDefinition;
      readonly ranges: readonly KeyRange[];
      readonly reverse: boolean;
      readonly sorted: boolean;
    }
  | { readonly kind: 'union'; readonly plans: readonly Plan[]; readonly sorted: false };

export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** More intervals than this are not spread over the following fields. */
const MAX_RANGES = 2_000;

/** A condition on one path that every wanted document satisfies. */
export interface Condition {
  readonly path: string;
  readonly test: Predicate;
}

/** What narrows the choice of an index. */
export interface Choice {
  readonly hint?: Hint | undefined;
  /** Text compares by the rules of a language, which no index follows. */
  readonly collated?: boolean;
}

/** An index by its name or by its key. */
export type Hint = string | Record<string, unknown>;

/** Chooses the index that narrows most: longest run of equalities, then a range, then the wanted order. */
export function planFor(
  collection: Collection,
  filter: Filter,
  sort: readonly SortField[],
  { hint, collated = false }: Choice = {},
): Plan {
  const natural = sort[0]?.path === '$natural' ? sort[0] : undefined;
  if (natural) return { kind: 'collection', reverse: natural.descending, sorted: true };
  const conditions = conditionsOf(filter).filter(({ test }) => !collated || !comparesText(test));
  const order = collated && sort.length > 0 ? UNORDERED : sort;
  if (hint !== undefined) return hintedPlan(collection, conditions, order, hint);
  let best: Candidate | undefined;
  for (const index of collection.readyIndexes) {
    if (index.hidden) continue;
    const candidate = consider(index, conditions, order);
    if (candidate && candidate.score > 0 && (!best || candidate.score > best.score)) best = candidate;
  }
  if (best && best.bound > 0) return best.plan;
  return (
    unionPlan(collection, filter, collated) ??
    best?.plan ?? { kind: 'collection', reverse: false, sorted: sort.length === 0 }
  );
}

function hintedPlan(collection: Collection, conditions: Condition[], sort: readonly SortField[], hint: Hint): Plan {
  if (typeof hint === 'object' && '$natural' in hint) {
    return { kind: 'collection', reverse: Number(hint['$natural']) < 0, sorted: sort.length === 0 };
  }
  const index = collection.readyIndexes.find((candidate) =>
    typeof hint === 'string'
      ? candidate.name === hint
      : JSON.stringify(candidate.fields.map((f) => [f.path, f.descending ? -1 : 1])) ===
        JSON.stringify(Object.entries(hint)),
  );
  if (!index || index.hidden)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return consider(index, conditions, sort, true)!.plan;
}

/** An order that no index has. */
const UNORDERED: readonly SortField[] = [{ path: '', descending: false }];

/** Whether a predicate compares with text, or with what may hold some. */
function comparesText(test: Predicate): boolean {
  switch (test.op) {
    case 'in':
      return test.patterns.length > 0 || test.values.some(mayHoldText);
    case 'and':
    case 'elementValues':
      return test.parts.some(comparesText);
    case 'not':
      return comparesText(test.part);
    default:
      return 'value' in test && mayHoldText(test.value);
  }
}

const mayHoldText = ({ type }: Value) =>
  type === T.string || type === T.symbol || type === T.object || type === T.array;

/** An `$or` whose every branch has an index reads one branch after the other. */
function unionPlan(collection: Collection, filter: Filter, collated: boolean): Plan | undefined {
  const alternatives =
    filter.kind === 'or' ? filter : filter.kind === 'and' ? filter.parts.find((part) => part.kind === 'or') : undefined;
  if (alternatives?.kind !== 'or') return undefined;
  const plans: Plan[] = [];
  for (const part of alternatives.parts) {
    const plan = planFor(collection, part, [], { collated });
    if (plan.kind === 'collection') return undefined;
    plans.push(plan);
  }
  return { kind: 'union', plans, sorted: false };
}

/** What an `$and` of conditions demands, path by path. */
export function conditionsOf(filter: Filter): Condition[] {
  if (filter.kind === 'and') return filter.parts.flatMap(conditionsOf);
  if (filter.kind !== 'field') return [];
  const { path, test } = filter;
  if (test.op === 'elements') {
    const inner = conditionsOf(test.filter).map((condition) => ({ ...condition, path: `${path}.${condition.path}` }));
    return [{ path, test }, ...inner];
  }
  if (test.op === 'and') return test.parts.map((part) => ({ path, test: part }));
  return [{ path, test }];
}

interface Candidate {
  readonly plan: Plan;
  readonly score: number;
  readonly bound: number;
}

function consider(
  index: IndexDefinition,
  conditions: readonly Condition[],
  sort: readonly SortField[],
  forced = false,
): Candidate | undefined {
  if (!forced && !mayBeUsed(index, conditions)) return undefined;
  let prefixes = [withIndexId(index, Buffer.alloc(0))];
  let points = 0;
  let fixed = 0;
  let ranges: KeyRange[] | undefined;
  const seenRoots = new Set<string>();
  for (const indexField of index.fields) {
    const root = indexField.path.split('.')[0]!;
    const usable = !index.multikey || !seenRoots.has(root);
    seenRoots.add(root);
    const ascending = usable ? fieldIntervals(index, indexField.path, conditions) : undefined;
    if (!ascending) break;
    if (ascending.length === 0) return { plan: { kind: 'nothing', sorted: true }, score: 1_000, bound: 1 };
    const intervals = indexField.descending ? ordered(ascending.map(inverted)) : ascending;
    if (intervals.every(isPoint) && prefixes.length * intervals.length <= MAX_RANGES) {
      prefixes = prefixes.flatMap((prefix) => intervals.map(({ low }) => Buffer.concat([prefix, low.prefix])));
      if (intervals.length === 1 && fixed === points) fixed++;
      points++;
      continue;
    }
    if (prefixes.length * intervals.length <= MAX_RANGES) {
      ranges = prefixes.flatMap((prefix) => intervals.map((interval) => keyRange(prefix, interval)));
    }
    break;
  }
  const direction = sortDirection(index, fixed, sort);
  const bound = points + (ranges ? 0.5 : 0);
  const score =
    bound * 10 + (direction && sort.length > 0 ? 4 : 0) + (index.unique && points === index.fields.length ? 3 : 0);
  ranges ??= prefixes.map((prefix) => keyRange(prefix, EVERYTHING));
  const plan = {
    kind: 'index',
    index,
    ranges,
    reverse: direction === 'backward',
    sorted: direction !== undefined,
  } as const;
  return { plan, score, bound };
}

/** Intervals that all conditions on one path leave; of a multikey index only one condition may be used. */
function fieldIntervals(
  index: IndexDefinition,
  path: string,
  conditions: readonly Condition[],
): Interval[] | undefined {
  let result: Interval[] | undefined;
  for (const { path: own, test } of conditions) {
    if (own !== path) continue;
    const intervals = intervalsOf(test);
    if (!intervals) continue;
    if (!result) result = intervals;
    else if (!index.multikey) result = intersectAll(result, intervals);
    else if (intervals.length < result.length || (intervals.every(isPoint) && !result.every(isPoint)))
      result = intervals;
  }
  return result;
}

const isPoint = (interval: Interval) => interval.point === true;

const intersectAll = (a: readonly Interval[], b: readonly Interval[]) =>
  a.flatMap((one) => b.flatMap((other) => intersect(one, other) ?? []));

/** Sparse and partial indexes lack documents: they serve only filters that cannot want those. */
function mayBeUsed(index: IndexDefinition, conditions: readonly Condition[]): boolean {
  if (
    index.sparse &&
    !index.fields.some(({ path }) => conditions.some((c) => c.path === path && excludesMissing(c.test)))
  ) {
    return false;
  }
  return !index.partialFilter || implies(conditions, parseFilter(encodeDocument(index.partialFilter)));
}

function excludesMissing(test: Predicate): boolean {
  const nullEdge = intervalsOf({ op: 'not', part: { op: 'exists' } })![0]!;
  if (test.op === 'exists') return true;
  const intervals = intervalsOf(test);
  return intervals !== undefined && !intervals.some((interval) => intersect(interval, nullEdge));
}

/** Whether walking the index forward or backward yields the wanted order. `fixed` leading fields have one value each. */
function sortDirection(
  index: IndexDefinition,
  fixed: number,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  if (sort.length === 0) return 'forward';
  if (index.multikey || index.inexact) return undefined;
  const constant = new Set(index.fields.slice(0, fixed).map(({ path }) => path));
  const wanted = sort.filter(({ path }) => !constant.has(path));
  const rest = index.fields.slice(fixed);
  for (const backward of [false, true]) {
    const fits = wanted.every(
      ({ path, descending }, i) => rest[i]?.path === path && rest[i]?.descending === (descending !== backward),
    );
    if (fits) return backward ? 'backward' : 'forward';
  }
  return undefined;
}
