import { OrderKeyWriter, successor } from '../bson/order-key.js';
import { field, items, T, type Value } from '../bson/value.js';
import { encodeDocument } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { compileFilter, type Matcher } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import { LONGEST_FIELDS } from '../storage/engine.js';
import type { IndexDefinition } from './definition.js';

/** What one document puts into one index; `keys` come without the record id. */
export interface IndexEntries {
  readonly index: IndexDefinition;
  readonly keys: readonly Buffer[];
  /** The values that each key was made of. */
  readonly tuples: readonly Indexed[][];
  readonly multikey: boolean;
  readonly inexact: boolean;
}

/** An indexed value; `EMPTY` stands for an empty array. */
export const EMPTY = Symbol('empty array');
export type Indexed = Value | undefined | typeof EMPTY;

/** The index keys of a document: one, or one per element where a path meets an array. */
export function entriesOf(index: IndexDefinition, document: Value): IndexEntries {
  const none = { index, keys: [], tuples: [], multikey: false, inexact: false };
  if (index.partialFilter && !partialMatcher(index)(document)) return none;
  const paths = index.fields.map(({ path }) => path.split('.'));
  const tuples = expand(document, paths, new Map());
  if (index.sparse && tuples.every((tuple) => tuple.every((value) => value === undefined))) return none;
  let inexact = false;
  const keys = new Map<string, { key: Buffer; tuple: Indexed[] }>();
  for (const tuple of tuples) {
    const writer = new OrderKeyWriter();
    tuple.forEach((value, i) => {
      const { descending } = index.fields[i]!;
      if (value === EMPTY) writer.appendEmptyArray(descending);
      else writer.append(value, descending);
    });
    const encoded = writer.bytes();
    const cut = encoded.length + 4 > LONGEST_FIELDS;
    inexact ||= writer.inexact || cut;
    const key = withIndexId(index, cut ? encoded.subarray(0, LONGEST_FIELDS - 4) : encoded);
    keys.set(key.toString('latin1'), { key, tuple });
  }
  return {
    index,
    keys: [...keys.values()].map(({ key }) => key),
    tuples: [...keys.values()].map(({ tuple }) => tuple),
    multikey: tuples.length > 1 || tuples[0]!.includes(EMPTY),
    inexact,
  };
}

/** Puts the id of an index in front of encoded fields. */
export function withIndexId(index: IndexDefinition, encoded: Buffer): Buffer {
  const key = Buffer.allocUnsafe(4 + encoded.length);
  key.writeUInt32BE(index.id);
  encoded.copy(key, 4);
  return key;
}

/** All keys of an index. */
export function indexRange(index: IndexDefinition): { start: Buffer; end: Buffer } {
  const start = withIndexId(index, Buffer.alloc(0));
  return { start, end: successor(start)! };
}

const partialMatchers = new WeakMap<IndexDefinition, Matcher>();

function partialMatcher(index: IndexDefinition): Matcher {
  let matcher = partialMatchers.get(index);
  if (!matcher) {
    matcher = compileFilter(parseFilter(encodeDocument(index.partialFilter!)));
    partialMatchers.set(index, matcher);
  }
  return matcher;
}

/** The tuples of values at `paths`; `bound` holds, by path prefix, the array element that is being looked at. */
export function expand(
  document: Value,
  paths: readonly string[][],
  bound: Map<string, Value | typeof EMPTY>,
): Indexed[][] {
  const tuple: Indexed[] = [];
  for (const path of paths) {
    let current: Indexed = document;
    let prefix = '';
    for (let depth = 0; depth < path.length; depth++) {
      if (current === EMPTY || current === undefined || (current.type !== T.object && current.type !== T.array)) {
        current = undefined;
        break;
      }
      current = field(current, path[depth]!);
      prefix += `${path[depth]}.`;
      if (current?.type !== T.array) continue;
      const last = depth === path.length - 1;
      if (bound.has(prefix)) {
        const element = bound.get(prefix)!;
        current = element === EMPTY && !last ? undefined : element;
        continue;
      }
      const next = path[depth + 1];
      if (next !== undefined && /^\d+$/.test(next) && field(current, next)) continue;
      return expandArray(document, paths, bound, prefix, current);
    }
    tuple.push(current);
  }
  return [tuple];
}

function expandArray(
  document: Value,
  paths: readonly string[][],
  bound: Map<string, Value | typeof EMPTY>,
  prefix: string,
  array: Value,
): Indexed[][] {
  for (const other of bound.keys()) {
    if (!prefix.startsWith(other)) {
      throw new CommandError(171, `cannot index parallel arrays [${lastName(prefix)}] [${lastName(other)}]`);
    }
  }
  const elements: (Value | typeof EMPTY)[] = items(array);
  if (elements.length === 0) elements.push(EMPTY);
  return elements.flatMap((element) => expand(document, paths, new Map(bound).set(prefix, element)));
}

const lastName = (prefix: string) => prefix.slice(0, -1).split('.').at(-1);
