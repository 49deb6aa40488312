import { Aggregator } from 'mingo';
import { documentIn, elementsOf, toRuntime } from '../bson/runtime.js';
import { Elements, field, isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { DocumentWriter, decodeDocument, decodeValue, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError, failedToParse } from '../errors.js';
import type { Evaluate } from '../expression/compile.js';
import { compilerFor, type Environment } from '../expression/index.js';
import { translated } from '../expression/library.js';
import type { Flow } from '../planner/scan.js';
import { compileAddFields, compileProjection } from '../query/projection.js';
import { collect } from '../query/run.js';
import { assign, locate, ObjectNode, toDocument } from '../update/tree.js';
import type { Stage } from './stage.js';

/** What a stage makes of one document; undefined when it drops it. */
export type Reshape = (document: Value) => Value | undefined;

/** The stages that turn one document into one, which pipelines of updates may use too. */
const RESHAPING: Record<string, (spec: Value, environment: Environment) => Reshape> = {
  $project: (spec, environment) => {
    const project = spec.type === T.object ? compileProjection(spec, environment, '$project') : undefined;
    if (!project)
      throw new CommandError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    return project;
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (spec, environment) => {
    const paths = spec.type === T.array ? items(spec) : [spec];
    if (paths.length === 0 || paths.some(({ type }) => type !== T.string)) {
      throw new CommandError(31002, '$unset specification must be a string or an array');
    }
    return compileProjection(encodeDocument(Object.fromEntries(paths.map((path) => [textOf(path), 0]))), environment)!;
  },
  $replaceRoot: (spec, environment) => {
    const root = spec.type === T.object ? field(spec, 'newRoot') : undefined;
    if (!root) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
    return replaceRoot(root, environment);
  },
  $replaceWith: replaceRoot,
  $redact: (spec, environment) => {
    const decide = compilerFor(environment).compile(spec);
    return (document) => redacted(document, decide, environment);
  },
};

/** Compiles a stage that reshapes documents; undefined for any other. */
export function compileReshape({ name, spec }: Stage, environment: Environment): Reshape | undefined {
  return Object.hasOwn(RESHAPING, name) ? RESHAPING[name]!(spec, environment) : undefined;
}

function addFields(spec: Value, environment: Environment): Reshape {
  if (spec.type !== T.object || !new Elements(spec).next()) {
    throw new CommandError(40272, '$addFields specification stage must be an object with at least one field');
  }
  return compileAddFields(spec, environment);
}

function replaceRoot(expression: Value, environment: Environment): Reshape {
  const evaluate = compilerFor(environment).compile(expression);
  return (root) => {
    const next = documentIn(evaluate({ root, variables: environment.variables }));
    if (next) return next;
    throw new CommandError(40228, "'newRoot' expression must evaluate to an object");
  };
}

/** `$redact`: keeps, drops, or looks into documents at every level. */
function redacted(root: Value, decide: Evaluate, { variables }: Environment): Value | undefined {
  const decision = decide({ root, variables });
  if (decision === 'KEEP') return root;
  if (decision === 'PRUNE') return undefined;
  if (decision !== 'DESCEND') throw new CommandError(17053, '$redact must evaluate to $$KEEP, $$PRUNE or $$DESCEND');
  const writer = new DocumentWriter();
  const inside = (value: Value): Value | unknown[] | undefined => {
    if (value.type === T.object) return redacted(value, decide, { variables });
    return value.type === T.array ? items(value).flatMap((item) => inside(item) ?? []) : value;
  };
  const elements = new Elements(root);
  while (elements.next()) writer.js(elements.name, inside(elements.value));
  return writer.finish();
}

/** `$sample`: as many documents as asked for, each with the same chance. */
export function* sample(input: Flow<Value>, spec: Value): Flow<Value> {
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

/** Where a document came from, while the library works on its plain form. */
const ORIGIN = '__origin';

/**
 * `$densify` and `$fill` by the expression library. It sees plain values; whatever it left alone is put back as it was stored.
 */
export function* completed(input: Flow<Value>, { name, spec }: Stage): Flow<Value> {
  const documents = yield* collect(input);
  const plain = documents.map((document, at) => ({ ...decodeDocument(document), [ORIGIN]: at }));
  const stage = { [name]: decodeValue(spec) as Record<string, unknown> };
  const results = translated(() => new Aggregator([stage]).run(plain as never)) as Record<string, unknown>[];
  for (const { [ORIGIN]: origin, ...result } of results) {
    if (origin === undefined) yield encodeDocument(result);
    else yield restored(documents[origin as number]!, result, spec);
  }
}

function restored(document: Value, result: Record<string, unknown>, spec: Value): Value {
  const root = new ObjectNode(document);
  const outputs = field(spec, 'output');
  if (!outputs) return document;
  for (const path of Object.keys(decodeDocument(outputs))) {
    const value = path
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], result);
    const place = locate(root, path.split('.'), true)!;
    const isEmpty = !place.node || encodeValue(place.node).type === T.null;
    if (isEmpty) assign(place, encodeValue(value));
  }
  return toDocument(root);
}

/** `$documents`: documents that the pipeline brings along. */
export function* given(spec: Value, environment: Environment): Flow<Value> {
  const all = elementsOf(
    compilerFor(environment).compile(spec)({ root: encodeDocument({}), variables: environment.variables }),
  );
  if (!all) throw failedToParse('an array is expected in $documents');
  for (const each of all) {
    const document = documentIn(each) ?? documentIn(toRuntime(encodeValue(each)));
    if (!document) throw failedToParse('$documents takes an array of objects');
    yield document;
  }
}
