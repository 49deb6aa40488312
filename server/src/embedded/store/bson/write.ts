import { deserialize, serialize } from 'bson';
import { fitsInt32 } from './number.js';
import { type Elements, T, Value } from './value.js';

const DECODE_OPTIONS = {
  promoteLongs: true,
  promoteValues: true,
  bsonRegExp: false,
  validation: { utf8: false },
} as const;

/** Builds one document front to back, mixing stored values (copied as bytes) and JavaScript values. */
export class DocumentWriter {
  private buffer: Buffer;
  private length = 0;
  private readonly open: number[] = [];

  /** @param expectedBytes - what the document is likely to need */
  constructor(expectedBytes = 256) {
    this.buffer = Buffer.allocUnsafe(expectedBytes);
    this.begin();
  }

  /** Starts an embedded document or array; `close` ends it. */
  openAs(name: string, type: typeof T.object | typeof T.array): void {
    this.header(name, type);
    this.begin();
  }

  close(): void {
    this.reserve(1);
    this.buffer[this.length++] = 0;
    const start = this.open.pop()!;
    this.buffer.writeInt32LE(this.length - start, start);
  }

  /** Copies the element where a walk stands, with its name. */
  element({ holder, start, valueEnd }: Elements): void {
    this.copy(holder.bytes, start, valueEnd);
  }

  /** Copies a stored value. */
  value(name: string, value: Value): void {
    this.header(name, value.type);
    this.copy(value.bytes, value.start, value.end);
  }

  /** Writes a JavaScript value; `undefined` leaves the field out. Whole numbers become int32 where they fit. */
  js(name: string, value: unknown): void {
    if (value === undefined) return;
    if (value instanceof Value) this.value(name, value);
    else if (typeof value === 'string') this.text(name, value);
    else if (typeof value === 'number') this.number(name, value);
    else if (Array.isArray(value)) {
      this.openAs(name, T.array);
      value.forEach((item, i) => {
        this.js(String(i), item === undefined ? null : item);
      });
      this.close();
    } else if (isPlainObject(value)) {
      this.openAs(name, T.object);
      for (const [key, item] of Object.entries(value)) this.js(key, item);
      this.close();
    } else this.value(name, encodeScalar(value));
  }

  /** The document; the writer is done with. */
  finish(): Value {
    this.close();
    return new Value(T.object, this.buffer, 0, this.length);
  }

  get size(): number {
    return this.length;
  }

  private begin(): void {
    this.reserve(4);
    this.open.push(this.length);
    this.length += 4;
  }

  private text(name: string, text: string): void {
    const size = Buffer.byteLength(text);
    this.header(name, T.string);
    this.reserve(size + 5);
    this.buffer.writeInt32LE(size + 1, this.length);
    this.buffer.write(text, this.length + 4);
    this.buffer[this.length + 4 + size] = 0;
    this.length += size + 5;
  }

  private number(name: string, number: number): void {
    const isInt32 = fitsInt32(number);
    this.header(name, isInt32 ? T.int32 : T.double);
    this.reserve(8);
    if (isInt32) this.length = this.buffer.writeInt32LE(number, this.length);
    else this.length = this.buffer.writeDoubleLE(number, this.length);
  }

  private header(name: string, type: number): void {
    this.reserve(name.length * 3 + 2);
    this.buffer[this.length++] = type;
    this.length += this.buffer.write(name, this.length);
    this.buffer[this.length++] = 0;
  }

  private copy(source: Buffer, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    // A call to the runtime costs more than a few bytes by hand.
    if (size > 32) source.copy(this.buffer, this.length, start, end);
    else for (let i = 0; i < size; i++) this.buffer[this.length + i] = source[start + i]!;
    this.length += size;
  }

  private reserve(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + size));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function encodeScalar(value: unknown): Value {
  const bytes = Buffer.from(serialize({ v: value }, { serializeFunctions: false, ignoreUndefined: false }));
  // length (4), type (1), the name "v" with its terminator (2)
  return new Value(bytes[4]!, bytes, 7, bytes.length - 1);
}

/** A JavaScript value as BSON. */
export function encodeValue(value: unknown): Value {
  if (value instanceof Value) return value;
  const writer = new DocumentWriter();
  writer.js('v', value === undefined ? null : value);
  const { bytes, end } = writer.finish();
  return new Value(bytes[4]!, bytes, 7, end - 1);
}

/** A JavaScript object as a BSON document; fields may be `Value`s. */
export function encodeDocument(document: Record<string, unknown>, expectedBytes?: number): Value {
  const writer = new DocumentWriter(expectedBytes);
  for (const [name, value] of Object.entries(document)) writer.js(name, value);
  return writer.finish();
}

/** A stored value as plain JavaScript: numbers promoted, ObjectId, Decimal128, Binary as the driver's classes. */
export function decodeValue(value: Value): unknown {
  if (value.type === T.object) return decodeDocument(value);
  const writer = new DocumentWriter();
  writer.value('v', value);
  return decodeDocument(writer.finish())['v'];
}

export function decodeDocument(value: Value): Record<string, unknown> {
  return deserialize(value.payload, DECODE_OPTIONS);
}
