import { Decimal128 } from 'bson';
import { computeWidening, isNumeric, isWhole, type Numeric, toNumber } from '../bson/arithmetic.js';
import { asDouble, compareRuntime, elementsOf, isNullish, type Runtime } from '../bson/runtime.js';
import { field, T, type Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { parseSort, sortKey } from '../query/sort.js';
import { identity, leastOf } from './arrays.js';
import { type Compiler, compileArguments, type Operator, type Scope } from './compile.js';
import { merged } from './logic.js';

/** Takes the values of one group in turn and tells the result. */
export interface Accumulator {
  add(value: Runtime, scope: Scope): void;
  result(): Runtime;
}

/** A sum in the widest type that was added; doubles are added with their rounding errors carried along (Neumaier). */
class Sum {
  count = 0;
  private exact: Numeric = 0;
  private double = 0;
  private lost = 0;
  private sawDouble = false;

  add(value: Runtime): void {
    if (!isNumeric(value)) return;
    this.count++;
    if (isWhole(value) || value instanceof Decimal128) {
      this.exact = computeWidening('add', this.exact, value);
      return;
    }
    this.sawDouble = true;
    const number = toNumber(value);
    const next = this.double + number;
    const larger = Math.abs(this.double) >= Math.abs(number);
    const error = larger ? this.double - next + number : number - next + this.double;
    if (Number.isFinite(error)) this.lost += error;
    this.double = next;
  }

  total(): Numeric {
    if (!this.sawDouble) return this.exact;
    return computeWidening('add', this.exact, asDouble(this.double + this.lost));
  }

  mean(): Runtime {
    if (this.count === 0) return null;
    const total = this.total();
    return total instanceof Decimal128
      ? computeWidening('divide', total, this.count)
      : asDouble(toNumber(total) / this.count);
  }
}

const sum = (): Accumulator => {
  const all = new Sum();
  return { add: (value) => all.add(value), result: () => all.total() };
};

const average = (): Accumulator => {
  const all = new Sum();
  return { add: (value) => all.add(value), result: () => all.mean() };
};

/** Least or greatest in BSON order, leaving null and missing out. */
const extreme =
  (wanted: -1 | 1) =>
  ({ collation }: Compiler): Accumulator => {
    let best: Runtime;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === undefined || Math.sign(compareRuntime(value, best, collation?.compare)) === wanted) best = value;
      },
      result: () => best ?? null,
    };
  };

/** Keeps values as `take` wants and shows them at the end. */
function collector(take: (all: Runtime[], value: Runtime) => void, show: (all: Runtime[]) => Runtime): Accumulator {
  const all: Runtime[] = [];
  return { add: (value) => take(all, value), result: () => show(all) };
}

const first = () =>
  collector(
    (all, value) => all.length === 0 && all.push(value ?? null),
    (all) => all[0] ?? null,
  );

const last = () =>
  collector(
    (all, value) => {
      all[0] = value ?? null;
    },
    (all) => all[0] ?? null,
  );

const push = () =>
  collector(
    (all, value) => value !== undefined && all.push(value),
    (all) => all,
  );

const addToSet = ({ collation }: Compiler): Accumulator => {
  const all = new Map<string, Runtime>();
  return {
    add: (value) => {
      const key = value === undefined ? undefined : identity(value, collation);
      if (key !== undefined && !all.has(key)) all.set(key, value);
    },
    result: () => [...all.values()],
  };
};

const mergeObjects = (): Accumulator => {
  let all: Runtime = null;
  return {
    add: (value) => {
      all = merged([all, value]);
    },
    result: () => all ?? merged([]),
  };
};

/** Welford's running variance. @see B. P. Welford, Technometrics 4 (1962) */
const deviation = (lostDegrees: number) => (): Accumulator => {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      const number = toNumber(value);
      count++;
      const distance = number - mean;
      mean += distance / count;
      squares += distance * (number - mean);
    },
    result: () => (count > lostDegrees ? asDouble(Math.sqrt(squares / (count - lostDegrees))) : null),
  };
};

/** Sorted values at the wanted ranks. */
const percentile = (ranks: readonly number[], single: boolean) => (): Accumulator =>
  collector(
    (all, value) => isNumeric(value) && all.push(toNumber(value)),
    (all) => {
      const sorted = (all as number[]).sort((a, b) => a - b);
      const at = (rank: number) =>
        sorted.length ? asDouble(sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]!) : null;
      return single ? at(ranks[0]!) : ranks.map(at);
    },
  );

type Make = (compiler: Compiler) => Accumulator;

const SIMPLE: Record<string, Make> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
  $stdDevPop: deviation(0),
  $stdDevSamp: deviation(1),
};

const KEEP: Record<string, (all: Runtime[], n: number) => Runtime[]> = {
  $firstN: (all, n) => all.slice(0, n),
  $lastN: (all, n) => all.slice(-n),
  $minN: (all, n) => leastOf(all, n, 1),
  $maxN: (all, n) => leastOf(all, n, -1),
};

/** An accumulator with its argument: makes a fresh state for each group. */
export type Accumulate = () => { add(scope: Scope): void; result(): Runtime };

/** Compiles `{$sum: expression}`. @throws CommandError 15952 for an unknown one */
export function compileAccumulator(name: string, operand: Value, compiler: Compiler): Accumulate {
  const simple = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  if (simple) return over(operand, compiler, () => simple(compiler));
  if (name === '$count') return over(compilerOne(operand), compiler, sum);
  if (name === '$median' || name === '$percentile') {
    const p = field(operand, 'p');
    const ranks = p ? elementsOf(compiler.compile(p)(NOWHERE))!.map(Number) : [0.5];
    return over(part(operand, 'input', name), compiler, percentile(ranks, name === '$median'));
  }
  if (Object.hasOwn(KEEP, name)) {
    const n = countOf(operand, compiler, name);
    const keep = KEEP[name]!;
    return over(part(operand, 'input', name), compiler, () =>
      collector(
        (all, value) => all.push(value ?? null),
        (all) => keep(all, n),
      ),
    );
  }
  if (/^\$(top|bottom)N?$/.test(name)) return ranked(name, operand, compiler);
  throw new CommandError(15952, `unknown group operator '${name}'`);
}

const NOWHERE = {} as Scope;
const ONE = encodeValue(1);

function compilerOne(operand: Value): Value {
  if (operand.type !== T.object || operand.end - operand.start > 5) {
    throw new CommandError(9, '$count takes no arguments, i.e. $count:{}');
  }
  return ONE;
}

function over(operand: Value, compiler: Compiler, make: () => Accumulator): Accumulate {
  const evaluate = compiler.compile(operand);
  return () => {
    const state = make();
    return { add: (scope) => state.add(evaluate(scope), scope), result: () => state.result() };
  };
}

function part(operand: Value, name: string, operator: string): Value {
  const value = operand.type === T.object ? field(operand, name) : undefined;
  if (!value) throw new CommandError(5787906, `Missing value for '${name}' in ${operator}`);
  return value;
}

function countOf(operand: Value, compiler: Compiler, name: string): number {
  const n = compiler.compile(part(operand, 'n', name))(NOWHERE);
  const count = isNumeric(n) ? toNumber(n) : 0;
  if (!Number.isInteger(count) || count <= 0) throw new CommandError(5787908, `'n' must be greater than 0, found ${n}`);
  return count;
}

/** `$top`, `$bottom` and their `N` forms: the outputs of the documents that come first, or last, in an order of their own. */
function ranked(name: string, operand: Value, compiler: Compiler): Accumulate {
  const sort = parseSort(part(operand, 'sortBy', name));
  const output = compiler.compile(part(operand, 'output', name));
  const n = name.endsWith('N') ? countOf(operand, compiler, name) : 1;
  return () => {
    const rows: { key: Buffer; value: Runtime }[] = [];
    return {
      add: (scope) => void rows.push({ key: sortKey(scope.root, sort), value: output(scope) ?? null }),
      result: () => {
        rows.sort((a, b) => Buffer.compare(a.key, b.key));
        const kept = (name.startsWith('$top') ? rows.slice(0, n) : rows.slice(-n)).map(({ value }) => value);
        return name.endsWith('N') ? kept : (kept[0] ?? null);
      },
    };
  };
}

/** The accumulators that also work as expressions, over their arguments or over the one array that they are given. */
export const ACCUMULATING: Record<string, Operator> = Object.fromEntries(
  ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name) => [
    name,
    (operand, compiler) => {
      const parts = compileArguments(operand, compiler, name, 0, Infinity);
      return (scope) => {
        const state = SIMPLE[name]!(compiler);
        const values = parts.map((each) => each(scope));
        for (const value of values.length === 1 ? (elementsOf(values[0]) ?? values) : values) state.add(value, scope);
        return state.result();
      };
    },
  ]),
);
