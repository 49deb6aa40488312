import { compareRuntime, elementsOf, type Runtime, toRuntime } from '../bson/runtime.js';
import { entries, field, isNumber, T, type Value } from '../bson/value.js';
import { decodeValue, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { type Accumulate, compileAccumulator } from '../expression/accumulators.js';
import { identity } from '../expression/arrays.js';
import type { Evaluate } from '../expression/compile.js';
import { compilerFor } from '../expression/index.js';
import type { Flow } from '../planner/scan.js';
import { collect } from '../query/run.js';
import { Sorter } from '../query/sort.js';
import type { Context, RunStage } from './stage.js';

/** Groups that one `$group` may hold. */
const MOST_GROUPS = 1_000_000;

const COUNT = encodeDocument({ count: { $sum: 1 } });

interface Output {
  readonly name: string;
  readonly create: Accumulate;
}

/** Reads `{name: {$accumulator: expression}}`. @throws CommandError 40234 and others for what is no accumulator */
export function readOutputs(spec: readonly [string, Value][], context: Context): Output[] {
  return spec.map(([name, accumulated]) => {
    const all = accumulated.type === T.object ? entries(accumulated) : [];
    if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
    if (all.length !== 1) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
    const [operator, operand] = all[0]!;
    return { name, create: compileAccumulator(operator, operand, compilerFor(context)) };
  });
}

/** `$group`: keeps running results, not the documents of a group. */
export const group: RunStage = (input, { spec }, context) => {
  if (spec.type !== T.object) throw new CommandError(15947, "a group's fields must be specified in an object");
  const id = field(spec, '_id');
  if (!id) throw new CommandError(15955, 'a group specification must include an _id');
  const outputs = readOutputs(
    entries(spec).filter(([name]) => name !== '_id'),
    context,
  );
  return groupBy(input, compilerFor(context).compile(id), outputs, context);
};

function* groupBy(input: Flow<Value>, idOf: Evaluate, outputs: readonly Output[], context: Context): Flow<Value> {
  const { variables, collation } = context;
  const groups = new Map<string, { id: Runtime; states: ReturnType<Accumulate>[] }>();
  for (const root of input) {
    if (root) {
      const scope = { root, variables };
      const id = idOf(scope) ?? null;
      const key = identity(id, collation);
      let own = groups.get(key);
      if (!own) {
        if (groups.size >= MOST_GROUPS) throw new CommandError(292, 'Exceeded memory limit for $group');
        own = { id, states: outputs.map(({ create }) => create()) };
        groups.set(key, own);
      }
      for (const state of own.states) state.add(scope);
    }
    yield undefined;
  }
  for (const { id, states } of groups.values()) {
    yield encodeDocument({
      _id: id,
      ...Object.fromEntries(states.map((state, i) => [outputs[i]!.name, state.result()])),
    });
  }
}

/** `$sortByCount`: groups by one expression, the largest group first. */
export function* sortByCount(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const groups = groupBy(input, compilerFor(context).compile(spec), readOutputs(entries(COUNT), context), context);
  yield* ordered(groups, { path: 'count', descending: true });
}

function* ordered(groups: Flow<Value>, by: { path: string; descending: boolean }): Flow<Value> {
  const sorter = new Sorter<Value>([by]);
  for (const each of groups) {
    if (each) sorter.add(each, each);
    yield undefined;
  }
  yield* sorter.finish();
}

/** `$bucket`: a group per half-open range between two boundaries; what lies outside goes to `default`. */
export const bucket: RunStage = (input, { spec }, context) => {
  const compiler = compilerFor(context);
  const [by, limits, otherwise] = ['groupBy', 'boundaries', 'default'].map((name) => field(spec, name));
  if (!by || !limits) throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  const order = context.collation?.compare;
  const boundaries = elementsOf(compiler.compile(limits)({ root: spec, variables: context.variables })) ?? [];
  const ascending = boundaries.every((own, i) => i === 0 || compareRuntime(boundaries[i - 1], own, order) < 0);
  if (boundaries.length < 2 || !ascending) {
    throw new CommandError(40194, "The 'boundaries' option to $bucket must be at least two values in ascending order");
  }
  const evaluate = compiler.compile(by);
  const idOf: Evaluate = (scope) => {
    const value = evaluate(scope) ?? null;
    const above = boundaries.findIndex((boundary) => compareRuntime(value, boundary, order) < 0);
    if (above > 0) return boundaries[above - 1];
    if (otherwise) return toRuntime(otherwise);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  const outputs = readOutputs(entries(field(spec, 'output') ?? COUNT), context);
  return ordered(groupBy(input, idOf, outputs, context), { path: '_id', descending: false });
};

/** `$bucketAuto`: groups of about equal size, in the order of one expression. Equal values stay together. */
export function* bucketAuto(input: Flow<Value>, spec: Value, context: Context): Flow<Value> {
  const [by, wanted] = ['groupBy', 'buckets'].map((name) => field(spec, name));
  const count = wanted && isNumber(wanted) ? Number(decodeValue(wanted)) : 0;
  if (!by || !Number.isInteger(count) || count < 1) {
    throw new CommandError(40243, "$bucketAuto requires 'groupBy' and a positive number of 'buckets'");
  }
  if (field(spec, 'granularity')) throw new CommandError(238, "'granularity' of $bucketAuto is not supported");
  const outputs = readOutputs(entries(field(spec, 'output') ?? COUNT), context);
  const evaluate = compilerFor(context).compile(by);
  const rows: { value: Runtime; root: Value }[] = [];
  for (const root of yield* collect(input)) {
    rows.push({ value: evaluate({ root, variables: context.variables }) ?? null, root });
  }
  const order = context.collation?.compare;
  rows.sort((a, b) => compareRuntime(a.value, b.value, order));
  const size = Math.max(1, Math.round(rows.length / count));
  for (let start = 0, made = 1; start < rows.length; made++) {
    let end = made === count ? rows.length : Math.min(rows.length, start + size);
    while (end < rows.length && compareRuntime(rows[end]!.value, rows[end - 1]!.value, order) === 0) end++;
    const states = outputs.map(({ create }) => create());
    for (const { root } of rows.slice(start, end))
      for (const state of states) state.add({ root, variables: context.variables });
    const max = (rows[end] ?? rows.at(-1)!).value;
    const results = states.map((state, i) => [outputs[i]!.name, state.result()] as const);
    yield encodeDocument({
      _id: encodeValue(encodeDocument({ min: rows[start]!.value, max })),
      ...Object.fromEntries(results),
    });
    start = end;
  }
}
