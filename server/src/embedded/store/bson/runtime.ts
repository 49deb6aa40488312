import { Decimal128, Double, deserialize, Long } from 'bson';
import { compareValues, type TextOrder } from './compare.js';
import { fitsInt32 } from './number.js';
import { Elements, T, textOf, Value } from './value.js';
import { DocumentWriter, encodeValue } from './write.js';

/**
 * A value while expressions compute with it: JavaScript's own where it loses nothing, otherwise the classes of the BSON library.
 * Documents stay `Value`s, arrays may. A plain number is what the writer makes of it: an int32 where it fits, else a double; a
 * double that looks like an int32 is therefore a `Double`. Missing is undefined.
 */
export type Runtime = unknown;

const DECODE = { promoteLongs: false, promoteValues: false, bsonRegExp: true, validation: { utf8: false } } as const;

/** A double that stays one. */
export const asDouble = (number: number): number | Double => (fitsInt32(number) ? new Double(number) : number);

/** A stored value as expressions see it; documents and arrays are not looked into. */
export function toRuntime(value: Value | undefined): Runtime {
  if (!value) return undefined;
  switch (value.type) {
    case T.object:
    case T.array:
      return value;
    case T.string:
      return textOf(value);
    case T.int32:
      return value.bytes.readInt32LE(value.start);
    case T.double:
      return asDouble(value.bytes.readDoubleLE(value.start));
    case T.boolean:
      return value.bytes[value.start] === 1;
    case T.null:
      return null;
    case T.date:
      return new Date(Number(value.bytes.readBigInt64LE(value.start)));
    case T.int64:
      return Long.fromBigInt(value.bytes.readBigInt64LE(value.start));
    default: {
      const writer = new DocumentWriter();
      writer.value('v', value);
      return deserialize(writer.finish().payload, DECODE)['v'];
    }
  }
}

/** The elements of an array, whichever form it has; undefined for anything else. */
export function elementsOf(value: Runtime): Runtime[] | undefined {
  if (Array.isArray(value)) return value;
  if (!(value instanceof Value) || value.type !== T.array) return undefined;
  const out: Runtime[] = [];
  const elements = new Elements(value);
  while (elements.next()) out.push(toRuntime(elements.value));
  return out;
}

/** The document that a value is; undefined for anything else. */
export const documentIn = (value: Runtime): Value | undefined =>
  value instanceof Value && value.type === T.object ? value : undefined;

export const isNullish = (value: Runtime) =>
  value === undefined || value === null || (value instanceof Value && value.type === T.undefined);

/** MongoDB's idea of true: anything but false, zero, null and missing. */
export function isTrue(value: Runtime): boolean {
  if (value instanceof Double || value instanceof Long) return Number(value) !== 0;
  if (value instanceof Decimal128) return Number(value.toString()) !== 0;
  return !isNullish(value) && value !== false && value !== 0;
}

/** Type byte of a value; undefined when it is missing. */
export function typeOf(value: Runtime): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return fitsInt32(value) ? T.int32 : T.double;
  return encodeValue(value).type;
}

/** Order of two values across all types; missing comes before everything. */
export function compareRuntime(a: Runtime, b: Runtime, order?: TextOrder): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : a === b ? 0 : compareBoxed(a, b);
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string' && !order) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return compareBoxed(a, b, order);
}

const compareBoxed = (a: Runtime, b: Runtime, order?: TextOrder) =>
  compareValues(encodeValue(a), encodeValue(b), order);
