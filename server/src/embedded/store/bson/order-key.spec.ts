import { describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { compareValues } from './compare.js';
import { OrderKeyWriter, orderKey } from './order-key.js';
import { encodeValue } from './write.js';

const number = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(Infinity, -Infinity, Number.NaN, 0, -0, 2 ** 53, 2 ** 63).map((n) => new Double(n)),
  fc.integer().map((n) => Decimal128.fromString(String(n))),
);
const scalar = fc.oneof(
  number,
  fc.string(),
  fc.constantFrom('a\0b', 'a', 'a\0', '', 'é', '\u{1F600}'),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => new Binary(bytes)),
  fc.constantFrom(
    new MinKey(),
    new MaxKey(),
    /a/,
    /ab/i,
    new Timestamp({ t: 1, i: 2 }),
    new Timestamp({ t: 0xffffffff, i: 0 }),
  ),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', '', 'é'), tie('value'), { maxKeys: 3 }),
  ),
}));

describe('the order of index keys', () => {
  it('is the order of BSON values, ascending and descending', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [x, y] = [encodeValue(a), encodeValue(b)];
        const order = Math.sign(compareValues(x, y));
        expect(Math.sign(Buffer.compare(orderKey(x), orderKey(y)))).toBe(order);
        expect(Math.sign(Buffer.compare(orderKey(x, true), orderKey(y, true))) + 0).toBe(-order + 0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps whole numbers beyond the reach of doubles apart', () => {
    const [lower, upper] = [2n ** 53n, 2n ** 53n + 1n].map((n) => orderKey(encodeValue(Long.fromBigInt(n))));
    expect(Buffer.compare(lower!, upper!)).toBe(-1);
  });

  it('says so when a decimal had to be rounded', () => {
    const writer = new OrderKeyWriter();
    writer.append(encodeValue(Decimal128.fromString('0.1')));
    expect(writer.inexact).toBe(true);
  });

  it('puts the types in the order that MongoDB documents', () => {
    const inOrder = [
      new MinKey(),
      null,
      3,
      'text',
      { a: 1 },
      [1],
      new Binary(Buffer.from('x')),
      new ObjectId(),
      false,
      new Date(),
      new Timestamp({ t: 1, i: 1 }),
      /x/,
      new MaxKey(),
    ];
    const keys = inOrder.map((item) => orderKey(encodeValue(item)));
    expect([...keys].sort(Buffer.compare)).toEqual(keys);
  });
});
