import { Elements, entries, isNumber, items, T, type Value } from '../bson/value.js';
import { DocumentWriter, decodeValue, encodeDocument } from '../bson/write.js';
import { CommandError, notSupported } from '../errors.js';
import type { Evaluate, Scope } from '../expression/compile.js';
import { compilerFor, type Environment } from '../expression/index.js';
import { compileFilter, compileValueTest, type Found } from './match.js';
import { isOperatorDocument, parseFilter, parseOperators, truthy } from './parse.js';

/** What a projection makes of a document. `found` is where the filter matched, for the positional `$`. */
export type Projector = (document: Value, found?: Found) => Value;

/** What happens to one field. */
type Rule =
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' | 'positional' }
  | { readonly kind: 'nested'; readonly rules: Rules }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly test: (element: Value) => boolean }
  | { readonly kind: 'computed'; readonly evaluate: Evaluate };
/** Rules by field; names and rules stand at the same places. */
class Rules {
  readonly names: string[] = [];
  readonly rules: Rule[] = [];

  get(name: string): Rule | undefined {
    return this.rules[this.names.indexOf(name)];
  }

  add<R extends Rule>(name: string, rule: R): R {
    this.names.push(name);
    this.rules.push(rule);
    return rule;
  }
}

type Leaf = { readonly path: string; readonly rule: Rule };

/** Where a specification stands: `find` has operators of its own, the stages know only expressions. */
type Place = 'find' | '$project' | '$addFields';

/** Compiles a projection; undefined when it keeps everything. @throws CommandError 31249 and others for contradictions */
export function compileProjection(
  projection: Value | undefined,
  environment: Environment,
  place: 'find' | '$project' = 'find',
): Projector | undefined {
  if (!projection || entries(projection).length === 0) return undefined;
  const { rules, leaves } = readRules(projection, environment, place);
  const keep = keepsOthers(leaves, rules);
  if (leaves.filter(({ rule }) => rule.kind === 'positional').length > 1) {
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
  }
  if (!keep && !rules.get('_id')) rules.add('_id', { kind: 'include' });
  return projector(rules, keep, environment);
}

/** `$addFields` and `$set`: computes fields and keeps all others. */
export function compileAddFields(fields: Value, environment: Environment): Projector {
  return projector(readRules(fields, environment, '$addFields').rules, true, environment);
}

function projector(rules: Rules, keep: boolean, { variables }: Environment): Projector {
  let lastBytes: number | undefined;
  return (root, found) => {
    const writer = new DocumentWriter(lastBytes);
    new Shaper(writer, keep, { root, variables }, found).fields(root, rules);
    const shown = writer.finish();
    lastBytes = shown.end;
    return shown;
  };
}

/** Whether fields that are not named stay. The first telling field decides; a later one may not contradict it. */
function keepsOthers(leaves: readonly Leaf[], rules: Rules): boolean {
  let keep: boolean | undefined;
  for (const { path, rule } of leaves) {
    if (path === '_id' && rule.kind !== 'computed') continue;
    if (rule.kind === 'slice') continue;
    const excludes = rule.kind === 'exclude';
    if (keep === undefined || keep === excludes) {
      keep = excludes;
      continue;
    }
    if (excludes) throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    if (rule.kind !== 'computed')
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    throw new CommandError(31252, 'Cannot use expression other than $meta in exclusion projection');
  }
  return keep ?? (rules.get('_id')?.kind !== 'include' || leaves.length > 1);
}

function readRules(specification: Value, environment: Environment, place: Place): { rules: Rules; leaves: Leaf[] } {
  const rules = new Rules();
  const leaves: Leaf[] = [];
  const read = (path: string, value: Value): void => {
    const positional = place === 'find' && path.endsWith('.$');
    if (
      value.type === T.object &&
      !isOperatorDocument(value) &&
      (entries(value).length > 0 || place !== '$addFields')
    ) {
      const inner = entries(value);
      if (inner.length === 0) {
        throw new CommandError(
          51270,
          `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
        );
      }
      for (const [name, part] of inner) read(`${path}.${name}`, part);
      return;
    }
    const rule = positional ? ({ kind: 'positional' } as const) : ruleOf(value, environment, place);
    const plain = positional ? path.slice(0, -2) : path;
    putRule(rules, plain, rule);
    leaves.push({ path: plain, rule });
  };
  for (const [path, value] of entries(specification)) read(path, value);
  return { rules, leaves };
}

function putRule(rules: Rules, path: string, rule: Rule): void {
  const parts = path.split('.');
  if (parts.includes('') || parts.some((part) => part.startsWith('$'))) {
    throw new CommandError(31410, `Invalid projection path '${path}'`);
  }
  let holder = rules;
  for (const [depth, part] of parts.slice(0, -1).entries()) {
    const existing = holder.get(part);
    if (existing && existing.kind !== 'nested') {
      throw new CommandError(31249, `Path collision at ${path} remaining portion ${parts.slice(depth + 1).join('.')}`);
    }
    holder = (existing ?? holder.add(part, { kind: 'nested' as const, rules: new Rules() })).rules;
  }
  if (holder.get(parts.at(-1)!)) throw new CommandError(31250, `Path collision at ${path}`);
  holder.add(parts.at(-1)!, rule);
}

function ruleOf(value: Value, environment: Environment, place: Place): Rule {
  if (place !== '$addFields' && (value.type === T.boolean || isNumber(value))) {
    return { kind: truthy(value) ? 'include' : 'exclude' };
  }
  if (place === 'find' && isOperatorDocument(value)) {
    const [name, operand] = entries(value)[0]!;
    if (name === '$slice' && !isExpressionSlice(operand)) return sliceRule(operand);
    if (name === '$meta') throw notSupported('$meta is not supported');
    if (name === '$elemMatch') {
      if (operand.type !== T.object) throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
      return { kind: 'elemMatch', test: elementTest(operand) };
    }
  }
  try {
    return { kind: 'computed', evaluate: compilerFor(environment).compile(value) };
  } catch (error) {
    if (place === '$addFields' || !(error instanceof CommandError) || error.code !== 168) throw error;
    throw new CommandError(31325, `Invalid $project :: caused by :: ${error.message}`);
  }
}

/** `{$slice: ['$array', 2]}` is the expression of that name. */
const isExpressionSlice = (operand: Value) =>
  operand.type === T.array && items(operand)[0]?.type !== undefined && !isNumber(items(operand)[0]!);

function sliceRule(operand: Value): Rule {
  const numbers = (operand.type === T.array ? items(operand) : [operand]).map((item) => {
    if (!isNumber(item)) {
      throw new CommandError(28667, 'Invalid $slice syntax: a number or an array of two numbers is needed');
    }
    return Number(decodeValue(item));
  });
  if (operand.type !== T.array) return { kind: 'slice', skip: undefined, limit: numbers[0]! };
  if (numbers.length !== 2 || numbers[1]! <= 0) {
    throw new CommandError(28724, 'Invalid $slice syntax: the second number must be positive');
  }
  return { kind: 'slice', skip: numbers[0], limit: numbers[1]! };
}

function elementTest(condition: Value): (element: Value) => boolean {
  const first = entries(condition)[0]?.[0];
  if (first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first)) {
    const tests = parseOperators(condition).map((test) => compileValueTest(test));
    return (element) => tests.every((test) => test(element));
  }
  const matches = compileFilter(parseFilter(condition));
  return (element) => (element.type === T.object || element.type === T.array) && matches(element);
}

const EMPTY_DOCUMENT = encodeDocument({});

/** Writes one document as its rules say. */
class Shaper {
  constructor(
    private readonly writer: DocumentWriter,
    private readonly keep: boolean,
    private readonly scope: Scope,
    private readonly found: Found | undefined,
  ) {}

  /** Fields in their stored order, then the computed ones that did not take a place there. */
  fields(document: Value, { names, rules }: Rules): void {
    const placed: boolean[] = [];
    const elements = new Elements(document);
    // Behind the last wanted field nothing is even looked at.
    for (let left = names.length; (this.keep || left > 0) && elements.next(); ) {
      const at = placeOf(elements, names);
      const rule = rules[at];
      if (!rule) {
        if (this.keep) this.writer.element(elements);
      } else if (this.keep || rule.kind !== 'computed') {
        if (!placed[at]) left--;
        placed[at] = true;
        if (rule.kind === 'include') this.writer.element(elements);
        else this.field(names[at]!, elements.value, rule);
      }
    }
    rules.forEach((rule, at) => {
      if (placed[at]) return;
      if (rule.kind === 'computed') this.writer.js(names[at]!, rule.evaluate(this.scope));
      else if (rule.kind === 'nested' && computes(rule)) this.nested(names[at]!, EMPTY_DOCUMENT, rule);
    });
  }

  private field(name: string, value: Value, rule: Exclude<Rule, { kind: 'include' }>): void {
    switch (rule.kind) {
      case 'exclude':
        return;
      case 'computed':
        this.writer.js(name, rule.evaluate(this.scope));
        return;
      case 'nested':
        this.nested(name, value, rule);
        return;
      case 'positional':
        this.positional(name, value);
        return;
      case 'elemMatch': {
        const element = value.type === T.array ? items(value).find(rule.test) : undefined;
        if (element) this.writer.js(name, [element]);
        return;
      }
      default:
        if (value.type !== T.array) this.writer.value(name, value);
        else this.writer.js(name, sliced(items(value), rule.skip, rule.limit));
    }
  }

  /** Applies rules to a document, or to each document of an array; other values stay only where nothing is computed in them. */
  private nested(name: string, value: Value, rule: Rule & { kind: 'nested' }): void {
    if (value.type === T.array) {
      this.writer.openAs(name, T.array);
      let at = 0;
      for (const item of items(value)) {
        if (item.type === T.object || item.type === T.array || this.keep || computes(rule)) {
          this.nested(String(at++), item, rule);
        }
      }
      this.writer.close();
    } else if (value.type === T.object || computes(rule)) {
      this.writer.openAs(name, T.object);
      this.fields(value.type === T.object ? value : EMPTY_DOCUMENT, rule.rules);
      this.writer.close();
    } else if (this.keep) this.writer.value(name, value);
  }

  private positional(name: string, value: Value): void {
    const at = this.found?.position;
    if (at === undefined) {
      throw new CommandError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    this.writer.js(name, value.type === T.array ? items(value).slice(at, at + 1) : []);
  }
}

/** The place of an element's name among `names`, found without decoding it; -1 for none. */
function placeOf(elements: Elements, names: readonly string[]): number {
  for (let at = 0; at < names.length; at++) if (elements.nameIs(names[at]!)) return at;
  return -1;
}

const computes = (rule: Rule): boolean =>
  rule.kind === 'computed' || (rule.kind === 'nested' && rule.rules.rules.some(computes));

function sliced(all: Value[], skip: number | undefined, limit: number): Value[] {
  if (skip === undefined) return limit >= 0 ? all.slice(0, limit) : all.slice(limit);
  const start = skip >= 0 ? skip : Math.max(0, all.length + skip);
  return all.slice(start, start + limit);
}
