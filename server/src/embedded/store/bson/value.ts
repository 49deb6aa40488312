import { CommandError } from '../errors.js';

/** The type byte of a BSON element. @see https://bsonspec.org/spec.html */
export const T = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int32: 16,
  timestamp: 17,
  int64: 18,
  decimal: 19,
  maxKey: 127,
  minKey: 255,
} as const;

/** Deepest nesting that MongoDB stores. */
const MAX_DEPTH = 180;

/** One BSON value where it lies: type byte and the half-open byte range of its payload. Never decoded unless asked. */
export class Value {
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The payload, sharing memory. */
  get payload(): Buffer {
    return this.bytes.subarray(this.start, this.end);
  }
}

/** A whole document as a value. `bytes` must have passed `validateDocument` or come out of the store. */
export function documentOf(bytes: Uint8Array): Value {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Value(T.object, buffer, 0, buffer.length);
}

function endOfCString(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw invalid('a name is not terminated');
  return end;
}

const invalid = (what: string) => new CommandError(22, `invalid BSON: ${what}`);

/** Byte length of the payload of a `type` value that starts at `at`. */
export function sizeOfPayload(type: number, bytes: Buffer, at: number): number {
  switch (type) {
    case T.double:
    case T.date:
    case T.timestamp:
    case T.int64:
      return 8;
    case T.string:
    case T.code:
    case T.symbol:
      return 4 + bytes.readInt32LE(at);
    case T.object:
    case T.array:
    case T.codeWithScope:
      return bytes.readInt32LE(at);
    case T.binary:
      return 5 + bytes.readInt32LE(at);
    case T.undefined:
    case T.null:
    case T.minKey:
    case T.maxKey:
      return 0;
    case T.objectId:
      return 12;
    case T.boolean:
      return 1;
    case T.regex:
      return endOfCString(bytes, endOfCString(bytes, at) + 1) + 1 - at;
    case T.dbPointer:
      return 16 + bytes.readInt32LE(at);
    case T.int32:
      return 4;
    case T.decimal:
      return 16;
    default:
      throw invalid(`unknown type ${type}`);
  }
}

/**
 * Walks a document that came from outside, so that all later readers may trust its lengths.
 * @throws CommandError 22 when a length, a type or a terminator is wrong, or the nesting is too deep
 */
export function validateDocument(bytes: Buffer, start: number, end: number, depth = 0): void {
  if (depth > MAX_DEPTH) throw invalid('nested too deeply');
  if (end - start < 5 || end > bytes.length || bytes.readInt32LE(start) !== end - start || bytes[end - 1] !== 0) {
    throw invalid('wrong document length');
  }
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at]!;
    const value = endOfCString(bytes, at + 1) + 1;
    if (value >= end) throw invalid('an element runs over the end');
    const fixed = type === T.string || type === T.binary || type === T.code || type === T.symbol ? 4 : 0;
    if (value + fixed >= end || (fixed > 0 && bytes.readInt32LE(value) < (type === T.binary ? 0 : 1))) {
      throw invalid('wrong length');
    }
    if ((type === T.object || type === T.array) && value + 4 >= end) throw invalid('wrong length');
    const next = value + sizeOfPayload(type, bytes, value);
    if (next >= end || next < value) throw invalid('an element runs over the end');
    if (type === T.object || type === T.array) validateDocument(bytes, value, next, depth + 1);
    else if (fixed > 0 && type !== T.binary && bytes[next - 1] !== 0) throw invalid('a string is not terminated');
    else if (type === T.codeWithScope || type === T.dbPointer) validateLegacy(type, bytes, value, next, depth);
    at = next;
  }
  if (at !== end - 1) throw invalid('wrong document length');
}

function validateLegacy(type: number, bytes: Buffer, start: number, end: number, depth: number): void {
  const text = type === T.codeWithScope ? start + 4 : start;
  if (text + 4 > end) throw invalid('wrong length');
  const afterText = text + 4 + bytes.readInt32LE(text);
  if (afterText <= text + 4 || afterText > end || bytes[afterText - 1] !== 0) throw invalid('wrong length');
  if (type === T.codeWithScope) validateDocument(bytes, afterText, end, depth + 1);
}

/** Steps through the elements of a document or array without decoding them. */
export class Elements {
  type = 0;
  valueStart: number;
  valueEnd: number;
  /** Where the element begins, with its type byte. */
  start = 0;
  private nameEnd = 0;

  constructor(readonly holder: Value) {
    this.valueStart = holder.start + 4;
    this.valueEnd = holder.start + 4;
  }

  next(): boolean {
    const { bytes, end } = this.holder;
    const at = this.valueEnd;
    if (at >= end - 1) return false;
    this.type = bytes[at]!;
    this.start = at;
    let name = at + 1;
    while (bytes[name] !== 0) name++;
    this.nameEnd = name;
    this.valueStart = name + 1;
    this.valueEnd = name + 1 + sizeOfPayload(this.type, bytes, name + 1);
    return true;
  }

  get name(): string {
    return this.holder.bytes.toString('utf8', this.start + 1, this.nameEnd);
  }

  get value(): Value {
    return new Value(this.type, this.holder.bytes, this.valueStart, this.valueEnd);
  }

  nameIs(name: string): boolean {
    const { bytes } = this.holder;
    const length = this.nameEnd - this.start - 1;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code > 127) return this.name === name;
      if (i >= length || bytes[this.start + 1 + i] !== code) return false;
    }
    return length === name.length;
  }
}

/** The named field of a document (or the numbered element of an array). */
export function field(holder: Value, name: string): Value | undefined {
  const elements = new Elements(holder);
  while (elements.next()) if (elements.nameIs(name)) return elements.value;
  return undefined;
}

/** All elements of an array, or all field values of a document. */
export function items(holder: Value): Value[] {
  const out: Value[] = [];
  const elements = new Elements(holder);
  while (elements.next()) out.push(elements.value);
  return out;
}

/** Names and values of a document, in stored order. */
export function entries(holder: Value): [string, Value][] {
  const out: [string, Value][] = [];
  const elements = new Elements(holder);
  while (elements.next()) out.push([elements.name, elements.value]);
  return out;
}

/** The text of a string, symbol or code value. */
export function textOf(value: Value): string {
  return value.bytes.toString('utf8', value.start + 4, value.end - 1);
}

/** Pattern and flags of a regular expression value. */
export function regexOf(value: Value): { source: string; flags: string } {
  const middle = value.bytes.indexOf(0, value.start);
  return {
    source: value.bytes.toString('utf8', value.start, middle),
    flags: value.bytes.toString('utf8', middle + 1, value.end - 1),
  };
}

export const isNumber = (value: Value) =>
  value.type === T.int32 || value.type === T.double || value.type === T.int64 || value.type === T.decimal;

/** Same type and same bytes. */
export function identical(a: Value, b: Value): boolean {
  return a.type === b.type && a.bytes.compare(b.bytes, b.start, b.end, a.start, a.end) === 0;
}
