import { Aggregator } from 'mingo';
import { T, type Value } from '../bson/value.js';
import { decodeDocument } from '../bson/write.js';
import { badValue, CommandError, notSupported } from '../errors.js';

/** Values of `$$name` variables. */
export type Variables = Readonly<Record<string, unknown>>;

const SCRIPTS = new Set(['$function', '$accumulator', '$where']);

/** @throws CommandError 238 when an expression or stage holds a script: scripts are never run here */
export function refuseScripts(expression: unknown): void {
  if (typeof expression !== 'object' || expression === null) return;
  for (const [name, part] of Object.entries(expression)) {
    if (SCRIPTS.has(name)) throw notSupported(`${name} is not supported: the embedded store runs no JavaScript`);
    refuseScripts(part);
  }
}

/** Options of the expression library for one command. Its own window functions count as scripts, so those are let through. */
export function mingoOptions(variables: Variables): Record<string, unknown> {
  return { scriptEnabled: true, useStrictMode: true, variables };
}

/** Compiles an aggregation expression to a function over decoded documents; a missing result is undefined. */
export function compileExpression(
  expression: unknown,
  variables: Variables = {},
): (document: Record<string, unknown>) => unknown {
  refuseScripts(expression);
  let current: Record<string, unknown> = {};
  const endless = { next: () => ({ value: current, done: false }) };
  const results = translateErrors(() =>
    new Aggregator([{ $replaceWith: { value: expression } }], mingoOptions(variables)).stream(endless as never),
  );
  return (document) => {
    current = document;
    return translateErrors(() => (results.next().value as { value: unknown }).value);
  };
}

/** `$expr`: a test of whether the expression is true for a stored document, by MongoDB's idea of true. */
export function compileCondition(expression: unknown, variables: Variables): (document: Value) => boolean {
  const evaluate = compileExpression(expression, variables);
  return (document) => {
    const result = evaluate(decodeDocument(document));
    return result !== undefined && result !== null && result !== false && result !== 0;
  };
}

/** Runs library code and gives its plain errors MongoDB's codes. */
export function translateErrors<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandError || !(error instanceof Error)) throw error;
    const unknown = /'(\$\w+)' is not registered|unregistered pipeline operator (\$\w+)/.exec(error.message);
    if (unknown) throw new CommandError(168, `Unrecognized expression '${unknown[1] ?? unknown[2]}'`);
    const variable = /Use of undefined variable: (\w+)/.exec(error.message);
    if (variable) throw new CommandError(17276, `Use of undefined variable: ${variable[1]}`);
    throw badValue(error.message);
  }
}

/** The `let` variables of a command, each evaluated once. */
export function variablesOf(value: Value | undefined): Variables {
  if (!value || value.type !== T.object) return {};
  const out: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(decodeDocument(value))) out[name] = compileExpression(expression)({});
  return out;
}
