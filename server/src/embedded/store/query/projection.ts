import { compileExpression, type Variables } from '../aggregate/expression.js';
import { documentOf, Elements, entries, isNumber, items, T, type Value } from '../bson/value.js';
import { DocumentWriter, decodeDocument, decodeValue } from '../bson/write.js';
import { CommandError, notSupported } from '../errors.js';
import { compileFilter, compileValueTest, type Found } from './match.js';
import { isOperatorDocument, parseFilter, parseOperators, truthy } from './parse.js';

/** What a projection makes of a document. `found` is where the filter matched, for the positional `$`. */
export type Projector = (document: Value, found?: Found) => Value;

/** What happens to one field. */
type Rule =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'nested'; readonly rules: Rules }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly test: (element: Value) => boolean }
  | { readonly kind: 'computed'; readonly evaluate: (document: Record<string, unknown>) => unknown };
type Rules = Map<string, Rule>;

/** Compiles a projection; undefined when it keeps everything. @throws CommandError 31249 and others for contradictions */
export function compileProjection(projection: Value | undefined, variables: Variables = {}): Projector | undefined {
  if (!projection || entries(projection).length === 0) return undefined;
  const rules: Rules = new Map();
  for (const [path, value] of entries(projection)) addRule(rules, path, value, variables);
  const leaves = leafRules(rules);
  const including = leaves.some(
    ({ path, rule }) => path !== '_id' && ['include', 'positional', 'elemMatch', 'computed'].includes(rule.kind),
  );
  const onlyId = leaves.every(({ path }) => path === '_id');
  const keep = including || (onlyId && rules.get('_id')?.kind !== 'exclude');
  for (const { path, rule } of leaves) {
    if (keep && rule.kind === 'exclude' && path !== '_id') {
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    if (!keep && rule.kind === 'include' && path !== '_id') {
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    }
  }
  if (leaves.filter(({ rule }) => rule.kind === 'positional').length > 1) {
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
  }
  if (keep && !rules.has('_id')) rules.set('_id', { kind: 'include' });
  const computes = leaves.some(({ rule }) => rule.kind === 'computed');
  return (document, found) => {
    const writer = new DocumentWriter();
    const decoded = computes ? decodeDocument(document) : undefined;
    project(writer, document, rules, keep, found, decoded);
    return documentOf(writer.finish());
  };
}

function addRule(rules: Rules, path: string, value: Value, variables: Variables): void {
  const positional = path.endsWith('.$');
  const parts = (positional ? path.slice(0, -2) : path).split('.');
  if (parts.includes('') || parts.some((part) => part.startsWith('$'))) {
    throw new CommandError(31410, `Invalid projection path '${path}'`);
  }
  if (value.type === T.object && !isOperatorDocument(value)) {
    const inner = entries(value);
    if (inner.length === 0)
      throw new CommandError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    for (const [name, part] of inner) addRule(rules, `${path}.${name}`, part, variables);
    return;
  }
  let holder = rules;
  for (const part of parts.slice(0, -1)) {
    const existing = holder.get(part);
    if (existing && existing.kind !== 'nested') throw collision(path);
    const nested: Rule = existing ?? { kind: 'nested', rules: new Map() };
    holder.set(part, nested);
    holder = (nested as { rules: Rules }).rules;
  }
  if (holder.has(parts.at(-1)!)) throw collision(path);
  holder.set(parts.at(-1)!, positional ? { kind: 'positional' } : ruleOf(value, variables));
}

const collision = (path: string) => new CommandError(31250, `Path collision at ${path}`);

function ruleOf(value: Value, variables: Variables): Rule {
  if (value.type === T.boolean || isNumber(value)) return { kind: truthy(value) ? 'include' : 'exclude' };
  if (isOperatorDocument(value)) {
    const [name, operand] = entries(value)[0]!;
    if (name === '$slice') return sliceRule(operand);
    if (name === '$meta') throw notSupported('$meta is not supported');
    if (name === '$elemMatch') {
      if (operand.type !== T.object) throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
      return { kind: 'elemMatch', test: elementTest(operand) };
    }
  }
  return { kind: 'computed', evaluate: compileExpression(decodeValue(value), variables) };
}

function sliceRule(operand: Value): Rule {
  const numbers = (operand.type === T.array ? items(operand) : [operand]).map((item) => {
    if (!isNumber(item))
      throw new CommandError(28667, 'Invalid $slice syntax: a number or an array of two numbers is needed');
    return Number(decodeValue(item));
  });
  if (operand.type !== T.array) return { kind: 'slice', skip: undefined, limit: numbers[0]! };
  if (numbers.length !== 2 || numbers[1]! <= 0)
    throw new CommandError(28724, 'Invalid $slice syntax: the second number must be positive');
  return { kind: 'slice', skip: numbers[0], limit: numbers[1]! };
}

function elementTest(condition: Value): (element: Value) => boolean {
  const first = entries(condition)[0]?.[0];
  if (first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first)) {
    const tests = parseOperators(condition).map(compileValueTest);
    return (element) => tests.every((test) => test(element));
  }
  const matches = compileFilter(parseFilter(condition));
  return (element) => (element.type === T.object || element.type === T.array) && matches(element);
}

function leafRules(rules: Rules, prefix = ''): { path: string; rule: Rule }[] {
  return [...rules].flatMap(([name, rule]) =>
    rule.kind === 'nested' ? leafRules(rule.rules, `${prefix}${name}.`) : [{ path: prefix + name, rule }],
  );
}

function project(
  writer: DocumentWriter,
  document: Value,
  rules: Rules,
  keep: boolean,
  found: Found | undefined,
  decoded: Record<string, unknown> | undefined,
): void {
  const elements = new Elements(document);
  const seen = new Set<string>();
  while (elements.next()) {
    const name = elements.name;
    const rule = rules.get(name);
    seen.add(name);
    if (!rule) {
      if (!keep) writer.value(name, elements.value);
    } else projectField(writer, name, elements.value, rule, keep, found, decoded);
  }
  if (!decoded) return;
  for (const [name, rule] of rules) {
    if (rule.kind === 'computed') writer.js(name, rule.evaluate(decoded));
    else if (
      rule.kind === 'nested' &&
      !seen.has(name) &&
      leafRules(rule.rules).some((leaf) => leaf.rule.kind === 'computed')
    ) {
      writer.openAs(name, T.object);
      project(writer, EMPTY_DOCUMENT, rule.rules, keep, found, decoded);
      writer.close();
    }
  }
}

const EMPTY_DOCUMENT = documentOf(Buffer.from([5, 0, 0, 0, 0]));

function projectField(
  writer: DocumentWriter,
  name: string,
  value: Value,
  rule: Rule,
  keep: boolean,
  found: Found | undefined,
  decoded: Record<string, unknown> | undefined,
): void {
  switch (rule.kind) {
    case 'include':
      writer.value(name, value);
      return;
    case 'exclude':
    case 'computed':
      return;
    case 'nested':
      projectNested(writer, name, value, rule.rules, keep, found, decoded);
      return;
    case 'positional': {
      if (found?.position === undefined) {
        throw new CommandError(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      }
      writeArray(writer, name, value.type === T.array ? items(value).slice(found.position, found.position + 1) : []);
      return;
    }
    case 'elemMatch': {
      const element = value.type === T.array ? items(value).find(rule.test) : undefined;
      if (element) writeArray(writer, name, [element]);
      return;
    }
    default:
      if (value.type !== T.array) writer.value(name, value);
      else writeArray(writer, name, sliced(items(value), rule.skip, rule.limit));
  }
}

function sliced(all: Value[], skip: number | undefined, limit: number): Value[] {
  if (skip === undefined) return limit >= 0 ? all.slice(0, limit) : all.slice(limit);
  const start = skip >= 0 ? skip : Math.max(0, all.length + skip);
  return all.slice(start, start + limit);
}

function writeArray(writer: DocumentWriter, name: string, all: readonly Value[]): void {
  writer.openAs(name, T.array);
  all.forEach((item, i) => {
    writer.value(String(i), item);
  });
  writer.close();
}

/** Applies the rules to a document, or to every document of an array; other values are kept only by an exclusion. */
function projectNested(
  writer: DocumentWriter,
  name: string,
  value: Value,
  rules: Rules,
  keep: boolean,
  found: Found | undefined,
  decoded: Record<string, unknown> | undefined,
): void {
  if (value.type === T.object) {
    writer.openAs(name, T.object);
    project(writer, value, rules, keep, found, decoded);
    writer.close();
  } else if (value.type === T.array) {
    writer.openAs(name, T.array);
    let at = 0;
    for (const item of items(value)) {
      if (item.type === T.object || item.type === T.array) {
        projectNested(writer, String(at++), item, rules, keep, found, decoded);
      } else if (!keep) writer.value(String(at++), item);
    }
    writer.close();
  } else if (!keep) writer.value(name, value);
}
