import { compareValues } from '../bson/compare.js';
import { entries, items, T, type Value } from '../bson/value.js';
import { DocumentWriter } from '../bson/write.js';
import { badValue, CommandError } from '../errors.js';
import { compileFilter, compileValueTest } from '../query/match.js';
import { isOperatorDocument, parseFilter, parseOperators } from '../query/parse.js';
import { ArrayNode, type Node, ObjectNode, opened, toValue } from './tree.js';

/** Tests of `$[identifier]` path parts, by identifier. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

/** Reads `arrayFilters`. @throws CommandError 9 for a filter without or with several identifiers */
export function parseArrayFilters(value: Value | undefined): ArrayFilters {
  const out = new Map<string, (element: Value) => boolean>();
  if (!value) return out;
  for (const filter of items(value)) {
    if (filter.type !== T.object) throw new CommandError(14, 'Each array filter must be a document');
    const identifier = identifierOf(filter);
    if (!identifier)
      throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      );
    }
    if (out.has(identifier)) {
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${identifier}`);
    }
    const matches = compileFilter(parseFilter(filter));
    out.set(identifier, (element) => matches(wrap(identifier, element)));
  }
  return out;
}

function identifierOf(filter: Value): string | undefined {
  for (const [name, value] of entries(filter)) {
    if (!name.startsWith('$')) return name.split('.')[0];
    if (value.type === T.array) {
      for (const part of items(value)) {
        const found = part.type === T.object ? identifierOf(part) : undefined;
        if (found) return found;
      }
    }
  }
  return undefined;
}

function wrap(name: string, element: Value): Value {
  const writer = new DocumentWriter();
  writer.value(name, element);
  return writer.finish();
}

/** Replaces `$`, `$[]` and `$[identifier]` by the element numbers that they stand for in this document. */
export function resolvePath(
  root: ObjectNode,
  path: string,
  position: number | undefined,
  filters: ArrayFilters,
): string[][] {
  const parts = path.split('.');
  if (!parts.some((part) => part.startsWith('$'))) return [parts];
  return resolveFrom(root, parts, 0, position, filters, path);
}

function resolveFrom(
  node: Node | undefined,
  parts: readonly string[],
  depth: number,
  position: number | undefined,
  filters: ArrayFilters,
  path: string,
): string[][] {
  if (depth === parts.length) return [[]];
  const part = parts[depth]!;
  const holder = node && opened(node);
  let names = [part];
  if (part === '$') {
    if (position === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    names = [String(position)];
  } else if (part.startsWith('$[') && part.endsWith(']')) {
    if (!(holder instanceof ArrayNode)) {
      if (!holder)
        throw badValue(
          `The path '${parts.slice(0, depth).join('.')}' must exist in the document in order to apply array updates.`,
        );
      throw badValue(`Cannot apply array updates to non-array element ${parts.slice(0, depth).join('.')}`);
    }
    const identifier = part.slice(2, -1);
    const filter = filters.get(identifier);
    if (identifier && !filter) throw badValue(`No array filter found for identifier '${identifier}' in path '${path}'`);
    names = holder.items.flatMap((item, i) => (!filter || filter(toValue(item)) ? [String(i)] : []));
  }
  return names.flatMap((name) => {
    const next =
      holder instanceof ArrayNode
        ? holder.items[Number(name)]
        : holder instanceof ObjectNode
          ? holder.get(name)
          : undefined;
    return resolveFrom(next, parts, depth + 1, position, filters, path).map((rest) => [name, ...rest]);
  });
}

/** The test that `$pull` applies to elements: operators, a filter for documents, or equality. */
export function pullTest(condition: Value): (element: Value) => boolean {
  if (isOperatorDocument(condition)) {
    const tests = parseOperators(condition).map((test) => compileValueTest(test));
    return (element) => tests.every((test) => test(element));
  }
  if (condition.type === T.object) {
    const matches = compileFilter(parseFilter(condition));
    return (element) => element.type === T.object && matches(element);
  }
  if (condition.type === T.regex) {
    const matches = compileFilter(parseFilter(wrap('v', condition)));
    return (element) => matches(wrap('v', element));
  }
  return (element) => compareValues(element, condition) === 0;
}

/** Orders paths as MongoDB applies them: by part, numbers by size. */
export function comparePaths(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i]!;
    const y = right[i]!;
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
