import { ObjectId } from 'bson';
import { Aggregator } from 'mingo';
import { mingoOptions, refuseScripts, translateErrors, type Variables } from '../aggregate/expression.js';
import { reconcile } from '../aggregate/reconcile.js';
import { compareValues } from '../bson/compare.js';
import { entries, field, identical, items, T, type Value } from '../bson/value.js';
import { decodeDocument, encodeDocument, encodeValue } from '../bson/write.js';
import { badValue, CommandError, failedToParse } from '../errors.js';
import { conditionsOf } from '../planner/plan.js';
import type { Filter } from '../query/filter.js';
import { type Operator, operatorNamed } from './operators.js';
import { type ArrayFilters, comparePaths, resolvePath } from './paths.js';
import { assign, locate, ObjectNode, toDocument } from './tree.js';

/** A change to one document, read once and applied to many. */
export type Update =
  | { readonly kind: 'replacement'; readonly document: Value }
  | { readonly kind: 'operators'; readonly steps: readonly Step[]; readonly arrayFilters: ArrayFilters }
  | { readonly kind: 'pipeline'; readonly stages: readonly Record<string, unknown>[]; readonly variables: Variables };

interface Step {
  readonly path: string;
  readonly operand: Value;
  readonly apply: Operator;
  readonly onInsertOnly: boolean;
}

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const UPDATE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Reads the `u` of an update statement. @throws CommandError 9, 40 and others as MongoDB does */
export function parseUpdate(update: Value, arrayFilters: ArrayFilters, variables: Variables): Update {
  if (update.type === T.array) {
    const stages = items(update).map((stage) => decodeDocument(stage));
    for (const stage of stages) {
      const name = Object.keys(stage)[0] ?? '';
      if (!UPDATE_STAGES.has(name)) throw new CommandError(72, `${name} is not allowed to be used within an update`);
    }
    refuseScripts(stages);
    if (arrayFilters.size > 0) throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
    return { kind: 'pipeline', stages, variables };
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
    return { path, operand, apply, onInsertOnly: name === '$setOnInsert' };
  });
}

/** No step may write at, above or below the path of another. */
function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap(({ path, operand, apply }) =>
    apply === operatorNamed('$rename')
      ? [path, operand.type === T.string ? String(operand.payload.subarray(4, -1)) : '']
      : [path],
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
  const [result] = translateErrors(() =>
    new Aggregator([...update.stages], mingoOptions(update.variables)).run([decodeDocument(document)] as never),
  ) as Record<string, unknown>[];
  if (!result) throw badValue('the update pipeline gave no document');
  const computed = reconcile(encodeDocument(result), document);
  return replaced(computed, document);
}

/** The document that an upsert inserts: the equalities of the filter, then the update. The id comes first. */
export function upsertedDocument(update: Update, filter: Filter): Value {
  const seed = new ObjectNode();
  for (const { path, test } of conditionsOf(filter)) {
    const single = test.op === 'eq' ? test.value : undefined;
    if (!single || (update.kind === 'replacement' && path !== '_id')) continue;
    assign(locate(seed, path.split('.'), true)!, single);
  }
  const next = applyUpdate(update, toDocument(seed), undefined, true);
  return withIdFirst(next);
}

/** Puts `_id` first, making one when there is none. @throws CommandError 53 for an id that MongoDB does not take */
export function withIdFirst(document: Value): Value {
  const all = entries(document);
  const id = field(document, '_id');
  if (id && (id.type === T.array || id.type === T.regex || id.type === T.undefined)) {
    const kind = id.type === T.array ? 'array' : id.type === T.regex ? 'regex' : 'undefined';
    throw new CommandError(53, `The '_id' value cannot be of type ${kind}`);
  }
  if (all[0]?.[0] === '_id') return document;
  const root = new ObjectNode();
  root.set('_id', id ?? encodeValue(new ObjectId()));
  for (const [name, value] of all) if (name !== '_id') root.set(name, value);
  return toDocument(root);
}
