import { isNumber, T, textOf, type Value } from '../bson/value.js';
import { decodeValue, encodeDocument } from '../bson/write.js';
import { collectionStatistics, indexStatistics } from '../commands/statistics.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import type { Filter } from '../query/filter.js';
import { compileFilter } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { type Match, matches, matchesAmong, type Query, slice } from '../query/run.js';
import { parseSort, Sorter } from '../query/sort.js';
import { bucket, bucketAuto, group, sortByCount } from './group.js';
import { facet, graphLookup, lookup, unionWith } from './joins.js';
import { merge, out } from './output.js';
import { compileReshape, completed, given, sample } from './shape.js';
import { type Context, namespaceOf, parseStages, type RunStage, type Stage } from './stage.js';
import { unwind } from './unwind.js';
import { setWindowFields } from './windows.js';

/** Stages that make their own documents and so must come first. */
const SOURCES: Record<string, (spec: Value, context: Context) => Flow<Value>> = {
  $documents: given,
  $collStats: (spec, context) => collectionStatistics(context.store, context.namespace!, spec),
  $indexStats: (_, context) => indexStatistics(context.store, context.namespace!),
  $listLocalSessions: (_, { session }) => sessions(session),
};

/** The results of a pipeline over a collection. */
export function runPipeline(context: Context, stages: readonly Value[]): Flow<Value> {
  const parsed = parseStages(stages);
  const ending = parsed.findIndex(({ name }) => name === '$out' || name === '$merge');
  if (ending >= 0 && ending < parsed.length - 1) {
    throw new CommandError(40601, `${parsed[ending]!.name} can only be the final stage in the pipeline`);
  }
  return source(context, parsed);
}

/** Reads a collection, or the view it is, through leading stages that may use an index, then the other stages. */
export function source(context: Context, stages: readonly Stage[], filter?: Filter): Flow<Value> {
  const { namespace } = context;
  const first = stages[0];
  if (first && Object.hasOwn(SOURCES, first.name)) {
    return runStages(SOURCES[first.name]!(first.spec, context), stages.slice(1), context);
  }
  if (namespace === undefined) {
    if (first) throw new CommandError(73, `{aggregate: 1} is not valid for '${first.name}'; a collection is required.`);
    return nothing();
  }
  const { query, used } = leadingQuery(context, stages, filter);
  return runStages(documentsOf(select(context, query)), stages.slice(used), context);
}

/** What a query finds in a collection or in a view. */
export function* select(context: Context, query: Query): Flow<Match> {
  const { namespace, store } = context;
  const collection = store.catalogue.find(namespace!);
  if (collection?.view) {
    const { viewOn, pipeline } = collection.view;
    const inner = { ...context, hint: undefined, namespace: namespaceOf(context, viewOn) };
    yield* matchesAmong(source(inner, parseStages(pipeline)), query);
  } else if (collection) yield* matches(store.engine, collection, query);
}

function* documentsOf(found: Flow<Match>): Flow<Value> {
  for (const match of found) yield match?.document;
}

/** The query that the leading `$match`, `$sort`, `$skip` and `$limit` amount to, and how many stages that took. */
export function leadingQuery(
  context: Context,
  stages: readonly Stage[],
  filter?: Filter,
): { query: Query; used: number } {
  const filters: Filter[] = filter ? [filter] : [];
  let used = 0;
  while (stages[used]?.name === '$match') filters.push(matchFilter(stages[used++]!));
  const sort = stages[used]?.name === '$sort' ? parseSort(stages[used++]!.spec) : [];
  const skip = stages[used]?.name === '$skip' ? amount(stages[used++]!, 0) : 0;
  const limit = stages[used]?.name === '$limit' ? amount(stages[used++]!, 1) : 0;
  const { hint, meter } = context;
  const query: Query = {
    filter: { kind: 'and', parts: filters },
    sort,
    skip,
    limit,
    environment: context,
    ...(hint !== undefined && { hint }),
    ...(meter && { meter }),
  };
  return { query, used };
}

/** Sessions are not kept here: the one that asks is the only one known. */
function* sessions(session: Value | undefined): Flow<Value> {
  if (session) yield encodeDocument({ _id: session, lastUse: new Date() });
}

function* nothing(): Flow<Value> {}

function matchFilter({ spec }: Stage): Filter {
  if (spec.type !== T.object) throw new CommandError(15959, 'the match filter must be an expression in an object');
  return parseFilter(spec);
}

function amount({ name, spec }: Stage, least: number): number {
  const number = isNumber(spec) ? Number(decodeValue(spec)) : Number.NaN;
  if (!Number.isInteger(number) || number < least) {
    const code = name === '$limit' ? 15958 : 15956;
    throw new CommandError(code, `invalid argument to ${name} stage: the value must be ${least} or more`);
  }
  return number;
}

/** Stages whose whole behaviour is theirs, by name. */
const STAGES: Record<string, RunStage> = {
  $match: (input, stage, context) => filtered(input, matchFilter(stage), context),
  $sort: (input, { spec }, context) => sorted(input, spec, context),
  $skip: (input, stage) => slice(input, amount(stage, 0), Infinity),
  $limit: (input, stage) => slice(input, 0, amount(stage, 1)),
  $count: (input, { spec }) => counted(input, spec),
  $unwind: (input, { spec }) => unwind(input, spec),
  $group: group,
  $bucket: bucket,
  $bucketAuto: (input, { spec }, context) => bucketAuto(input, spec, context),
  $sortByCount: (input, { spec }, context) => sortByCount(input, spec, context),
  $setWindowFields: (input, { spec }, context) => setWindowFields(input, spec, context),
  $lookup: (input, { spec }, context) => lookup(input, spec, context),
  $graphLookup: (input, { spec }, context) => graphLookup(input, spec, context),
  $unionWith: (input, { spec }, context) => unionWith(input, spec, context),
  $facet: facet,
  $sample: (input, { spec }) => sample(input, spec),
  $densify: completed,
  $fill: completed,
  $out: (input, { spec }, context) => out(input, spec, context),
  $merge: (input, { spec }, context) => merge(input, spec, context),
};

/** Sends documents through stages. @throws CommandError 40324 for a stage that does not exist */
export function runStages(input: Flow<Value>, stages: readonly Stage[], context: Context): Flow<Value> {
  return stages.reduce((flow, stage) => {
    const reshape = compileReshape(stage, context);
    if (reshape) return reshaped(flow, reshape);
    if (Object.hasOwn(STAGES, stage.name)) return STAGES[stage.name]!(flow, stage, context);
    if (Object.hasOwn(SOURCES, stage.name)) {
      throw new CommandError(40602, `${stage.name} is only valid as the first stage in a pipeline.`);
    }
    throw new CommandError(40324, `Unrecognized pipeline stage name: '${stage.name}'`);
  }, input);
}

function* reshaped(input: Flow<Value>, reshape: (document: Value) => Value | undefined): Flow<Value> {
  for (const document of input) yield document && reshape(document);
}

function* filtered(input: Flow<Value>, filter: Filter, context: Context): Flow<Value> {
  const test = compileFilter(filter, context);
  for (const document of input) yield document && test(document) ? document : undefined;
}

function* sorted(input: Flow<Value>, spec: Value, { collation }: Context): Flow<Value> {
  const sorter = new Sorter<Value>(parseSort(spec), Infinity, collation);
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
