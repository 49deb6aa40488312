import type { Collation } from '../bson/collation.js';
import { isTrue, type Runtime } from '../bson/runtime.js';
import { entries, type Value } from '../bson/value.js';
import { ACCUMULATING } from './accumulators.js';
import { ARRAYS } from './arrays.js';
import { Compiler, register, type Variables } from './compile.js';
import { LIBRARY } from './library.js';
import { LOGIC } from './logic.js';
import { NUMBERS } from './numbers.js';
import { TYPES } from './types.js';

for (const operators of [LOGIC, NUMBERS, ARRAYS, TYPES, LIBRARY, ACCUMULATING]) register(operators);

/** What the expressions of one command share: the values of its variables and the order of text. */
export interface Environment {
  readonly variables: Variables;
  readonly collation?: Collation | undefined;
}

export const compilerFor = ({ variables, collation }: Environment) =>
  new Compiler(new Set(Object.keys(variables)), collation);

/** Compiles an aggregation expression to a function over stored documents; a missing result is undefined. */
export function compileExpression(expression: Value, environment: Environment): (document: Value) => Runtime {
  const evaluate = compilerFor(environment).compile(expression);
  return (root) => evaluate({ root, variables: environment.variables });
}

/** `$expr`: a test of whether the expression is true for a stored document. */
export function compileCondition(expression: Value, environment: Environment): (document: Value) => boolean {
  const evaluate = compileExpression(expression, environment);
  return (document) => isTrue(evaluate(document));
}

/** The variables of a command: the time, and those of its `let`, each evaluated once. */
export function variablesOf(declared: Value | undefined, root: Value, outer: Variables = {}): Variables {
  const variables: Record<string, Runtime> = { NOW: new Date(), ...outer };
  for (const [name, expression] of declared ? entries(declared) : []) {
    variables[name] = compileExpression(expression, { variables: outer })(root);
  }
  return variables;
}
