import { exactNumber } from '../bson/number.js';
import { entries, field, isNumber, items, regexOf, T, textOf, Value } from '../bson/value.js';
import { decodeValue, encodeValue } from '../bson/write.js';
import { badValue, CommandError, failedToParse, notSupported } from '../errors.js';
import type { Filter, Pattern, Predicate } from './filter.js';
import { typesOf } from './types.js';

const UNSUPPORTED = new Set(['$where', '$text', '$jsonSchema', '$near', '$nearSphere', '$geoWithin', '$geoIntersects']);

/** Reads a filter document. @throws CommandError 2 or 9 for what MongoDB refuses, 238 for what only this server refuses */
export function parseFilter(document: Value): Filter {
  const parts: Filter[] = [];
  for (const [name, value] of entries(document)) {
    if (!name.startsWith('$')) parts.push(...parseField(name, value));
    else if (name === '$and' || name === '$or' || name === '$nor') parts.push(parseLogical(name, value));
    else if (name === '$expr') parts.push({ kind: 'expression', expression: value });
    else if (name === '$alwaysTrue' || name === '$alwaysFalse') {
      parts.push({ kind: 'constant', value: name === '$alwaysTrue' });
    } else if (UNSUPPORTED.has(name)) throw notSupported(`${name} is not supported by the embedded store`);
    else if (name === '$sampleRate') parts.push({ kind: 'expression', expression: sampled(value) });
    else if (name !== '$comment') throw badValue(`unknown top level operator: ${name}`);
  }
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
}

/** `$sampleRate`: each document by its own chance. */
function sampled(rate: Value): Value {
  const chance = isNumber(rate) ? Number(decodeValue(rate)) : Number.NaN;
  if (!(chance >= 0 && chance <= 1)) throw badValue('numeric argument to $sampleRate must be in [0, 1]');
  return encodeValue({ $lt: [{ $rand: {} }, chance] });
}

function parseLogical(name: string, value: Value): Filter {
  const kind = name.slice(1) as 'and' | 'or' | 'nor';
  const parts = value.type === T.array ? items(value) : [];
  if (value.type !== T.array) throw badValue(`${name} must be an array`);
  if (parts.length === 0) throw badValue(`${name} argument must be a non-empty array`);
  return {
    kind,
    parts: parts.map((part) => {
      if (part.type !== T.object) throw badValue(`${name} argument's entries must be objects`);
      return parseFilter(part);
    }),
  };
}

/** Whether a value is a document of operators, such as `{$gt: 1}`. A `$ref` document is a plain value. */
export function isOperatorDocument(value: Value): boolean {
  if (value.type !== T.object) return false;
  const first = entries(value)[0]?.[0];
  return (first?.startsWith('$') ?? false) && !['$ref', '$id', '$db'].includes(first!);
}

function parseField(path: string, value: Value): Filter[] {
  if (!isOperatorDocument(value)) return [{ kind: 'field', path, test: parseEquality(value) }];
  return parseOperators(value).map((test) => ({ kind: 'field', path, test }));
}

function parseEquality(value: Value): Predicate {
  if (value.type === T.regex) return { op: 'regex', pattern: parseRegex(value) };
  if (value.type === T.undefined) throw badValue('cannot compare to undefined');
  return { op: 'eq', value };
}

/** Reads `{$gt: 1, $lt: 5}` into its predicates, all of which must hold. */
export function parseOperators(document: Value): Predicate[] {
  const out: Predicate[] = [];
  for (const [name, value] of entries(document)) {
    if (name === '$options') {
      if (!field(document, '$regex')) throw badValue('$options needs a $regex');
    } else if (name === '$regex') out.push({ op: 'regex', pattern: parseRegex(value, field(document, '$options')) });
    else out.push(parseOperator(name, value));
  }
  return out;
}

function parseOperator(name: string, value: Value): Predicate {
  switch (name) {
    case '$eq':
      return { op: 'eq', value };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (value.type === T.regex) throw badValue(`Can't have RegEx as arg to predicate over field`);
      return { op: name.slice(1) as 'gt', value };
    case '$ne':
      if (value.type === T.regex) throw badValue("Can't have regex as arg to $ne.");
      return { op: 'not', part: { op: 'eq', value } };
    case '$in':
      return parseIn(name, value);
    case '$nin':
      return { op: 'not', part: parseIn(name, value) };
    case '$exists':
      return truthy(value) ? { op: 'exists' } : { op: 'not', part: { op: 'exists' } };
    case '$type':
      return { op: 'type', types: typesOf(value) };
    case '$size':
      return { op: 'size', size: parseSize(value) };
    case '$mod':
      return parseMod(value);
    case '$all':
      return parseAll(value);
    case '$elemMatch':
      return parseElemMatch(value);
    case '$not':
      return { op: 'not', part: parseNot(value) };
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { op: 'bits', mask: parseMask(name, value), want: lowerFirst(name.slice(5)) as 'allSet' };
    default:
      if (UNSUPPORTED.has(name)) throw notSupported(`${name} is not supported by the embedded store`);
      throw badValue(`unknown operator: ${name}`);
  }
}

const lowerFirst = (text: string) => text[0]!.toLowerCase() + text.slice(1);

/** MongoDB's idea of true: anything but false, zero, null and undefined. */
export function truthy(value: Value): boolean {
  if (value.type === T.boolean) return value.bytes[value.start] === 1;
  if (isNumber(value)) return Number(decodeValue(value)) !== 0;
  return value.type !== T.null && value.type !== T.undefined;
}

function parseIn(name: string, value: Value): Predicate {
  if (value.type !== T.array) throw badValue(`${name} needs an array`);
  const all = items(value);
  if (all.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${name}`);
  return {
    op: 'in',
    values: all.filter((item) => item.type !== T.regex),
    patterns: all.filter((item) => item.type === T.regex).map((item) => parseRegex(item)),
  };
}

function parseSize(value: Value): number {
  const size = isNumber(value) ? Number(decodeValue(value)) : Number.NaN;
  if (!isNumber(value)) throw failedToParse(`Failed to parse $size. Expected a number in: $size`);
  if (!Number.isInteger(size)) throw failedToParse('Failed to parse $size. Expected an integer: $size');
  if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number in: $size');
  return size;
}

function parseMod(value: Value): Predicate {
  if (value.type !== T.array) throw badValue('malformed mod, needs to be an array');
  const [divisor, remainder, ...rest] = items(value);
  if (!divisor || !remainder) throw badValue('malformed mod, not enough elements');
  if (rest.length > 0) throw badValue('malformed mod, too many elements');
  if (!isNumber(divisor)) throw badValue('malformed mod, divisor not a number');
  const by = Math.trunc(Number(decodeValue(divisor)));
  if (by === 0) throw badValue('divisor cannot be 0');
  return { op: 'mod', divisor: by, remainder: isNumber(remainder) ? Math.trunc(Number(decodeValue(remainder))) : 0 };
}

function parseAll(value: Value): Predicate {
  if (value.type !== T.array) throw badValue('$all needs an array');
  const all = items(value);
  if (all.length === 0) return { op: 'in', values: [], patterns: [] };
  const parts = all.map((item) => {
    if (item.type === T.object && field(item, '$elemMatch')) return parseElemMatch(field(item, '$elemMatch')!);
    if (isOperatorDocument(item)) throw badValue('no $ expressions in $all');
    return parseEquality(item);
  });
  return { op: 'and', parts };
}

function parseElemMatch(value: Value): Predicate {
  if (value.type !== T.object) throw badValue('$elemMatch needs an Object');
  const first = entries(value)[0]?.[0];
  const onValues = first?.startsWith('$') && !['$and', '$or', '$nor', '$expr', '$where'].includes(first);
  return onValues
    ? { op: 'elementValues', parts: parseOperators(value) }
    : { op: 'elements', filter: parseFilter(value) };
}

function parseNot(value: Value): Predicate {
  if (value.type === T.regex) return { op: 'regex', pattern: parseRegex(value) };
  if (value.type !== T.object) throw badValue('$not needs a regex or a document');
  const parts = parseOperators(value);
  if (parts.length === 0) throw badValue('$not cannot be empty');
  return parts.length === 1 ? parts[0]! : { op: 'and', parts };
}

function parseMask(name: string, value: Value): bigint {
  if (value.type === T.array) {
    return items(value).reduce((mask, bit) => mask | (1n << BigInt(Number(decodeValue(bit)))), 0n);
  }
  if (value.type === T.binary) {
    return BigInt(
      `0x${
        Buffer.from(value.bytes.subarray(value.start + 5, value.end))
          .reverse()
          .toString('hex') || '0'
      }`,
    );
  }
  const exact = isNumber(value) ? exactNumber(value) : undefined;
  if (typeof exact === 'bigint') return exact;
  if (typeof exact !== 'number' || !Number.isInteger(exact) || exact < 0) {
    throw failedToParse(`${name} takes an Array, a number, or a BinData but received something else`);
  }
  return BigInt(exact);
}

/** Reads a regular expression, given as such or as `$regex` text with `$options`. */
export function parseRegex(value: Value, options?: Value): Pattern {
  const given = value.type === T.regex ? regexOf(value) : undefined;
  if (!given && value.type !== T.string) throw badValue('$regex has to be a string');
  const source = given ? given.source : textOf(value);
  const flags = options ? textOf(options) : (given?.flags ?? '');
  if (/[^imsxu]/.test(flags)) throw new CommandError(51108, ` invalid flag in regex options: ${flags}`);
  return { source, flags, expression: compileRegex(source, flags) };
}

function compileRegex(source: string, flags: string): RegExp {
  let body = source;
  const wanted = new Set(flags.replace(/[xu]/g, ''));
  const inline = /^\(\?([imsx]+)\)/.exec(body);
  if (inline) {
    body = body.slice(inline[0].length);
    for (const flag of inline[1]!.replace('x', '')) wanted.add(flag);
  }
  if (flags.includes('x') || inline?.[1]?.includes('x')) {
    body = body.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#[^\n]*/g, (part) => (/^[\s#]/.test(part) ? '' : part));
  }
  try {
    return new RegExp(body, [...wanted].join(''));
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}
