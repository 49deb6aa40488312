import { leadingQuery, runPipeline } from '../aggregate/pipeline.js';
import { type Context, parseStages } from '../aggregate/stage.js';
import { T, textOf, type Value } from '../bson/value.js';
import { CommandError } from '../errors.js';
import { keyPattern } from '../index/definition.js';
import type { Plan } from '../planner/plan.js';
import { ALL } from '../query/filter.js';
import { matches, planOf, type Query } from '../query/run.js';
import { queryOf } from './reads.js';
import { Arguments, type Reply, Request, type Work } from './request.js';
import { VERSION } from './server-info.js';
import type { Store } from './store.js';

/** Says which index a command would use, and, unless only the plan is asked for, what that reads. */
export function* explain(store: Store, request: Request): Work {
  const inner = request.document('explain');
  if (!inner) throw new CommandError(9, 'explain needs a command');
  const command = new Request(inner);
  const target = command.value(command.name);
  const namespace = `${request.database}.${target?.type === T.string ? textOf(target) : ''}`;
  const verbosity = request.text('verbosity') ?? 'allPlansExecution';
  if (command.name === 'aggregate') {
    const context = { store, database: request.database, namespace, hint: command.hint(), ...command.environment() };
    return { ...(yield* explainPipeline(context, command.list('pipeline'), verbosity)), command: inner };
  }
  const query = { ...explainedQuery(command), meter: { keys: 0, documents: 0 } };
  const collection = store.catalogue.find(namespace);
  const reply = { ...planReply(store, namespace, query), command: inner };
  if (verbosity === 'queryPlanner' || !collection) return reply;
  const startedAt = performance.now();
  let nReturned = 0;
  for (const match of matches(store.engine, collection, query)) {
    if (match) nReturned++;
    yield undefined;
  }
  return { ...reply, executionStats: executionStats(nReturned, startedAt, query.meter) };
}

/** The same for a pipeline: the plan of what it reads, then the stages that follow. */
export function* explainPipeline(context: Context, stages: readonly Value[], verbosity: string): Work {
  const parsed = parseStages(stages);
  const { query, used } = leadingQuery(context, parsed);
  const meter = { keys: 0, documents: 0 };
  const startedAt = performance.now();
  const reply = planReply(context.store, context.namespace ?? '', query);
  let stats: Reply | undefined;
  if (verbosity !== 'queryPlanner' && !parsed.some(({ name }) => name === '$out' || name === '$merge')) {
    let nReturned = 0;
    for (const document of runPipeline({ ...context, meter }, stages)) {
      if (document) nReturned++;
      yield undefined;
    }
    stats = executionStats(nReturned, startedAt, meter);
  }
  if (used === parsed.length) return { ...reply, ...(stats && { executionStats: stats }) };
  const { explainVersion, serverInfo, ...cursor } = reply;
  const first = { $cursor: { ...cursor, ...(stats && { executionStats: stats }) } };
  return {
    explainVersion,
    stages: [first, ...parsed.slice(used).map(({ name, spec }) => ({ [name]: spec }))],
    serverInfo,
  };
}

const executionStats = (nReturned: number, startedAt: number, meter: { keys: number; documents: number }): Reply => ({
  executionSuccess: true,
  nReturned,
  executionTimeMillis: Math.round(performance.now() - startedAt),
  totalKeysExamined: meter.keys,
  totalDocsExamined: meter.documents,
});

function planReply(store: Store, namespace: string, query: Query): Reply {
  const collection = store.catalogue.find(namespace);
  const plan: Plan = collection ? planOf(collection, query) : { kind: 'nothing', sorted: true };
  return {
    explainVersion: '1',
    queryPlanner: { namespace, indexFilterSet: false, winningPlan: describe(plan, query), rejectedPlans: [] },
    serverInfo: { host: 'embedded-store', version: VERSION },
  };
}

function explainedQuery(command: Request): Query {
  switch (command.name) {
    case 'find':
      return queryOf(command, 'filter');
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return queryOf(command, 'query');
    case 'update':
    case 'delete': {
      const statement = command.list(`${command.name}s`)[0];
      return statement ? queryOf(new Arguments(statement), 'q') : { filter: ALL };
    }
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${command.name}`);
  }
}

/** The plan's tree, the step that gives the results outermost. */
function describe(plan: Plan, { sort = [], skip, limit }: Query): Reply {
  let stage = describeRead(plan);
  if (!plan.sorted && sort.length > 0) {
    const sortPattern = Object.fromEntries(sort.map(({ path, descending }) => [path, descending ? -1 : 1]));
    stage = { stage: 'SORT', sortPattern, inputStage: stage };
  }
  if (skip) stage = { stage: 'SKIP', skipAmount: skip, inputStage: stage };
  return limit ? { stage: 'LIMIT', limitAmount: limit, inputStage: stage } : stage;
}

function describeRead(plan: Plan): Reply {
  switch (plan.kind) {
    case 'nothing':
      return { stage: 'EOF' };
    case 'collection':
      return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
    case 'union':
      return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(describeRead) } };
    default:
      return {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN',
          indexName: plan.index.name,
          keyPattern: keyPattern(plan.index),
          isMultiKey: plan.index.multikey ?? false,
          isUnique: plan.index.unique,
          isSparse: plan.index.sparse,
          isPartial: plan.index.partialFilter !== undefined,
          direction: plan.reverse ? 'backward' : 'forward',
          ranges: plan.ranges.length,
        },
      };
  }
}
