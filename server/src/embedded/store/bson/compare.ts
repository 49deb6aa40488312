import { compareExact, exactNumber } from './number.js';
import { Elements, T, textOf, type Value } from './value.js';

/** Order of two texts under a collation. */
export type TextOrder = (a: string, b: string) => number;

/**
 * Place of each type in the order of all BSON values.
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
const RANKS = new Uint8Array(256);
for (const [type, rank] of [
  [T.minKey, 1],
  [T.undefined, 3],
  [T.null, 3],
  [T.double, 4],
  [T.int32, 4],
  [T.int64, 4],
  [T.decimal, 4],
  [T.string, 5],
  [T.symbol, 5],
  [T.object, 6],
  [T.array, 7],
  [T.binary, 8],
  [T.objectId, 9],
  [T.boolean, 10],
  [T.date, 11],
  [T.timestamp, 12],
  [T.regex, 13],
  [T.dbPointer, 14],
  [T.code, 15],
  [T.codeWithScope, 16],
  [T.maxKey, 20],
] as const) {
  RANKS[type] = rank;
}

/** Rank of a type; a missing value counts as null. */
export const rankOf = (value: Value | undefined): number => RANKS[value?.type ?? T.null]!;

const NULL_RANK = RANKS[T.null]!;

/** Order of two values across all types; missing equals null. Text compares by its bytes, or by `order` where one is given. */
export function compareValues(a: Value | undefined, b: Value | undefined, order?: TextOrder): number {
  const rank = rankOf(a);
  if (rank !== rankOf(b)) return rank < rankOf(b) ? -1 : 1;
  if (!a || !b || rank === NULL_RANK) return 0;
  switch (a.type) {
    case T.double:
    case T.int32:
    case T.int64:
    case T.decimal:
      return compareExact(exactNumber(a), exactNumber(b));
    case T.object:
    case T.array:
      return compareElements(a, b, order);
    case T.string:
    case T.symbol:
      return order ? order(textOf(a), textOf(b)) : comparePayload(a, b, 4);
    case T.code:
      return comparePayload(a, b, 4);
    case T.binary:
      return compareBinary(a, b);
    case T.date:
      return (
        a.bytes.readInt32LE(a.start + 4) - b.bytes.readInt32LE(b.start + 4) ||
        a.bytes.readUInt32LE(a.start) - b.bytes.readUInt32LE(b.start)
      );
    case T.timestamp:
      return (
        a.bytes.readUInt32LE(a.start + 4) - b.bytes.readUInt32LE(b.start + 4) ||
        a.bytes.readUInt32LE(a.start) - b.bytes.readUInt32LE(b.start)
      );
    default:
      return comparePayload(a, b, 0);
  }
}

function comparePayload(a: Value, b: Value, skip: number): number {
  return a.bytes.compare(b.bytes, b.start + skip, b.end, a.start + skip, a.end);
}

/** Shorter first, then the subtype, then the bytes. */
function compareBinary(a: Value, b: Value): number {
  const length = a.bytes.readInt32LE(a.start) - b.bytes.readInt32LE(b.start);
  return length !== 0 ? Math.sign(length) : comparePayload(a, b, 4);
}

/** Field by field: type first, then name, then value; the shorter document first. */
function compareElements(a: Value, b: Value, order: TextOrder | undefined): number {
  const left = new Elements(a);
  const right = new Elements(b);
  for (;;) {
    const hasLeft = left.next();
    const hasRight = right.next();
    if (!hasLeft || !hasRight) return Number(hasLeft) - Number(hasRight);
    const x = left.value;
    const y = right.value;
    const rank = rankOf(x) - rankOf(y);
    if (rank !== 0) return Math.sign(rank);
    if (a.type === T.object) {
      const name = Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
      if (name !== 0) return name;
    }
    const values = compareValues(x, y, order);
    if (values !== 0) return values;
  }
}
