import { field, items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, encodeValue } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import type { Filter } from '../query/filter.js';
import { collect } from '../query/run.js';
import { ArrayNode, assign, locate, ObjectNode, toDocument, toValue } from '../update/tree.js';
import { compileExpression } from './expression.js';
import { type Context, runStages, source } from './pipeline.js';
import { parseStages } from './stage.js';

/** `$lookup`, by equal fields, by a pipeline, or by both; the other collection is read through its indexes. */
export function* lookup(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const {
    from,
    localField,
    foreignField,
    as,
    let: letSpec,
  } = decodeDocument(spec) as Record<string, string> & { let?: Record<string, unknown> };
  const pipeline = field(spec, 'pipeline');
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  if (typeof from !== 'string') throw failedToParse("must specify 'from' field for a $lookup");
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw failedToParse('$lookup requires both or neither of localField and foreignField');
  }
  if (!pipeline && localField === undefined)
    throw failedToParse('$lookup requires localField and foreignField, or a pipeline');
  const stages = parseStages(pipeline ? items(pipeline) : []);
  const variables = Object.entries((letSpec ?? {}) as Record<string, unknown>).map(([name, expression]) => ({
    name,
    evaluate: compileExpression(expression, context.variables),
  }));
  const namespace = `${context.database}.${from}`;
  for (const document of input) {
    if (!document) {
      yield undefined;
      continue;
    }
    const decoded = variables.length > 0 ? decodeDocument(document) : {};
    const bound = Object.fromEntries(variables.map(({ name, evaluate }) => [name, evaluate(decoded) ?? null]));
    const inner = { ...context, hint: undefined, namespace, variables: { ...context.variables, ...bound } };
    const filter = localField === undefined ? undefined : joinFilter(document, localField, foreignField!);
    const joined = yield* collect(source(inner, stages, filter));
    const array = new ArrayNode();
    array.items.push(...joined);
    const root = new ObjectNode(document);
    assign(locate(root, as.split('.'), true)!, array);
    yield toDocument(root);
  }
}

/** Documents of the other collection with one of the local values; a missing one joins null. */
function joinFilter(document: Value, localField: string, foreignField: string): Filter {
  const values = localValues(document, localField.split('.'));
  return {
    kind: 'field',
    path: foreignField,
    test: { op: 'in', values: values.length > 0 ? values : [encodeValue(null)], patterns: [] },
  };
}

function localValues(holder: Value, path: readonly string[]): Value[] {
  const value = field(holder, path[0]!);
  if (!value) return [];
  const all = value.type === T.array ? items(value) : [value];
  if (path.length === 1) return value.type === T.array ? all : [value];
  return all.flatMap((item) => (item.type === T.object ? localValues(item, path.slice(1)) : []));
}

/** `$unionWith`: the input, then another collection through its own pipeline. */
export function* unionWith(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const name = spec.type === T.string ? textOf(spec) : decodeDocument(spec)['coll'];
  const pipeline = spec.type === T.object ? field(spec, 'pipeline') : undefined;
  yield* input;
  yield* source(
    { ...context, hint: undefined, namespace: `${context.database}.${name}` },
    parseStages(pipeline ? items(pipeline) : []),
  );
}

/** `$facet`: several pipelines over the same input, each into one field. */
export function* facet(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const documents = yield* collect(input);
  const root = new ObjectNode();
  for (const name of Object.keys(decodeDocument(spec))) {
    const stages = field(spec, name)!;
    if (stages.type !== T.array) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    const array = new ArrayNode();
    array.items.push(...(yield* collect(runStages(flowOf(documents), parseStages(items(stages)), context))));
    root.set(name, array);
  }
  yield toValue(root);
}

function* flowOf(documents: readonly Value[]): Flow<Value> {
  yield* documents;
}
