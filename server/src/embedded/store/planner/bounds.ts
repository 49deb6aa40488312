import { rankOf } from '../bson/compare.js';
import { doubleOf } from '../bson/number.js';
import { EMPTY_ARRAY_RANK, orderKey, successor } from '../bson/order-key.js';
import { isNumber, items, T, type Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import type { Pattern, Predicate } from '../query/filter.js';
import { LONGEST_FIELDS } from '../storage/engine.js';

/** A place between keys: before or after all keys that start with `prefix`. */
export interface Edge {
  readonly prefix: Buffer;
  readonly after: boolean;
}

/** All keys of one field between two edges; `point` when that is one value only. */
export interface Interval {
  readonly low: Edge;
  readonly high: Edge;
  readonly point?: true;
}

const around = (prefix: Buffer): Interval => ({ low: { prefix, after: false }, high: { prefix, after: true } });
const pointAt = (key: Buffer): Interval => ({ ...around(key), point: true });

export const EVERYTHING: Interval = around(Buffer.alloc(0));

const NULL_KEY = orderKey(undefined);
const LOWEST_NUMBER = orderKey(encodeValue(-Infinity));

/**
 * The intervals of an ascending field outside of which no document can satisfy the predicate; undefined when it bounds nothing.
 * Documents inside are still checked against the whole filter.
 */
export function intervalsOf(test: Predicate): Interval[] | undefined {
  switch (test.op) {
    case 'eq':
      return pointsOf(test.value);
    case 'in':
      return ordered([...test.values.flatMap(pointsOf), ...test.patterns.map(patternInterval)]);
    case 'regex':
      return ordered([patternInterval(test.pattern), around(Buffer.from([rankOf(REGEX)]))]);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return comparisonInterval(test.op, test.value);
    case 'and': {
      for (const part of test.parts) {
        const intervals = intervalsOf(part);
        if (intervals) return intervals;
      }
      return undefined;
    }
    case 'elementValues':
      return intervalsOf({ op: 'and', parts: test.parts });
    case 'not':
      return test.part.op === 'exists' ? [nullPoint()] : undefined;
    default:
      return undefined;
  }
}

const REGEX = encodeValue(/x/);
const nullPoint = () => pointAt(NULL_KEY);

function pointsOf(value: Value): Interval[] {
  if (value.type !== T.array) return [pointAt(orderKey(value))];
  const first = items(value)[0];
  const element = first ? orderKey(first) : Buffer.from([EMPTY_ARRAY_RANK]);
  return ordered([pointAt(element), pointAt(orderKey(value))]);
}

function comparisonInterval(op: 'gt' | 'gte' | 'lt' | 'lte', value: Value): Interval[] | undefined {
  if (
    value.type === T.array ||
    value.type === T.minKey ||
    value.type === T.maxKey ||
    rankOf(value) === rankOf(undefined)
  ) {
    return rankOf(value) === rankOf(undefined) && op.endsWith('e') ? [nullPoint()] : undefined;
  }
  const rank = Buffer.from([rankOf(value)]);
  if (isNumber(value) && (Number.isNaN(doubleOf(value)) || value.type === T.decimal)) return [around(rank)];
  const key = orderKey(value);
  const lowest = isNumber(value) ? LOWEST_NUMBER : rank;
  // The bound itself is always inside: a decimal that is a little more may have been rounded to the same key.
  if (op === 'gt' || op === 'gte') return [{ low: { prefix: key, after: false }, high: { prefix: rank, after: true } }];
  return [{ low: { prefix: lowest, after: false }, high: { prefix: key, after: true } }];
}

/** Strings that start with the fixed text after `^`, or all strings. */
function patternInterval({ source, flags }: Pattern): Interval {
  const rank = rankOf(STRING);
  const fixed = /[imxs]/.test(flags) ? undefined : /^\^([\w @:/,-]+)(.?)/.exec(source);
  if (!fixed || source.includes('|')) return around(Buffer.from([rank]));
  const text = /^[*?{]/.test(fixed[2]!) ? fixed[1]!.slice(0, -1) : fixed[1]!;
  return around(Buffer.concat([Buffer.from([rank]), Buffer.from(text)]));
}

const STRING = encodeValue('');

const compareEdges = (a: Edge, b: Edge) => Buffer.compare(position(a), position(b));

/** An edge as the first key at or behind it; the end of everything is a byte that no key starts with. */
function position({ prefix, after }: Edge): Buffer {
  return after ? (successor(prefix) ?? Buffer.from([0xff, 0xff])) : prefix;
}

/** Sorted, with overlaps merged, so that a scan goes through them in index order and meets nothing twice. */
export function ordered(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => compareEdges(a.low, b.low));
  const out: Interval[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (last?.point && next.point) {
      if (!same(last, next)) out.push(next);
    } else if (last && compareEdges(next.low, last.high) <= 0) {
      if (compareEdges(next.high, last.high) > 0) out[out.length - 1] = { low: last.low, high: next.high };
    } else out.push(next);
  }
  return out;
}

const same = (a: Interval, b: Interval) => a.low.prefix.equals(b.low.prefix);

/** The part that both hold; undefined when there is none. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const low = compareEdges(a.low, b.low) >= 0 ? a.low : b.low;
  const high = compareEdges(a.high, b.high) <= 0 ? a.high : b.high;
  if (compareEdges(low, high) >= 0) return undefined;
  return a.point || b.point ? { low, high, point: true } : { low, high };
}

/** The same interval on a descending field, whose bytes are inverted. */
export function inverted({ low, high, point }: Interval): Interval {
  const flip = ({ prefix, after }: Edge): Edge => ({
    prefix: Buffer.from(prefix.map((byte) => ~byte & 0xff)),
    after: !after,
  });
  return { low: flip(high), high: flip(low), ...(point && { point }) };
}

/** Start (inclusive) and end (exclusive) of the keys of an interval behind a fixed prefix. What no key can hold is cut off. */
export function keyRange(prefix: Buffer, { low, high }: Interval): { start: Buffer; end: Buffer } {
  const lowest = Buffer.concat([prefix, low.prefix]);
  const highest = Buffer.concat([prefix, high.prefix]);
  const start =
    lowest.length > LONGEST_FIELDS ? lowest.subarray(0, LONGEST_FIELDS) : low.after ? successor(lowest)! : lowest;
  const end =
    highest.length > LONGEST_FIELDS
      ? successor(highest.subarray(0, LONGEST_FIELDS))!
      : high.after
        ? successor(highest)!
        : highest;
  return { start, end };
}
