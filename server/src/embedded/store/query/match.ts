import { compareValues, rankOf, type TextOrder } from '../bson/compare.js';
import { doubleOf, exactNumber } from '../bson/number.js';
import { Elements, field, isNumber, items, regexOf, T, textOf, Value } from '../bson/value.js';
import { compileCondition, type Environment } from '../expression/index.js';
import type { Filter, Pattern, Predicate } from './filter.js';

/** Where a filter matched inside an array, for the positional `$`. */
export interface Found {
  position?: number;
}

export type Matcher = (document: Value, found?: Found) => boolean;
type Test = (value: Value | undefined) => boolean;

/** No variables, and text compared by its bytes. */
const PLAIN: Environment = { variables: {} };

/** Compiles a filter to a function over stored documents. */
export function compileFilter(filter: Filter, environment: Environment = PLAIN): Matcher {
  switch (filter.kind) {
    case 'constant':
      return () => filter.value;
    case 'expression':
      return compileCondition(filter.expression, environment);
    case 'field':
      return compileField(filter.path.split('.'), filter.test, environment);
    default: {
      const parts = filter.parts.map((part) => compileFilter(part, environment));
      if (filter.kind === 'and') return (document, found) => parts.every((part) => part(document, found));
      if (filter.kind === 'or') return (document, found) => parts.some((part) => part(document, found));
      return (document) => !parts.some((part) => part(document));
    }
  }
}

function compileField(path: readonly string[], test: Predicate, environment: Environment): Matcher {
  switch (test.op) {
    case 'not': {
      const part = compileField(path, test.part, environment);
      return (document) => !part(document);
    }
    case 'and': {
      const parts = test.parts.map((part) => compileField(path, part, environment));
      return (document, found) => parts.every((part) => part(document, found));
    }
    case 'elements':
    case 'elementValues': {
      const element = compileElement(test, environment);
      return (document, found) =>
        someAt(
          document,
          path,
          0,
          false,
          (value) => value?.type === T.array && firstElement(value, element, found),
          found,
        );
    }
    case 'exists':
      return (document, found) => someAt(document, path, 0, false, (value) => value !== undefined, found);
    case 'size':
      return (document, found) =>
        someAt(document, path, 0, false, (v) => v?.type === T.array && items(v).length === test.size, found);
    default: {
      const matches = compileTest(test, environment.collation?.compare);
      return (document, found) => someAt(document, path, 0, true, matches, found);
    }
  }
}

function compileElement(test: Predicate & { op: 'elements' | 'elementValues' }, environment: Environment): Test {
  if (test.op === 'elements') {
    const matches = compileFilter(test.filter, environment);
    return (value) => (value?.type === T.object || value?.type === T.array) && matches(value);
  }
  const parts = test.parts.map((part) => compileValueTest(part, environment));
  return (value) => parts.every((part) => part(value));
}

/** Tests one value by itself, as `$elemMatch` and `$pull` do. */
export function compileValueTest(test: Predicate, environment: Environment = PLAIN): Test {
  switch (test.op) {
    case 'not': {
      const part = compileValueTest(test.part, environment);
      return (value) => !part(value);
    }
    case 'and': {
      const parts = test.parts.map((part) => compileValueTest(part, environment));
      return (value) => parts.every((part) => part(value));
    }
    case 'elements':
    case 'elementValues': {
      const element = compileElement(test, environment);
      return (value) => value?.type === T.array && firstElement(value, element);
    }
    case 'exists':
      return (value) => value !== undefined;
    case 'size':
      return (value) => value?.type === T.array && items(value).length === test.size;
    default: {
      const matches = compileTest(test, environment.collation?.compare);
      return (value) => matches(value) || (value?.type === T.array && items(value).some((element) => matches(element)));
    }
  }
}

function firstElement(array: Value, test: Test, found?: Found): boolean {
  const position = items(array).findIndex(test);
  if (position < 0) return false;
  if (found) found.position = position;
  return true;
}

/**
 * Whether `test` holds for any value at `path`, descending into arrays on the way and, with `expandLeaf`, trying each element
 * of an array at the end before the array itself. A missing value is tried as undefined.
 */
function someAt(
  holder: Value,
  path: readonly string[],
  depth: number,
  expandLeaf: boolean,
  test: Test,
  found?: Found,
): boolean {
  if (holder.type === T.array) return someInArray(holder, path, depth, expandLeaf, test, found);
  const value = field(holder, path[depth]!);
  if (depth === path.length - 1) return atLeaf(value, expandLeaf, test, found);
  if (value?.type === T.object || value?.type === T.array)
    return someAt(value, path, depth + 1, expandLeaf, test, found);
  return test(undefined);
}

function someInArray(
  array: Value,
  path: readonly string[],
  depth: number,
  expandLeaf: boolean,
  test: Test,
  found?: Found,
): boolean {
  const elements = new Elements(array);
  for (let position = 0; elements.next(); position++) {
    if (elements.type === T.object && someAt(elements.value, path, depth, expandLeaf, test, found)) {
      if (found) found.position = position;
      return true;
    }
  }
  const indexed = /^\d+$/.test(path[depth]!) ? field(array, path[depth]!) : undefined;
  if (!indexed) return false;
  if (depth === path.length - 1) return atLeaf(indexed, expandLeaf, test, found);
  if (indexed.type !== T.object && indexed.type !== T.array) return false;
  return someAt(indexed, path, depth + 1, expandLeaf, test, found);
}

function atLeaf(value: Value | undefined, expandLeaf: boolean, test: Test, found?: Found): boolean {
  if (expandLeaf && value?.type === T.array && firstElement(value, test, found)) return true;
  return test(value);
}

function compileTest(test: Predicate, order: TextOrder | undefined): Test {
  switch (test.op) {
    case 'eq':
      return (value) => equals(value, test.value, order);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compileComparison(test.op, test.value, order);
    case 'in':
      return (value) =>
        test.values.some((wanted) => equals(value, wanted, order)) ||
        test.patterns.some((pattern) => fits(value, pattern));
    case 'regex':
      return (value) => fits(value, test.pattern);
    case 'type':
      return (value) => value !== undefined && test.types.has(value.type);
    case 'mod':
      return (value) =>
        value !== undefined && isNumber(value) && Math.trunc(doubleOf(value)) % test.divisor === test.remainder;
    case 'bits':
      return (value) => value !== undefined && bitsMatch(value, test.mask, test.want);
    default:
      throw new Error(`${test.op} is not a test of a single value`);
  }
}

/** Equality as queries see it: null also stands for missing. */
function equals(value: Value | undefined, wanted: Value, order: TextOrder | undefined): boolean {
  return rankOf(value) === rankOf(wanted) && compareValues(value, wanted, order) === 0;
}

function fits(value: Value | undefined, pattern: Pattern): boolean {
  if (!value) return false;
  if (value.type === T.string || value.type === T.symbol) return pattern.expression.test(textOf(value));
  if (value.type !== T.regex) return false;
  const { source, flags } = regexOf(value);
  return source === pattern.source && flags === pattern.flags;
}

function compileComparison(op: 'gt' | 'gte' | 'lt' | 'lte', wanted: Value, order: TextOrder | undefined): Test {
  const holds = {
    gt: (difference: number) => difference > 0,
    gte: (difference: number) => difference >= 0,
    lt: (difference: number) => difference < 0,
    lte: (difference: number) => difference <= 0,
  }[op];
  const anyType = wanted.type === T.minKey || wanted.type === T.maxKey;
  const rank = rankOf(wanted);
  const wantsNaN = isNumber(wanted) && Number.isNaN(doubleOf(wanted));
  return (value) => {
    if (!anyType && rankOf(value) !== rank) return false;
    if (value && isNumber(value) && isNumber(wanted) && (wantsNaN || Number.isNaN(doubleOf(value)))) {
      return wantsNaN && Number.isNaN(doubleOf(value)) && (op === 'gte' || op === 'lte');
    }
    return holds(compareValues(value, wanted, order));
  };
}

function bitsMatch(value: Value, mask: bigint, want: 'allSet' | 'allClear' | 'anySet' | 'anyClear'): boolean {
  let bits: bigint;
  if (value.type === T.binary) {
    bits = BigInt(
      `0x${
        Buffer.from(value.bytes.subarray(value.start + 5, value.end))
          .reverse()
          .toString('hex') || '0'
      }`,
    );
  } else if (isNumber(value)) {
    const exact = exactNumber(value);
    if (typeof exact === 'object' || (typeof exact === 'number' && !Number.isSafeInteger(exact))) return false;
    bits = BigInt(exact);
  } else return false;
  const set = bits & mask;
  return { allSet: set === mask, allClear: set === 0n, anySet: set !== 0n, anyClear: set !== mask }[want];
}
