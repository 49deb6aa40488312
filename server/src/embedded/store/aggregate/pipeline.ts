import { Aggregator } from 'mingo';
import { field, isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, decodeValue, encodeDocument } from '../bson/write.js';
import type { Store } from '../commands/store.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import type { Filter } from '../query/filter.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { compileProjection } from '../query/projection.js';
import { collect, matches, type Query, slice } from '../query/run.js';
import { parseSort, Sorter } from '../query/sort.js';
import { mingoOptions, refuseScripts, translateErrors, type Variables } from './expression.js';
import { bucket, canGroup, group } from './group.js';
import { facet, lookup, unionWith } from './joins.js';
import { merge, out } from './output.js';
import { reconcile } from './reconcile.js';
import { parseStages, type Stage } from './stage.js';
import { unwind } from './unwind.js';

/** What a pipeline runs in. Without a namespace it makes its own documents. */
export interface Context {
  readonly store: Store;
  readonly database: string;
  readonly namespace: string | undefined;
  readonly variables: Variables;
  readonly hint?: string | Record<string, unknown> | undefined;
}

/** The results of a pipeline over a collection. */
export function runPipeline(context: Context, stages: readonly Value[]): Flow<Value> {
  const parsed = parseStages(stages);
  const ending = parsed.findIndex(({ name }) => name === '$out' || name === '$merge');
  if (ending >= 0 && ending < parsed.length - 1) {
    throw new CommandError(40601, `${parsed[ending]!.name} can only be the final stage in the pipeline`);
  }
  return source(context, parsed);
}

/** Reads a collection through leading `$match`, `$sort`, `$skip` and `$limit`, which may use an index, then the other stages. */
export function* source(context: Context, stages: readonly Stage[], filter?: Filter): Flow<Value> {
  const { namespace, store, variables, hint } = context;
  const filters: Filter[] = filter ? [filter] : [];
  let at = 0;
  if (namespace === undefined) {
    yield* runStages(empty(), stages, context);
    return;
  }
  while (stages[at]?.name === '$match') filters.push(matchFilter(stages[at++]!));
  const sort = stages[at]?.name === '$sort' ? parseSort(stages[at++]!.spec) : [];
  const skip = stages[at]?.name === '$skip' ? amount(stages[at++]!, 0) : 0;
  const limit = stages[at]?.name === '$limit' ? amount(stages[at++]!, 1) : 0;
  const query: Query = {
    filter: { kind: 'and', parts: filters },
    sort,
    skip,
    limit,
    variables,
    ...(hint !== undefined && { hint }),
  };
  yield* runStages(read(store, namespace, query), stages.slice(at), context);
}

function* read(store: Store, namespace: string, query: Query): Flow<Value> {
  const collection = store.catalogue.find(namespace);
  if (!collection) return;
  for (const match of matches(store.engine, collection, query)) yield match?.document;
}

function* empty(): Flow<Value> {}

function matchFilter({ spec }: Stage): Filter {
  if (spec.type !== T.object) throw new CommandError(15959, 'the match filter must be an expression in an object');
  return parseFilter(spec);
}

function amount({ name, spec }: Stage, least: number): number {
  const number = isNumber(spec) ? Number(decodeValue(spec)) : Number.NaN;
  if (!Number.isInteger(number) || number < least) {
    throw new CommandError(
      name === '$limit' ? 15958 : 15956,
      `invalid argument to ${name} stage: the value must be ${least} or more`,
    );
  }
  return number;
}

/** Sends documents through stages. */
export function runStages(input: Flow<Value>, stages: readonly Stage[], context: Context): Flow<Value> {
  let flow = input;
  for (const stage of stages) flow = runStage(flow, stage, context);
  return flow;
}

function runStage(input: Flow<Value>, stage: Stage, context: Context): Flow<Value> {
  const { name, spec } = stage;
  switch (name) {
    case '$match':
      return filtered(input, matchFilter(stage), context.variables);
    case '$sort':
      return sorted(input, spec);
    case '$skip':
      return slice(input, amount(stage, 0), Infinity);
    case '$limit':
      return slice(input, 0, amount(stage, 1));
    case '$count':
      return counted(input, spec);
    case '$unwind':
      return unwind(input, spec);
    case '$unset':
      return projected(input, encodeDocument(Object.fromEntries(unsetNames(spec).map((path) => [path, 0]))));
    case '$project':
      return isPlain(spec) ? projected(input, spec) : computed(input, stage, context);
    case '$group': {
      const decoded = decodeDocument(spec);
      return canGroup(decoded) ? group(input, decoded, context.variables) : computed(input, stage, context);
    }
    case '$bucket': {
      const decoded = decodeDocument(spec);
      const output = (decoded['output'] ?? {}) as Record<string, unknown>;
      return canGroup(output) ? bucket(input, decoded, context.variables) : computed(input, stage, context);
    }
    case '$sortByCount':
      return sorted(
        group(input, { _id: decodeValue(spec), count: { $sum: 1 } }, context.variables),
        encodeDocument({ count: -1 }),
      );
    case '$lookup':
      return lookup(input, spec, context);
    case '$unionWith':
      return unionWith(input, spec, context);
    case '$facet':
      return facet(input, spec, context);
    case '$sample':
      return sampled(input, spec);
    case '$out':
      return out(input, spec, context);
    case '$merge':
      return merge(input, spec, context);
    default:
      return computed(input, stage, context);
  }
}

function* filtered(input: Flow<Value>, filter: Filter, variables: Variables): Flow<Value> {
  const test = compileFilter(filter, variables);
  for (const document of input) yield document && test(document) ? document : undefined;
}

function* sorted(input: Flow<Value>, spec: Value): Flow<Value> {
  const sorter = new Sorter<Value>(parseSort(spec));
  for (const document of input) {
    if (document) sorter.add(document, document);
    yield undefined;
  }
  yield* sorter.finish();
}

function* counted(input: Flow<Value>, spec: Value): Flow<Value> {
  const name = spec.type === T.string ? textOf(spec) : '';
  if (!name || name.startsWith('$') || name.includes('.')) {
    throw new CommandError(40156, 'the count field must be a non-empty string without $ and .');
  }
  let count = 0;
  for (const document of input) {
    if (document) count++;
    yield undefined;
  }
  if (count > 0) yield encodeDocument({ [name]: count });
}

const unsetNames = (spec: Value): string[] => (spec.type === T.array ? items(spec) : [spec]).map(textOf);

/** Whether a projection only keeps or only leaves out fields. */
const isPlain = (spec: Value): boolean =>
  spec.type === T.object && items(spec).every((value) => value.type === T.boolean || isNumber(value));

function* projected(input: Flow<Value>, spec: Value): Flow<Value> {
  const project = compileProjection(spec);
  if (!project) throw new CommandError(51272, 'projection specification must have at least one field');
  for (const document of input) yield document && project(document);
}

function* sampled(input: Flow<Value>, spec: Value): Flow<Value> {
  const size = spec.type === T.object ? field(spec, 'size') : undefined;
  const wanted = size && isNumber(size) ? Number(decodeValue(size)) : 0;
  if (wanted < 1) throw new CommandError(28747, 'size argument to $sample must be a positive number');
  const kept: Value[] = [];
  let seen = 0;
  for (const document of input) {
    if (document) {
      seen++;
      const place = kept.length < wanted ? kept.length : Math.floor(Math.random() * seen);
      if (place < wanted) kept[place] = document;
    }
    yield undefined;
  }
  yield* kept;
}

/** Stages that turn one document into one. */
const ONE_TO_ONE = new Set(['$set', '$addFields', '$project', '$replaceRoot', '$replaceWith']);
const CHUNK = 64;

/** A stage of the expression library: document by document where it can, otherwise over all of them. */
function* computed(input: Flow<Value>, { name, spec }: Stage, context: Context): Flow<Value> {
  const operand = decodeValue(spec);
  refuseScripts(operand);
  const options = { ...mingoOptions(context.variables), collectionResolver: (from: string) => allOf(context, from) };
  const run = (documents: readonly Value[]) =>
    translateErrors(() =>
      new Aggregator([{ [name]: operand as Record<string, unknown> }], options).run(
        documents.map(decodeDocument) as never,
      ),
    ).map((result) => encodeDocument(result));
  if (!ONE_TO_ONE.has(name)) {
    yield* run(yield* collect(input));
    return;
  }
  let chunk: Value[] = [];
  const flush = () => {
    const results = run(chunk).map((result, i) => reconcile(result, chunk[i]!));
    chunk = [];
    return results;
  };
  for (const document of input) {
    if (document) chunk.push(document);
    if (chunk.length >= CHUNK) yield* flush();
    yield undefined;
  }
  if (chunk.length > 0) yield* flush();
}

/** Another collection as plain documents, for stages of the library that look into one. */
function allOf(context: Context, from: string): Record<string, unknown>[] {
  const all: Record<string, unknown>[] = [];
  for (const document of read(context.store, `${context.database}.${from}`, { filter: { kind: 'and', parts: [] } })) {
    if (document) all.push(decodeDocument(document));
  }
  return all;
}
