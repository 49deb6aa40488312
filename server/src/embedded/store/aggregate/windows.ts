import { isNumeric, toNumber } from '../bson/arithmetic.js';
import { asDouble, compareRuntime, type Runtime, toRuntime } from '../bson/runtime.js';
import { entries, field, items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, encodeValue } from '../bson/write.js';
import { CommandError, failedToParse, notSupported } from '../errors.js';
import { compileAccumulator } from '../expression/accumulators.js';
import { identity } from '../expression/arrays.js';
import type { Evaluate } from '../expression/compile.js';
import { compilerFor } from '../expression/index.js';
import type { Flow } from '../planner/scan.js';
import { collect } from '../query/run.js';
import { parseSort, sortKey } from '../query/sort.js';
import { assign, locate, ObjectNode, toDocument } from '../update/tree.js';
import type { Context } from './stage.js';

/** The documents of one partition in their order, each with the bytes that it was sorted by. */
interface Partition {
  readonly roots: readonly Value[];
  readonly keys: readonly Buffer[];
}

/** Values of one output field, document by document. */
type Output = (partition: Partition) => Runtime[];

/** First and last place (exclusive) of the window of the document at a place. */
type Window = (partition: Partition, at: number) => { start: number; end: number };

/** `$setWindowFields`: fields computed over neighbouring documents of the same partition. */
export function* setWindowFields(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const by = field(spec, 'partitionBy');
  const partitionOf = by && compilerFor(context).compile(by);
  const sort = parseSort(field(spec, 'sortBy'));
  const wanted = field(spec, 'output');
  if (wanted?.type !== T.object) throw failedToParse("$setWindowFields requires an 'output' document");
  const outputs = entries(wanted).map(([name, value]) => ({
    path: name.split('.'),
    compute: compileOutput(value, sort.length === 1 ? sort[0]!.path : undefined, sort.length > 0, context),
  }));
  const partitions = new Map<string, { root: Value; key: Buffer; id: Runtime }[]>();
  for (const root of yield* collect(input)) {
    const id = partitionOf?.({ root, variables: context.variables }) ?? null;
    const own = identity(id, context.collation);
    const rows = partitions.get(own) ?? [];
    rows.push({ root, key: sortKey(root, sort), id });
    partitions.set(own, rows);
  }
  for (const rows of [...partitions.values()].sort((a, b) => compareRuntime(a[0]!.id, b[0]!.id))) {
    rows.sort((a, b) => Buffer.compare(a.key, b.key));
    const partition = { roots: rows.map(({ root }) => root), keys: rows.map(({ key }) => key) };
    const columns = outputs.map(({ compute }) => compute(partition));
    for (const [at, root] of partition.roots.entries()) {
      const document = new ObjectNode(root);
      outputs.forEach(({ path }, i) => {
        assign(locate(document, path, true)!, encodeValue(columns[i]![at]));
      });
      yield toDocument(document);
    }
  }
}

function compileOutput(value: Value, sortPath: string | undefined, isSorted: boolean, context: Context): Output {
  const all = value.type === T.object ? entries(value) : [];
  const functions = all.filter(([name]) => name !== 'window');
  if (functions.length !== 1) throw failedToParse('Each output of $setWindowFields needs exactly one window function');
  const [name, operand] = functions[0]!;
  const bounds = field(value, 'window');
  if (Object.hasOwn(RANKS, name) || name === '$shift') {
    if (!isSorted) throw new CommandError(5371602, `${name} must be specified with a top level sortBy expression`);
    if (bounds) throw new CommandError(5371601, `${name} does not accept a 'window' field`);
    return name === '$shift' ? shifted(operand, context) : RANKS[name]!;
  }
  if (name === '$locf' || name === '$linearFill') return filled(name, operand, sortPath, context);
  if (name === '$expMovingAvg') return movingAverage(operand, context);
  const window = bounds ? readWindow(bounds, sortPath, isSorted) : everything;
  if (name === '$derivative' || name === '$integral') return slope(name, operand, sortPath, window, context);
  if (name === '$covariancePop' || name === '$covarianceSamp') return covariance(name, operand, window, context);
  const accumulate = compileAccumulator(name, operand, compilerFor(context));
  return (partition) => {
    let state = accumulate();
    let previous = { start: 0, end: 0 };
    return partition.roots.map((_, at) => {
      const next = window(partition, at);
      if (next.start !== previous.start || next.end < previous.end) {
        state = accumulate();
        previous = { start: next.start, end: next.start };
      }
      for (let i = previous.end; i < next.end; i++)
        state.add({ root: partition.roots[i]!, variables: context.variables });
      previous = next;
      return state.result();
    });
  };
}

const everything: Window = ({ roots }) => ({ start: 0, end: roots.length });

const RANKS: Record<string, Output> = {
  $documentNumber: ({ keys }) => keys.map((_, at) => at + 1),
  $rank: ({ keys }) => ranks(keys, (at) => at + 1),
  $denseRank: ({ keys }) => ranks(keys, (_, previous) => previous + 1),
};

/** Equal documents share a rank; `next` tells that of the first one after them. */
function ranks(keys: readonly Buffer[], next: (at: number, previous: number) => number): number[] {
  let rank = 0;
  return keys.map((key, at) => {
    if (at === 0 || !key.equals(keys[at - 1]!)) rank = next(at, rank);
    return rank;
  });
}

function argument(operand: Value, name: string, context: Context): Evaluate {
  const value = field(operand, name);
  if (!value) throw failedToParse(`Missing '${name}' of a window function`);
  return compilerFor(context).compile(value);
}

const column = ({ roots }: Partition, evaluate: Evaluate, { variables }: Context): Runtime[] =>
  roots.map((root) => evaluate({ root, variables }));

function shifted(operand: Value, context: Context): Output {
  const output = argument(operand, 'output', context);
  const { by } = decodeDocument(operand);
  const otherwise = toRuntime(field(operand, 'default')) ?? null;
  if (!Number.isInteger(by)) throw failedToParse("$shift needs a whole number 'by'");
  return (partition) => {
    const values = column(partition, output, context);
    return values.map((_, at) => {
      const from = at + (by as number);
      return from >= 0 && from < values.length ? (values[from] ?? null) : otherwise;
    });
  };
}

function movingAverage(operand: Value, context: Context): Output {
  const input = argument(operand, 'input', context);
  const { N, alpha } = decodeDocument(operand) as { N?: number; alpha?: number };
  const weight = N === undefined ? alpha : 2 / (N + 1);
  if (weight === undefined || !(weight > 0 && weight <= 1)) throw failedToParse("$expMovingAvg needs 'N' or 'alpha'");
  return (partition) => {
    let mean: number | undefined;
    return column(partition, input, context).map((value) => {
      if (!isNumeric(value)) return null;
      mean = mean === undefined ? toNumber(value) : toNumber(value) * weight + mean * (1 - weight);
      return asDouble(mean);
    });
  };
}

/** Values for documents that have none: the last one before, or on the line between the two around. */
function filled(name: string, operand: Value, sortPath: string | undefined, context: Context): Output {
  const input = compilerFor(context).compile(operand);
  return (partition) => {
    const values = column(partition, input, context).map((value) => value ?? null);
    if (name === '$locf') {
      let last: Runtime = null;
      return values.map((value) => {
        last = value ?? last;
        return last;
      });
    }
    const places = positions(partition, sortPath);
    const known = values.flatMap((value, at) => (isNumeric(value) ? [at] : []));
    return values.map((value, at) => {
      const before = known.findLast((place) => place < at);
      const after = known.find((place) => place > at);
      if (value !== null || before === undefined || after === undefined) return value;
      const [low, high] = [toNumber(values[before] as number), toNumber(values[after] as number)];
      const part = (places[at]! - places[before]!) / (places[after]! - places[before]!);
      return asDouble(low + (high - low) * part);
    });
  };
}

/** Where documents stand on the axis that sorts them: numbers, or dates in milliseconds. */
function positions({ roots }: Partition, path: string | undefined): number[] {
  if (path === undefined) throw failedToParse('this window function needs a sortBy of exactly one field');
  return roots.map((root) => {
    const value = toRuntime(path.split('.').reduce<Value | undefined>((at, part) => at && field(at, part), root));
    return value instanceof Date ? value.getTime() : isNumeric(value) ? toNumber(value) : Number.NaN;
  });
}

const UNIT_MS: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};

function unitOf(operand: Value): number {
  const unit = field(operand, 'unit');
  if (!unit) return 1;
  const size = unit.type === T.string ? UNIT_MS[textOf(unit)] : undefined;
  if (!size) throw notSupported('the unit of a window must be week, day, hour, minute, second or millisecond');
  return size;
}

function slope(name: string, operand: Value, sortPath: string | undefined, window: Window, context: Context): Output {
  const input = argument(operand, 'input', context);
  const unit = unitOf(operand);
  return (partition) => {
    const values = column(partition, input, context).map((value) => (isNumeric(value) ? toNumber(value) : Number.NaN));
    const places = positions(partition, sortPath).map((place) => place / unit);
    return values.map((_, at) => {
      const { start, end } = window(partition, at);
      if (end - start < (name === '$integral' ? 1 : 2)) return null;
      if (name === '$derivative') {
        return asDouble((values[end - 1]! - values[start]!) / (places[end - 1]! - places[start]!));
      }
      let area = 0;
      for (let i = start + 1; i < end; i++) area += ((values[i]! + values[i - 1]!) / 2) * (places[i]! - places[i - 1]!);
      return asDouble(area);
    });
  };
}

function covariance(name: string, operand: Value, window: Window, context: Context): Output {
  const [x, y] = (operand.type === T.array ? items(operand) : []).map((each) => compilerFor(context).compile(each));
  if (!x || !y) throw failedToParse(`${name} needs an array of two expressions`);
  return (partition) => {
    const [xs, ys] = [column(partition, x, context), column(partition, y, context)];
    return xs.map((_, at) => {
      const { start, end } = window(partition, at);
      const pairs = xs.slice(start, end).flatMap((value, i) => {
        const other = ys[start + i];
        return isNumeric(value) && isNumeric(other) ? [[toNumber(value), toNumber(other)] as const] : [];
      });
      const divisor = name === '$covariancePop' ? pairs.length : pairs.length - 1;
      if (divisor < 1) return null;
      const mean = (side: 0 | 1) => pairs.reduce((all, pair) => all + pair[side], 0) / pairs.length;
      const [mx, my] = [mean(0), mean(1)];
      return asDouble(pairs.reduce((all, [a, b]) => all + (a - mx) * (b - my), 0) / divisor);
    });
  };
}

function readWindow(spec: Value, sortPath: string | undefined, isSorted: boolean): Window {
  const documents = field(spec, 'documents');
  const range = field(spec, 'range');
  if (!documents === !range) throw failedToParse("'window' needs either 'documents' or 'range'");
  const [low, high] = items((documents ?? range)!).map(boundOf);
  if (low === undefined || high === undefined) throw failedToParse('Window bounds must be a 2-element array');
  if (documents) {
    if (!isSorted && !(low === -Infinity && high === Infinity)) {
      throw new CommandError(5339901, "Document-based bounds require a 'sortBy'");
    }
    return ({ roots }, at) => ({
      start: Math.min(roots.length, Math.max(0, at + low)),
      end: Math.max(0, Math.min(roots.length, at + high + 1)),
    });
  }
  const unit = unitOf(spec);
  const known = new WeakMap<Partition, number[]>();
  return (partition, at) => {
    const places = known.get(partition) ?? positions(partition, sortPath);
    known.set(partition, places);
    const [from, to] = [places[at]! + low * unit, places[at]! + high * unit];
    let start = at;
    let end = at + 1;
    if (low > 0) while (start < places.length && places[start]! < from) start++;
    else while (start > 0 && places[start - 1]! >= from) start--;
    if (high < 0) while (end > 0 && places[end - 1]! > to) end--;
    else while (end < places.length && places[end]! <= to) end++;
    return { start, end: Math.max(start, end) };
  };
}

function boundOf(bound: Value, index: number): number {
  if (bound.type === T.string) {
    const text = textOf(bound);
    if (text === 'current') return 0;
    if (text === 'unbounded') return index === 0 ? -Infinity : Infinity;
  }
  const value = toRuntime(bound);
  if (!isNumeric(value)) throw failedToParse("A window bound must be 'unbounded', 'current' or a number");
  return toNumber(value);
}
