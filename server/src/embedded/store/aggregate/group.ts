import { compareValues } from '../bson/compare.js';
import { orderKey } from '../bson/order-key.js';
import type { Value } from '../bson/value.js';
import { decodeDocument, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import { Sorter } from '../query/sort.js';
import { ACCUMULATORS, type Accumulator } from './accumulators.js';
import { compileExpression, type Variables } from './expression.js';
import { fieldsRead, pick } from './fields.js';

/** Groups that one `$group` may hold. */
const MOST_GROUPS = 1_000_000;

/** Whether a `$group` can be computed here, document by document. */
export function canGroup(spec: Record<string, unknown>): boolean {
  return Object.entries(spec).every(([name, value]) => {
    if (name === '_id') return true;
    const [operator, ...rest] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return rest.length === 0 && operator !== undefined && Object.hasOwn(ACCUMULATORS, operator);
  });
}

/** `$group` with its running results only: the documents of a group are not kept. */
export function group(input: Flow<Value>, spec: Record<string, unknown>, variables: Variables): Flow<Value> {
  if (!('_id' in spec)) throw new CommandError(15955, 'a group specification must include an _id');
  return groupBy(input, compileExpression(spec['_id'], variables), spec, variables);
}

/** `$bucket`: a group per half-open range between two boundaries; what lies outside goes to `default`. */
export function* bucket(input: Flow<Value>, spec: Record<string, unknown>, variables: Variables): Flow<Value> {
  const boundaries = (Array.isArray(spec['boundaries']) ? spec['boundaries'] : []).map(encodeValue);
  if (boundaries.length < 2 || boundaries.some((own, i) => i > 0 && compareValues(boundaries[i - 1], own) >= 0)) {
    throw new CommandError(40194, "The 'boundaries' option to $bucket must be at least two values in ascending order");
  }
  const evaluate = compileExpression(spec['groupBy'], variables);
  const output = (spec['output'] as Record<string, unknown> | undefined) ?? { count: { $sum: 1 } };
  const idOf = (document: Record<string, unknown>): unknown => {
    const value = encodeValue(evaluate(document) ?? null);
    const above = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
    if (above > 0) return boundaries[above - 1];
    if (!('default' in spec)) {
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    }
    return spec['default'];
  };
  const read = { by: spec['groupBy'], output };
  const results = new Sorter<Value>([{ path: '_id', descending: false }]);
  for (const result of groupBy(input, idOf, { _id: read, ...output }, variables)) {
    if (result) results.add(result, result);
    yield undefined;
  }
  yield* results.finish();
}

function* groupBy(
  input: Flow<Value>,
  idOf: (document: Record<string, unknown>) => unknown,
  spec: Record<string, unknown>,
  variables: Variables,
): Flow<Value> {
  const outputs = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, accumulated]) => {
      const [operator, operand] = Object.entries(accumulated as Record<string, unknown>)[0]!;
      if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
      return { name, create: ACCUMULATORS[operator]!, evaluate: compileExpression(operand, variables) };
    });
  const needed = fieldsRead(spec);
  const groups = new Map<string, { id: Value; states: Accumulator[] }>();
  for (const document of input) {
    if (document) {
      const decoded = decodeDocument(pick(document, needed));
      const id = encodeValue(idOf(decoded) ?? null);
      const key = orderKey(id).toString('latin1');
      let own = groups.get(key);
      if (!own) {
        if (groups.size >= MOST_GROUPS) throw new CommandError(292, 'Exceeded memory limit for $group');
        own = { id, states: outputs.map(({ create }) => create()) };
        groups.set(key, own);
      }
      for (let i = 0; i < outputs.length; i++) own.states[i]!.add(outputs[i]!.evaluate(decoded));
    }
    yield undefined;
  }
  for (const { id, states } of groups.values()) {
    const results = outputs.map(({ name }, i) => [name, states[i]!.result()]);
    yield encodeDocument({ _id: id, ...Object.fromEntries(results) });
  }
}
