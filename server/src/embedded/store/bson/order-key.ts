import type { Collation } from './collation.js';
import { rankOf } from './compare.js';
import { decimalText, doubleOf, exactNumber } from './number.js';
import { Elements, T, textOf, Value } from './value.js';

/**
 * Encodes values so that comparing the bytes compares the values in BSON order. Each encoding starts with the rank of its
 * type and is prefix-free, so several follow one another in one key.
 *
 * `inexact` becomes true when a decimal had to be rounded: then equal keys may hide unequal values.
 */
export class OrderKeyWriter {
  inexact = false;
  private buffer = Buffer.allocUnsafe(256);
  private length = 0;

  /** Under a collation the keys of equal text are equal, but their order says nothing. */
  constructor(private readonly collation?: Collation) {}

  /** Appends one value, a missing one as null; `descending` inverts its bytes. */
  append(value: Value | undefined, descending = false): void {
    const start = this.length;
    this.byte(rankOf(value));
    if (value) this.payload(value);
    if (descending) for (let i = start; i < this.length; i++) this.buffer[i] = ~this.buffer[i]! & 0xff;
  }

  /** Appends the mark of an empty array, which sorts between MinKey and null. */
  appendEmptyArray(descending = false): void {
    this.byte(descending ? ~EMPTY_ARRAY_RANK & 0xff : EMPTY_ARRAY_RANK);
  }

  bytes(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  private payload(value: Value): void {
    const { bytes, start, end } = value;
    switch (value.type) {
      case T.double:
      case T.int32:
      case T.int64:
      case T.decimal:
        this.number(value);
        return;
      case T.string:
      case T.symbol:
        if (this.collation) {
          const text = Buffer.from(this.collation.canonical(textOf(value)));
          this.escaped(text, 0, text.length);
          return;
        }
        this.escaped(bytes, start + 4, end - 1);
        return;
      case T.code:
        this.escaped(bytes, start + 4, end - 1);
        return;
      case T.object:
      case T.array:
        this.elements(value);
        return;
      case T.binary: {
        const at = this.claim(4);
        this.buffer.writeUInt32BE(bytes.readInt32LE(start), at);
        this.raw(bytes, start + 4, end);
        return;
      }
      case T.date: {
        const at = this.claim(8);
        this.buffer.writeBigUInt64BE(BigInt.asUintN(64, bytes.readBigInt64LE(start) + SIGN_BIT), at);
        return;
      }
      case T.timestamp: {
        const at = this.claim(8);
        this.buffer.writeBigUInt64BE(bytes.readBigUInt64LE(start), at);
        return;
      }
      case T.objectId:
      case T.boolean:
        this.raw(bytes, start, end);
        return;
      case T.regex:
      case T.dbPointer:
      case T.codeWithScope:
        this.escaped(bytes, start, end);
        return;
      default:
    }
  }

  /** Nearest double in sortable form, then the whole-number distance from it, which only large int64 have. */
  private number(value: Value): void {
    let double = doubleOf(value);
    let rest = 0;
    if (value.type === T.int64) {
      rest = Number((exactNumber(value) as bigint) - BigInt(double));
    } else if (value.type === T.decimal && Number.isFinite(double)) {
      const text = decimalText(value);
      // A decimal that prints like its double is taken as equal to it only if the double is exactly that number.
      if (!Number.isSafeInteger(double) || Number(text) !== double || text.includes('.') || text.includes('E')) {
        this.inexact = true;
      }
    } else if (value.type === T.decimal && !Number.isNaN(double) && !decimalText(value).endsWith('Infinity')) {
      double = double > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE;
      this.inexact = true;
    }
    const at = this.claim(10);
    if (Number.isNaN(double)) {
      this.buffer.fill(0, at, at + 10);
      return;
    }
    this.buffer.writeDoubleBE(double === 0 ? 0 : double, at);
    if (double < 0) for (let i = at; i < at + 8; i++) this.buffer[i] = ~this.buffer[i]! & 0xff;
    else this.buffer[at] = this.buffer[at]! | 0x80;
    this.buffer.writeUInt16BE(rest + 0x8000, at + 8);
  }

  private elements(value: Value): void {
    const elements = new Elements(value);
    while (elements.next()) {
      const item = elements.value;
      this.byte(rankOf(item));
      if (value.type === T.object) {
        const name = Buffer.from(elements.name);
        this.raw(name, 0, name.length);
        this.byte(0);
      }
      this.payload(item);
    }
    this.byte(0);
  }

  /** Text with its zero bytes escaped, so that the terminator sorts below everything. */
  private escaped(source: Buffer, start: number, end: number): void {
    let from = start;
    for (let zero = source.indexOf(0, from); zero >= 0 && zero < end; zero = source.indexOf(0, from)) {
      this.raw(source, from, zero + 1);
      this.byte(0xff);
      from = zero + 1;
    }
    this.raw(source, from, end);
    this.byte(0);
    this.byte(0);
  }

  private raw(source: Buffer, start: number, end: number): void {
    const at = this.claim(end - start);
    source.copy(this.buffer, at, start, end);
  }

  private byte(byte: number): void {
    const at = this.claim(1);
    this.buffer[at] = byte;
  }

  /** Makes room for `size` bytes and returns where they start. */
  private claim(size: number): number {
    if (this.length + size > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + size));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    const at = this.length;
    this.length += size;
    return at;
  }
}

const SIGN_BIT = 1n << 63n;

export const EMPTY_ARRAY_RANK = 2;

/** Order key of one value. */
export function orderKey(value: Value | undefined, descending = false): Buffer {
  const writer = new OrderKeyWriter();
  writer.append(value, descending);
  return writer.bytes();
}

/** The smallest byte string above every string that starts with `prefix`; undefined when there is none. */
export function successor(prefix: Buffer): Buffer | undefined {
  for (let i = prefix.length - 1; i >= 0; i--) {
    if (prefix[i] !== 0xff) {
      const next = Buffer.from(prefix.subarray(0, i + 1));
      next[i] = next[i]! + 1;
      return next;
    }
  }
  return undefined;
}
