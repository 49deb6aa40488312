import { Long } from 'bson';
import { elementsOf, isNullish, type Runtime, toRuntime } from '../bson/runtime.js';
import { entries, field, isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, decodeValue, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import { identity } from '../expression/arrays.js';
import { compileExpression, variablesOf } from '../expression/index.js';
import type { Flow } from '../planner/scan.js';
import type { Filter } from '../query/filter.js';
import { parseFilter } from '../query/parse.js';
import { collect, flowOf } from '../query/run.js';
import { assign, locate, ObjectNode, toDocument } from '../update/tree.js';
import { runStages, source } from './pipeline.js';
import { type Context, innerStages, namespaceOf, parseStages, type RunStage } from './stage.js';

/** The document with a field set, at a path. */
function withField(document: Value, path: string, value: Runtime): Value {
  const root = new ObjectNode(document);
  assign(locate(root, path.split('.'), true)!, encodeValue(value));
  return toDocument(root);
}

/** `$lookup`, by equal fields, by a pipeline, or by both; the other collection is read through its indexes. */
export function* lookup(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const { from, localField, foreignField, as } = decodeDocument(spec) as Record<string, string>;
  const pipeline = field(spec, 'pipeline');
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  if (typeof from !== 'string') throw failedToParse("must specify 'from' field for a $lookup");
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw failedToParse('$lookup requires both or neither of localField and foreignField');
  }
  if (!pipeline && localField === undefined) {
    throw failedToParse('$lookup requires localField and foreignField, or a pipeline');
  }
  const stages = innerStages(pipeline);
  const declared = field(spec, 'let');
  for (const document of input) {
    if (!document) {
      yield undefined;
      continue;
    }
    const variables = declared ? variablesOf(declared, document, context.variables) : context.variables;
    const inner = { ...context, hint: undefined, namespace: namespaceOf(context, from), variables };
    const filter = localField === undefined ? undefined : joinFilter(document, localField, foreignField!);
    yield withField(document, as, yield* collect(source(inner, stages, filter)));
  }
}

/** Documents of the other collection with one of the local values; a missing one joins null. */
function joinFilter(document: Value, localField: string, foreignField: string): Filter {
  const values = localValues(document, localField.split('.'));
  return fieldIn(foreignField, values.length > 0 ? values : [encodeValue(null)]);
}

const fieldIn = (path: string, values: Value[]): Filter => ({
  kind: 'field',
  path,
  test: {
    op: 'in',
    values: values.filter(({ type }) => type !== T.regex),
    patterns: [],
  },
});

function localValues(holder: Value, path: readonly string[]): Value[] {
  const value = field(holder, path[0]!);
  if (!value) return [];
  const all = value.type === T.array ? items(value) : [value];
  if (path.length === 1) return all;
  return all.flatMap((item) => (item.type === T.object ? localValues(item, path.slice(1)) : []));
}

/** `$graphLookup`: follows references through a collection, level by level, each document once. */
export function* graphLookup(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const options = decodeDocument(spec) as Record<string, string>;
  const { from, connectFromField, connectToField, as, depthField } = options;
  const start = field(spec, 'startWith');
  const deepest = field(spec, 'maxDepth');
  if (!start || !from || !connectFromField || !connectToField || !as) {
    throw new CommandError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', 'connectToField'",
    );
  }
  const restriction = field(spec, 'restrictSearchWithMatch');
  const restricted = restriction ? [parseFilter(restriction)] : [];
  const startWith = compileExpression(start, context);
  const most = deepest && isNumber(deepest) ? Number(decodeValue(deepest)) : Infinity;
  const inner = { ...context, hint: undefined, namespace: namespaceOf(context, from) };
  for (const document of input) {
    if (!document) {
      yield undefined;
      continue;
    }
    const first = startWith(document);
    const found = new Map<string, Value>();
    let wanted = (elementsOf(first) ?? [first]).filter((value) => value !== undefined).map(encodeValue);
    for (let depth = 0; wanted.length > 0 && depth <= most; depth++) {
      const filter: Filter = { kind: 'and', parts: [fieldIn(connectToField, wanted), ...restricted] };
      wanted = [];
      for (const next of yield* collect(source(inner, [], filter))) {
        const key = identity(field(next, '_id'));
        if (found.has(key)) continue;
        found.set(key, depthField ? withField(next, depthField, Long.fromNumber(depth)) : next);
        wanted.push(...localValues(next, connectFromField.split('.')).filter((value) => !isNullish(toRuntime(value))));
      }
    }
    yield withField(document, as, [...found.values()]);
  }
}

/** `$unionWith`: the input, then another collection through its own pipeline. */
export function* unionWith(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const name = spec.type === T.string ? textOf(spec) : decodeDocument(spec)['coll'];
  const pipeline = spec.type === T.object ? field(spec, 'pipeline') : undefined;
  const stages = innerStages(pipeline);
  yield* input;
  const namespace = name === undefined ? undefined : namespaceOf(context, name);
  yield* source({ ...context, hint: undefined, namespace }, stages);
}

const NOT_IN_FACET = new Set(['$out', '$merge', '$facet', '$collStats', '$indexStats', '$documents']);

/** `$facet`: several pipelines over the same input, each into one field. */
export const facet: RunStage = (input, { spec }, context) => {
  const pipelines = entries(spec).map(([name, stages]) => {
    if (stages.type !== T.array) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    const parsed = parseStages(items(stages));
    const refused = parsed.find((stage) => NOT_IN_FACET.has(stage.name));
    if (refused) throw new CommandError(40600, `${refused.name} is not allowed to be used within a $facet stage`);
    return { name, stages: parsed };
  });
  return (function* () {
    const documents = yield* collect(input);
    const results: Record<string, Value[]> = {};
    for (const { name, stages } of pipelines) {
      results[name] = yield* collect(runStages(flowOf(documents), stages, context));
    }
    yield encodeDocument(results);
  })();
};
