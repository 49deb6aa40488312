import { compareRuntime, elementsOf, isNullish, isTrue, toRuntime } from '../bson/runtime.js';
import { entries, field, items, T, textOf, type Value } from '../bson/value.js';
import { DocumentWriter } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { always, compileArguments, type Evaluate, namedArguments, type Operator, type Scope } from './compile.js';

const comparison =
  (holds: (order: number) => unknown): Operator =>
  (operand, compiler, name) => {
    const [a, b] = compileArguments(operand, compiler, name, 2) as [Evaluate, Evaluate];
    const order = compiler.collation?.compare;
    return (scope) => holds(compareRuntime(a(scope), b(scope), order));
  };

const and: Operator = (operand, compiler, name) => {
  const parts = compileArguments(operand, compiler, name, 0, Infinity);
  return (scope) => parts.every((part) => isTrue(part(scope)));
};

const or: Operator = (operand, compiler, name) => {
  const parts = compileArguments(operand, compiler, name, 0, Infinity);
  return (scope) => parts.some((part) => isTrue(part(scope)));
};

const not: Operator = (operand, compiler, name) => {
  const [part] = compileArguments(operand, compiler, name) as [Evaluate];
  return (scope) => !isTrue(part(scope));
};

const cond: Operator = (operand, compiler, name) => {
  const named = operand.type === T.object && namedArguments(operand, name, ['if', 'then', 'else']);
  const [test, yes, no] = named
    ? ['if', 'then', 'else'].map((each) => compiler.compile(named.get(each)!))
    : compileArguments(operand, compiler, name, 3);
  return (scope) => (isTrue(test!(scope)) ? yes!(scope) : no!(scope));
};

const ifNull: Operator = (operand, compiler, name) => {
  const parts = compileArguments(operand, compiler, name, 2, Infinity);
  return (scope) => {
    for (const part of parts.slice(0, -1)) {
      const value = part(scope);
      if (!isNullish(value)) return value;
    }
    return parts.at(-1)!(scope);
  };
};

const choose: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['branches'], ['default']);
  const branches = items(given.get('branches')!).map((branch) => {
    const parts = namedArguments(branch, name, ['case', 'then']);
    return { test: compiler.compile(parts.get('case')!), result: compiler.compile(parts.get('then')!) };
  });
  if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.');
  const otherwise = given.has('default') ? compiler.compile(given.get('default')!) : undefined;
  return (scope) => {
    const branch = branches.find(({ test }) => isTrue(test(scope)));
    if (branch) return branch.result(scope);
    if (otherwise) return otherwise(scope);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

const letIn: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['vars', 'in']);
  const variables = entries(given.get('vars')!).map(([each, value]) => ({ each, evaluate: compiler.compile(value) }));
  const body = compiler.with(...variables.map(({ each }) => each)).compile(given.get('in')!);
  return (scope) => {
    const bound: Record<string, unknown> = { ...scope.variables };
    for (const { each, evaluate } of variables) bound[each] = evaluate(scope);
    return body({ ...scope, variables: bound });
  };
};

const literal: Operator = (operand) => always(toRuntime(operand));

const nameIn = (value: Value | undefined, otherwise: string) => (value?.type === T.string ? textOf(value) : otherwise);

/** A scope with variables of its own, which are set anew for each element. */
function inner(scope: Scope): { scope: Scope; own: Record<string, unknown> } {
  const own = { ...scope.variables };
  return { scope: { root: scope.root, variables: own }, own };
}

function arrayFor(name: string, value: unknown): unknown[] | undefined {
  const all = elementsOf(value);
  if (!all && !isNullish(value)) throw new CommandError(28651, `input to ${name} must be an array`);
  return all;
}

const map: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['input', 'in'], ['as']);
  const as = nameIn(given.get('as'), 'this');
  const input = compiler.compile(given.get('input')!);
  const body = compiler.with(as).compile(given.get('in')!);
  return (outer) => {
    const { scope, own } = inner(outer);
    const all = arrayFor(name, input(outer))?.map((item) => {
      own[as] = item;
      return body(scope) ?? null;
    });
    return all ?? null;
  };
};

const filter: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['input', 'cond'], ['as', 'limit']);
  const as = nameIn(given.get('as'), 'this');
  const input = compiler.compile(given.get('input')!);
  const limit = given.has('limit') ? compiler.compile(given.get('limit')!) : always(null);
  const test = compiler.with(as).compile(given.get('cond')!);
  return (outer) => {
    const { scope, own } = inner(outer);
    const kept = arrayFor(name, input(outer))?.filter((item) => {
      own[as] = item;
      return isTrue(test(scope));
    });
    return kept?.slice(0, Number(limit(outer) ?? Infinity)) ?? null;
  };
};

const reduce: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['input', 'initialValue', 'in']);
  const input = compiler.compile(given.get('input')!);
  const initial = compiler.compile(given.get('initialValue')!);
  const body = compiler.with('this', 'value').compile(given.get('in')!);
  return (outer) => {
    const all = arrayFor(name, input(outer));
    if (!all) return null;
    const { scope, own } = inner(outer);
    own['value'] = initial(outer);
    for (const item of all) {
      own['this'] = item;
      own['value'] = body(scope);
    }
    return own['value'];
  };
};

const mergeObjects: Operator = (operand, compiler, name) => {
  const parts = compileArguments(operand, compiler, name, 0, Infinity);
  return (scope) => {
    const all = parts.map((part) => part(scope));
    return merged(all.length === 1 ? (elementsOf(all[0]) ?? all) : all);
  };
};

/** One document with the fields of all; a later one wins. @throws CommandError 40400 for anything but documents and null */
export function merged(documents: readonly unknown[]): Value {
  const fields = new Map<string, Value>();
  for (const each of documents) {
    if (isNullish(each)) continue;
    const document = each as Value;
    if (document.type !== T.object) throw new CommandError(40400, '$mergeObjects requires object inputs');
    for (const [name, value] of entries(document)) fields.set(name, value);
  }
  const writer = new DocumentWriter();
  for (const [name, value] of fields) writer.value(name, value);
  return writer.finish();
}

const getField: Operator = (operand, compiler, name) => {
  const given =
    operand.type === T.object && field(operand, 'field')
      ? namedArguments(operand, name, ['field'], ['input'])
      : undefined;
  const wanted = compiler.compile(given?.get('field') ?? operand);
  const input = given?.has('input') ? compiler.compile(given.get('input')!) : undefined;
  return (scope) => {
    const holder = input ? input(scope) : scope.root;
    const key = wanted(scope);
    if (typeof key !== 'string')
      throw new CommandError(3041704, "$getField requires 'field' to evaluate to type String");
    if (isNullish(holder)) return holder;
    const document = holder as Value;
    return document.type === T.object ? toRuntime(field(document, key)) : undefined;
  };
};

const setField: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input']);
  const [wanted, input] = [compiler.compile(given.get('field')!), compiler.compile(given.get('input')!)];
  const value = given.has('value') ? compiler.compile(given.get('value')!) : always(undefined);
  return (scope) => {
    const holder = input(scope);
    if (isNullish(holder)) return null;
    const next = value(scope);
    const writer = new DocumentWriter();
    const key = wanted(scope) as string;
    let placed = false;
    for (const [own, old] of entries(holder as Value)) {
      writer.js(own, own === key ? next : old);
      placed ||= own === key;
    }
    if (!placed) writer.js(key, next);
    return writer.finish();
  };
};

export const LOGIC: Record<string, Operator> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => Math.sign(order)),
  $and: and,
  $or: or,
  $not: not,
  $cond: cond,
  $ifNull: ifNull,
  $switch: choose,
  $let: letIn,
  $literal: literal,
  $const: literal,
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $mergeObjects: mergeObjects,
  $getField: getField,
  $setField: setField,
  $unsetField: setField,
};
