import { entries, field, T, textOf } from '../bson/value.js';
import { CommandError } from '../errors.js';
import { keyPattern } from '../index/definition.js';
import { type Plan, planFor } from '../planner/plan.js';
import { parseFilter } from '../query/parse.js';
import { matches, type Query } from '../query/run.js';
import { queryOf } from './reads.js';
import { Arguments, type Reply, Request, type Work } from './request.js';
import type { Store } from './store.js';

/** Says which index a command would use, and, unless only the plan is asked for, what that reads. */
export function* explain(store: Store, request: Request): Work {
  const inner = request.document('explain');
  if (!inner) throw new CommandError(9, 'explain needs a command');
  const command = new Request(inner);
  const name = command.value(command.name);
  const namespace = `${request.database}.${name?.type === T.string ? textOf(name) : ''}`;
  const query = explainedQuery(command);
  const collection = store.catalogue.find(namespace);
  const plan: Plan = collection
    ? planFor(collection, query.filter, query.sort ?? [], query.hint)
    : { kind: 'nothing', sorted: true };
  const reply: Reply = {
    explainVersion: '1',
    queryPlanner: { namespace, indexFilterSet: false, winningPlan: describe(plan, query), rejectedPlans: [] },
    command: inner,
    serverInfo: { host: 'embedded-store', version: '7.0.14' },
  };
  if ((request.text('verbosity') ?? 'allPlansExecution') === 'queryPlanner' || !collection) return reply;
  const startedAt = performance.now();
  let returned = 0;
  for (const match of matches(store.engine, collection, query)) {
    if (match) returned++;
    yield undefined;
  }
  const executionTimeMillis = Math.round(performance.now() - startedAt);
  return { ...reply, executionStats: { executionSuccess: true, nReturned: returned, executionTimeMillis } };
}

function explainedQuery(command: Request): Query {
  switch (command.name) {
    case 'find':
      return queryOf(command, 'filter');
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return queryOf(command, 'query');
    case 'aggregate': {
      const first = command.list('pipeline')[0];
      const match = first && field(first, '$match');
      return { filter: match ? parseFilter(match) : { kind: 'and', parts: [] } };
    }
    case 'update':
    case 'delete': {
      const statement = command.list(`${command.name}s`)[0];
      return statement ? queryOf(new Arguments(statement), 'q') : { filter: { kind: 'and', parts: [] } };
    }
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${entries(command.body)[0]?.[0]}`);
  }
}

function describe(plan: Plan, query: Query): Reply {
  const read = describeRead(plan);
  return plan.sorted || !query.sort?.length ? read : { stage: 'SORT', inputStage: read };
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
