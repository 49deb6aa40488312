import type { Collation } from '../bson/collation.js';
import { documentIn, elementsOf, type Runtime, toRuntime } from '../bson/runtime.js';
import { Elements, entries, field, items, T, textOf, Value } from '../bson/value.js';
import { DocumentWriter } from '../bson/write.js';
import { CommandError, notSupported } from '../errors.js';

/** What an expression is evaluated in. */
export interface Scope {
  readonly root: Value;
  readonly variables: Variables;
}

/** Values of `$$name` variables. */
export type Variables = Readonly<Record<string, Runtime>>;

export type Evaluate = (scope: Scope) => Runtime;

/** What an expression is compiled in: the variables that may be named, and the order of text. */
export class Compiler {
  constructor(
    readonly names: ReadonlySet<string>,
    readonly collation: Collation | undefined,
  ) {}

  with(...names: string[]): Compiler {
    return new Compiler(new Set([...this.names, ...names]), this.collation);
  }

  /** @throws CommandError 168 for an unknown operator, 17276 for an unknown variable, and others */
  compile(expression: Value): Evaluate {
    switch (expression.type) {
      case T.string:
        return this.text(textOf(expression));
      case T.array: {
        const parts = items(expression).map((part) => this.compile(part));
        return (scope) => parts.map((part) => part(scope) ?? null);
      }
      case T.object:
        return this.object(expression);
      default:
        return always(toRuntime(expression));
    }
  }

  private text(text: string): Evaluate {
    if (text.startsWith('$$')) return this.variable(text.slice(2));
    if (!text.startsWith('$')) return always(text);
    const path = pathOf(text.slice(1));
    return ({ root }) => valueAt(root, path, 0);
  }

  private variable(text: string): Evaluate {
    const [name = '', ...path] = text.split('.');
    if (path.length > 0) pathOf(path.join('.'));
    const read = this.named(name);
    if (path.length === 0) return read;
    return (scope) => {
      const value = read(scope);
      return Array.isArray(value) ? valuesIn(value, path, 0) : valueAt(value, path, 0);
    };
  }

  private named(name: string): Evaluate {
    if (this.names.has(name)) return ({ variables }) => variables[name];
    if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => root;
    if (name === 'REMOVE') return always(undefined);
    if (name === 'DESCEND' || name === 'PRUNE' || name === 'KEEP') return always(name);
    throw new CommandError(17276, `Use of undefined variable: ${name}`);
  }

  private object(expression: Value): Evaluate {
    const all = entries(expression);
    const [name = '', operand] = all[0] ?? [];
    if (!name.startsWith('$')) return this.document(all);
    if (all.length > 1) {
      throw new CommandError(15983, 'An object representing an expression must have exactly one field');
    }
    return operatorNamed(name)(operand!, this, name);
  }

  /** `{a: expression, b: expression}`; fields whose value is missing are left out. */
  private document(fields: readonly [string, Value][]): Evaluate {
    const parts = fields.map(([name, value]) => {
      if (name.includes('.'))
        throw new CommandError(16412, `FieldPath field names may not contain '.'. Found '${name}'`);
      if (name.startsWith('$')) throw new CommandError(16410, `FieldPath field names may not start with '$'. ${name}`);
      return { name, evaluate: this.compile(value) };
    });
    return (scope) => {
      const writer = new DocumentWriter();
      for (const { name, evaluate } of parts) writer.js(name, evaluate(scope));
      return writer.finish();
    };
  }
}

/** Compiles the operand of one operator. */
export type Operator = (operand: Value, compiler: Compiler, name: string) => Evaluate;

const OPERATORS = new Map<string, Operator>();

/** Makes operators known by name. */
export function register(operators: Readonly<Record<string, Operator>>): void {
  for (const [name, operator] of Object.entries(operators)) OPERATORS.set(name, operator);
}

const SCRIPTS = new Set(['$function', '$accumulator', '$where']);

function operatorNamed(name: string): Operator {
  const operator = OPERATORS.get(name);
  if (operator) return operator;
  if (SCRIPTS.has(name)) throw notSupported(`${name} is not supported: the embedded store runs no JavaScript`);
  if (name === '$meta') throw notSupported('$meta is not supported by the embedded store');
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

export const always =
  (value: Runtime): Evaluate =>
  () =>
    value;

function pathOf(text: string): string[] {
  const path = text.split('.');
  if (path.includes(''))
    throw new CommandError(40353, `FieldPath must not end with a '.' or have an empty part: ${text}`);
  const stray = path.find((part) => part.startsWith('$'));
  if (stray) throw new CommandError(16410, `FieldPath field names may not start with '$'. Consider using $getField`);
  return path;
}

/** The value at a path; where the path meets an array, the array of what its documents hold there. */
function valueAt(holder: Runtime, path: readonly string[], depth: number): Runtime {
  if (Array.isArray(holder)) return valuesIn(holder, path, depth);
  if (!(holder instanceof Value)) return undefined;
  if (holder.type === T.array) return valuesIn(elementsOf(holder)!, path, depth);
  const value = field(holder, path[depth]!);
  if (depth === path.length - 1) return toRuntime(value);
  return value && (value.type === T.object || value.type === T.array) ? valueAt(value, path, depth + 1) : undefined;
}

function valuesIn(elements: readonly Runtime[], path: readonly string[], depth: number): Runtime[] {
  return elements.flatMap((element) => {
    const nested = documentIn(element) || elementsOf(element) ? valueAt(element, path, depth) : undefined;
    return nested === undefined ? [] : [nested];
  });
}

/** An operand as the list of its arguments. @throws CommandError 16020 when their number is wrong */
export function compileArguments(
  operand: Value,
  compiler: Compiler,
  name: string,
  least = 1,
  most = least,
): Evaluate[] {
  const all = operand.type === T.array ? items(operand) : [operand];
  if (all.length < least || all.length > most) {
    const wanted = least === most ? `exactly ${least}` : `at least ${least} and at most ${most}`;
    throw new CommandError(16020, `Expression ${name} takes ${wanted} arguments. ${all.length} were passed in.`);
  }
  return all.map((part) => compiler.compile(part));
}

/**
 * The named arguments of an operator that takes a document.
 * @throws CommandError 9 for one that is required and missing, or not known
 */
export function namedArguments(
  operand: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
) {
  if (operand.type !== T.object) throw new CommandError(9, `${name} only supports an object as its argument`);
  const given = new Map<string, Value>();
  const elements = new Elements(operand);
  while (elements.next()) {
    if (!required.includes(elements.name) && !optional.includes(elements.name)) {
      throw new CommandError(9, `Unrecognized argument to ${name}: ${elements.name}`);
    }
    given.set(elements.name, elements.value);
  }
  const missing = required.find((each) => !given.has(each));
  if (missing) throw new CommandError(9, `Missing '${missing}' parameter to ${name}`);
  return given;
}
