import { isNumeric, toNumber } from '../bson/arithmetic.js';
import type { Collation } from '../bson/collation.js';
import { OrderKeyWriter } from '../bson/order-key.js';
import { compareRuntime, elementsOf, isNullish, isTrue, type Runtime, toRuntime } from '../bson/runtime.js';
import { entries, field, T, Value } from '../bson/value.js';
import { DocumentWriter, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { parseSort, sortKey } from '../query/sort.js';
import { always, compileArguments, type Evaluate, namedArguments, type Operator } from './compile.js';
import { strict } from './numbers.js';

function arrayIn(value: Runtime, name: string, code = 28689): Runtime[] {
  const all = elementsOf(value);
  if (!all) throw new CommandError(code, `${name}'s argument must be an array`);
  return all;
}

function wholeIn(value: Runtime, name: string, code = 28690): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number)) throw new CommandError(code, `${name} needs a whole number`);
  return number;
}

/** Equal values have equal keys, whatever their number types. */
export function identity(value: Runtime, collation?: Collation): string {
  const writer = new OrderKeyWriter(collation);
  writer.append(encodeValue(value));
  return writer.bytes().toString('latin1');
}

const distinct = (values: readonly Runtime[]) => new Map(values.map((value) => [identity(value), value]));

const elementAt = strict(2, 2, ([array, at], name) => arrayIn(array, name).at(wholeIn(at, name)));

const end = (index: 0 | -1) => strict(1, 1, ([array], name) => arrayIn(array, name).at(index));

const concat = strict(0, Infinity, (arrays, name) => arrays.flatMap((array) => arrayIn(array, name, 28664)));

const contains: Operator = (operand, compiler, name) => {
  const [value, array] = compileArguments(operand, compiler, name, 2) as [Evaluate, Evaluate];
  return (scope) => {
    const wanted = value(scope);
    return arrayIn(array(scope), name, 40081).some(
      (item) => compareRuntime(item, wanted, compiler.collation?.compare) === 0,
    );
  };
};

const indexOf: Operator = (operand, compiler, name) => {
  const parts = compileArguments(operand, compiler, name, 2, 4);
  return (scope) => {
    const [array, wanted, from = 0, to = Infinity] = parts.map((part) => part(scope));
    if (isNullish(array)) return null;
    return arrayIn(array, name, 40090).findIndex(
      (item, i) =>
        i >= Number(from) && i < Number(to) && compareRuntime(item, wanted, compiler.collation?.compare) === 0,
    );
  };
};

const slice = strict(2, 3, ([array, a, b], name) => {
  const all = arrayIn(array, name, 28724);
  const first = wholeIn(a, name, 28725);
  if (b === undefined) return first >= 0 ? all.slice(0, first) : all.slice(first);
  const count = wholeIn(b, name, 28727);
  if (count <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${count}`);
  const start = first >= 0 ? first : Math.max(0, all.length + first);
  return all.slice(start, start + count);
});

const range = strict(2, 3, ([from, to, by], name) => {
  const step = by === undefined ? 1 : wholeIn(by, name, 34447);
  if (step === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const [start, stop] = [wholeIn(from, name, 34444), wholeIn(to, name, 34446)];
  return Array.from({ length: Math.max(0, Math.ceil((stop - start) / step)) }, (_, i) => start + i * step);
});

const zip: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['inputs'], ['useLongestLength', 'defaults']);
  const inputs = compiler.compile(given.get('inputs')!);
  const defaults = given.has('defaults') ? compiler.compile(given.get('defaults')!) : always([]);
  const longest = given.has('useLongestLength') && isTrue(toRuntime(given.get('useLongestLength')));
  return (scope) => {
    const all = arrayIn(inputs(scope), name, 34461);
    if (all.some(isNullish)) return null;
    const arrays = all.map((array) => arrayIn(array, name, 34468));
    const fill = elementsOf(defaults(scope)) ?? [];
    const length = Math[longest ? 'max' : 'min'](...arrays.map((array) => array.length));
    return Array.from({ length }, (_, i) =>
      arrays.map((array, j) => (i < array.length ? array[i] : (fill[j] ?? null))),
    );
  };
};

const sorted: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['input', 'sortBy']);
  const input = compiler.compile(given.get('input')!);
  const by = given.get('sortBy')!;
  const fields = by.type === T.object ? parseSort(by) : undefined;
  const direction = Number(toRuntime(by));
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    const all = arrayIn(value, name, 2942504);
    if (!fields) return [...all].sort((a, b) => direction * compareRuntime(a, b, compiler.collation?.compare));
    const rows = all.map((item) => ({ item, key: sortKey(asDocument(item), fields) }));
    return rows.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
  };
};

const EMPTY_DOCUMENT = encodeDocument({});
const asDocument = (value: Runtime) => (value instanceof Value && value.type === T.object ? value : EMPTY_DOCUMENT);

const toObject = strict(1, 1, ([array], name) => {
  const writer = new DocumentWriter();
  const fields = new Map<string, Runtime>();
  for (const item of arrayIn(array, name, 40386)) {
    const pair = elementsOf(item);
    const [key, value] = pair ?? [toRuntime(field(asDocument(item), 'k')), toRuntime(field(asDocument(item), 'v'))];
    if (typeof key !== 'string') throw new CommandError(40394, '$arrayToObject requires pairs of a string and a value');
    fields.set(key, value);
  }
  for (const [key, value] of fields) writer.js(key, value ?? null);
  return writer.finish();
});

const toPairs = strict(1, 1, ([value]) => {
  if (!(value instanceof Value) || value.type !== T.object) {
    throw new CommandError(40390, '$objectToArray requires a document input');
  }
  return entries(value).map(([k, v]) => encodeDocument({ k, v }));
});

/** `$firstN`, `$lastN`, `$minN`, `$maxN` of an array. */
const several =
  (choose: (all: Runtime[], n: number) => Runtime[]): Operator =>
  (operand, compiler, name) => {
    const given = namedArguments(operand, name, ['input', 'n']);
    const [input, n] = [compiler.compile(given.get('input')!), compiler.compile(given.get('n')!)];
    return (scope) => {
      const count = wholeIn(n(scope), name, 5787902);
      if (count <= 0) throw new CommandError(5787908, `'n' must be greater than 0, found ${count}`);
      const value = input(scope);
      return isNullish(value) ? null : choose(arrayIn(value, name, 5788200), count);
    };
  };

/** The `n` least, or with -1 greatest, of the values that are not null. */
export const leastOf = (all: readonly Runtime[], n: number, direction: 1 | -1): Runtime[] =>
  all
    .filter((value) => !isNullish(value))
    .sort((a, b) => direction * compareRuntime(a, b))
    .slice(0, n);

const union = strict(0, Infinity, (arrays, name) => [
  ...distinct(arrays.flatMap((array) => arrayIn(array, name, 17043))).values(),
]);

const intersection = strict(0, Infinity, ([first, ...others], name) => {
  const kept = distinct(first === undefined ? [] : arrayIn(first, name, 17047));
  for (const other of others) {
    const theirs = distinct(arrayIn(other, name, 17047));
    for (const key of kept.keys()) if (!theirs.has(key)) kept.delete(key);
  }
  return [...kept.values()];
});

const without = strict(2, 2, ([a, b], name) => {
  const left = distinct(arrayIn(a, name, 17048));
  for (const key of distinct(arrayIn(b, name, 17049)).keys()) left.delete(key);
  return [...left.values()];
});

const isSubset = strict(2, 2, ([a, b], name) => {
  const all = distinct(arrayIn(b, name, 17042));
  return [...distinct(arrayIn(a, name, 17046)).keys()].every((key) => all.has(key));
});

const sameSets = strict(2, Infinity, (arrays, name) => {
  const [first, ...others] = arrays.map((array) => distinct(arrayIn(array, name, 17044)));
  return others.every((other) => other.size === first!.size && [...other.keys()].every((key) => first!.has(key)));
});

const isArray: Operator = (operand, compiler, name) => {
  const [part] = compileArguments(operand, compiler, name) as [Evaluate];
  return (scope) => elementsOf(part(scope)) !== undefined;
};

const size: Operator = (operand, compiler, name) => {
  const [part] = compileArguments(operand, compiler, name) as [Evaluate];
  return (scope) => arrayIn(part(scope), name, 17124).length;
};

export const ARRAYS: Record<string, Operator> = {
  $arrayElemAt: elementAt,
  $first: end(0),
  $last: end(-1),
  $concatArrays: concat,
  $in: contains,
  $indexOfArray: indexOf,
  $isArray: isArray,
  $size: size,
  $slice: slice,
  $reverseArray: strict(1, 1, ([array], name) => [...arrayIn(array, name, 34435)].reverse()),
  $range: range,
  $zip: zip,
  $sortArray: sorted,
  $arrayToObject: toObject,
  $objectToArray: toPairs,
  $firstN: several((all, n) => all.slice(0, n)),
  $lastN: several((all, n) => all.slice(-n)),
  $minN: several((all, n) => leastOf(all, n, 1)),
  $maxN: several((all, n) => leastOf(all, n, -1)),
  $setUnion: union,
  $setIntersection: intersection,
  $setDifference: without,
  $setEquals: sameSets,
  $setIsSubset: isSubset,
  $anyElementTrue: strict(1, 1, ([array], name) => arrayIn(array, name, 17041).some(isTrue)),
  $allElementsTrue: strict(1, 1, ([array], name) => arrayIn(array, name, 17040).every(isTrue)),
};
