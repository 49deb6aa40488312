import { ObjectId } from 'bson';
import { compileReshape, type Reshape } from '../aggregate/shape.js';
import { parseStages } from '../aggregate/stage.js';
import { compareValues } from '../bson/compare.js';
import { entries, field, identical, items, T, textOf, type Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import { badValue, CommandError, failedToParse } from '../errors.js';
import type { Environment } from '../expression/index.js';
import type { Filter, Predicate } from '../query/filter.js';
import { type Operator, operatorNamed } from './operators.js';
import { type ArrayFilters, comparePaths, resolvePath } from './paths.js';
import { assign, locate, ObjectNode, toDocument } from './tree.js';

/** A change to one document, read once and applied to many. */
export type Update =
  | { readonly kind: 'replacement'; readonly document: Value }
  | { readonly kind: 'operators'; readonly steps: readonly Step[]; readonly arrayFilters: ArrayFilters }
  | { readonly kind: 'pipeline'; readonly stages: readonly Reshape[] };

interface Step {
  readonly path: string;
  readonly operand: Value;
  readonly apply: Operator;
  readonly onInsertOnly: boolean;
}

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const UPDATE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Reads the `u` of an update statement. @throws CommandError 9, 40 and others as MongoDB does */
export function parseUpdate(update: Value, arrayFilters: ArrayFilters, environment: Environment): Update {
  if (update.type === T.array) {
    if (arrayFilters.size > 0) throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
    const stages = parseStages(items(update)).map((stage) => {
      const reshape = UPDATE_STAGES.has(stage.name) ? compileReshape(stage, environment) : undefined;
      if (!reshape) throw new CommandError(72, `${stage.name} is not allowed to be used within an update`);
      return reshape;
    });
    return { kind: 'pipeline', stages };
  }
  const all = entries(update);
  if (!all[0]?.[0].startsWith('$')) {
    if (arrayFilters.size > 0) throw failedToParse('arrayFilters may not be specified for a replacement');
    const stray = all.find(([name]) => name.startsWith('$'));
    if (stray)
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${stray[0]}' in '${stray[0]}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    return { kind: 'replacement', document: update };
  }
  const steps = all.flatMap(([name, changes]) => parseOperator(name, changes));
  steps.sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(steps);
  refuseUnusedFilters(steps, arrayFilters);
  return { kind: 'operators', steps, arrayFilters };
}

function parseOperator(name: string, changes: Value): Step[] {
  const apply = operatorNamed(name);
  if (changes.type !== T.object) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${changes.type === T.string ? 'string' : 'another'} instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`,
    );
  }
  return entries(changes).map(([path, operand]) => {
    if (path === '' || path.split('.').includes('')) {
      throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    }
    const stray = path.split('.').find((part) => part.startsWith('$') && part !== '$' && !/^\$\[\w*\]$/.test(part));
    if (stray)
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${stray}' in '${path}' is not allowed in the context of an update`,
      );
    if (name === '$rename' && operand.type === T.string && textOf(operand) === path) {
      throw badValue(`The source and target field for $rename must differ: ${path}: "${path}"`);
    }
    return { path, operand, apply, onInsertOnly: name === '$setOnInsert' };
  });
}

/** No step may write at, above or below the path of another. */
function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap(({ path, operand, apply }) =>
    apply === operatorNamed('$rename') ? [path, operand.type === T.string ? textOf(operand) : ''] : [path],
  );
  paths.sort(comparePaths);
  for (let i = 1; i < paths.length; i++) {
    const [upper, lower] = [paths[i - 1]!, paths[i]!];
    if (lower === upper || lower.startsWith(`${upper}.`)) {
      throw new CommandError(40, `Updating the path '${lower}' would create a conflict at '${upper}'`);
    }
  }
}

function refuseUnusedFilters(steps: readonly Step[], filters: ArrayFilters): void {
  for (const identifier of filters.keys()) {
    if (!steps.some(({ path }) => path.split('.').includes(`$[${identifier}]`))) {
      throw failedToParse(`The array filter for identifier '${identifier}' was not used in the update`);
    }
  }
}

/** The document after the update; the very same value when nothing changes. */
export function applyUpdate(update: Update, document: Value, position: number | undefined, inserting = false): Value {
  const next = changed(update, document, position, inserting);
  if (identical(next, document)) return document;
  if (next.end - next.start > MAX_DOCUMENT_BYTES) {
    throw new CommandError(17419, 'Resulting document after update is larger than 16777216');
  }
  const [before, after] = [field(document, '_id'), field(next, '_id')];
  if (before && (!after || compareValues(before, after) !== 0)) throw immutableId(update);
  return next;
}

function immutableId(update: Update): CommandError {
  return update.kind === 'operators'
    ? new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
    : new CommandError(
        66,
        "After applying the update, the (immutable) field '_id' was found to have been altered to _id",
      );
}

function changed(update: Update, document: Value, position: number | undefined, inserting: boolean): Value {
  if (update.kind === 'replacement') return replaced(update.document, document);
  if (update.kind === 'pipeline') return piped(update, document);
  const root = new ObjectNode(document);
  for (const { path, operand, apply, onInsertOnly } of update.steps) {
    if (onInsertOnly && !inserting) continue;
    for (const parts of resolvePath(root, path, position, update.arrayFilters)) apply(root, parts, operand);
  }
  return toDocument(root);
}

/** The new document under the old id, which stays first. */
function replaced(replacement: Value, document: Value): Value {
  const id = field(replacement, '_id') ?? field(document, '_id');
  if (!id) return replacement;
  const root = new ObjectNode();
  root.set('_id', id);
  for (const [name, value] of entries(replacement)) root.set(name, value);
  return toDocument(root);
}

function piped(update: Update & { kind: 'pipeline' }, document: Value): Value {
  return replaced(
    update.stages.reduce((current, reshape) => reshape(current) ?? current, document),
    document,
  );
}

/** The document that an upsert inserts: the equalities of the filter, then the update. The id comes first. */
export function upsertedDocument(update: Update, filter: Filter): Value {
  const seed = new ObjectNode();
  const seen: string[] = [];
  for (const { path, value } of equalitiesOf(filter)) {
    if (path.startsWith('_id.'))
      throw new CommandError(111, `The path '${path}' is not an exact value of the _id field`);
    if (update.kind === 'replacement' && path !== '_id') continue;
    if (seen.some((other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))) {
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    seen.push(path);
    assign(locate(seed, path.split('.'), true)!, value);
  }
  return withIdFirst(applyUpdate(update, toDocument(seed), undefined, true));
}

/** The fields that a filter fixes to one value. */
function equalitiesOf(filter: Filter): { path: string; value: Value }[] {
  if (filter.kind === 'and' || (filter.kind === 'or' && filter.parts.length === 1)) {
    return filter.parts.flatMap(equalitiesOf);
  }
  return filter.kind === 'field' ? fixedValues(filter.test).map((value) => ({ path: filter.path, value })) : [];
}

function fixedValues(test: Predicate): Value[] {
  if (test.op === 'and') return test.parts.flatMap(fixedValues);
  if (test.op === 'in') return test.patterns.length === 0 && test.values.length === 1 ? [...test.values] : [];
  return test.op === 'eq' ? [test.value] : [];
}

/** Puts `_id` first, making one when there is none. @throws CommandError 53 for an id that MongoDB does not take */
export function withIdFirst(document: Value): Value {
  const all = entries(document);
  const id = field(document, '_id');
  if (id && (id.type === T.array || id.type === T.regex || id.type === T.undefined)) {
    const kind = id.type === T.array ? 'array' : id.type === T.regex ? 'regex' : 'undefined';
    throw new CommandError(53, `The '_id' value cannot be of type ${kind}`);
  }
  const stray = id?.type === T.object ? entries(id).find(([name]) => name.startsWith('$'))?.[0] : undefined;
  if (stray)
    throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${stray} is not valid for storage.`);
  if (all[0]?.[0] === '_id') return document;
  const root = new ObjectNode();
  root.set('_id', id ?? encodeValue(new ObjectId()));
  for (const [name, value] of all) if (name !== '_id') root.set(name, value);
  return toDocument(root);
}
