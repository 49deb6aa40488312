import { describe, expect, it } from '@jest/globals';
import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { entries, field, T, type Value } from '../bson/value.js';
import { decodeDocument, encodeDocument, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { parseFilter } from '../query/parse.js';
import { parseArrayFilters } from './paths.js';
import { applyUpdate, parseUpdate, upsertedDocument, withIdFirst } from './update.js';

const applied = (document: object, update: object, arrayFilters: object[] = [], position?: number): Value =>
  applyUpdate(
    parseUpdate(encodeValue(update), parseArrayFilters(encodeValue(arrayFilters)), { variables: {} }),
    encodeDocument(document as Record<string, unknown>),
    position,
  );
const changed = (document: object, update: object, arrayFilters: object[] = [], position?: number) =>
  decodeDocument(applied(document, update, arrayFilters, position));
const codeOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

describe('update operators', () => {
  it('set, unset and rename fields, also deep ones', () => {
    expect(changed({ a: { b: 1 }, x: 1 }, { $set: { 'a.c.d': 2 }, $unset: { x: '' } })).toEqual({
      a: { b: 1, c: { d: 2 } },
    });
    expect(changed({ a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'y' } })).toEqual({ b: {}, z: 1, y: 2 });
    expect(changed({ a: [1] }, { $set: { 'a.3': 4 } })).toEqual({ a: [1, null, null, 4] });
  });

  it('append new fields in the order of their names, numbers by size', () => {
    expect(Object.keys(changed({}, { $set: { b: 1, a: 1, c10: 1 } }))).toEqual(['a', 'b', 'c10']);
  });

  it('count in the wider of the two number types', () => {
    const type = (value: unknown, by: unknown) => field(applied({ n: value }, { $inc: { n: by } }), 'n')!.type;
    expect(type(new Int32(1), new Int32(1))).toBe(T.int32);
    expect(type(new Int32(2_147_483_647), new Int32(1))).toBe(T.int64);
    expect(type(Long.fromNumber(1), new Int32(1))).toBe(T.int64);
    expect(type(new Int32(1), new Double(1))).toBe(T.double);
    expect(type(new Double(1), Decimal128.fromString('0.1'))).toBe(T.decimal);
    expect(
      String(changed({ n: Decimal128.fromString('0.1') }, { $inc: { n: Decimal128.fromString('0.2') } })['n']),
    ).toBe('0.3');
    expect(changed({ n: 3 }, { $mul: { n: 4, missing: 7 } })).toEqual({ n: 12, missing: 0 });
  });

  it('push with position, sort and slice', () => {
    expect(changed({ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1, $slice: -2 } } })).toEqual({ a: [2, 3] });
    expect(changed({ a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } })).toEqual({ a: [1, 2, 3, 4] });
    expect(changed({ a: [{ n: 2 }, { n: 1 }] }, { $push: { a: { $each: [], $sort: { n: 1 } } } })).toEqual({
      a: [{ n: 1 }, { n: 2 }],
    });
    expect(changed({}, { $push: { a: { b: 1 } } })).toEqual({ a: [{ b: 1 }] });
  });

  it('pull by value, by operators and by fields', () => {
    expect(changed({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } })).toEqual({ a: [1] });
    expect(changed({ a: [{ n: 1, m: 2 }, { n: 2 }] }, { $pull: { a: { n: 1 } } })).toEqual({ a: [{ n: 2 }] });
    expect(changed({ a: [1, 2, 1] }, { $pullAll: { a: [1] } })).toEqual({ a: [2] });
    expect(changed({ a: [1, 2, 3] }, { $pop: { a: -1 } })).toEqual({ a: [2, 3] });
  });

  it('add to a set what equals no element, whatever its number type', () => {
    expect(changed({ a: [1, { x: 1 }] }, { $addToSet: { a: { $each: [new Double(1), { x: 1 }, 2] } } })).toEqual({
      a: [1, { x: 1 }, 2],
    });
  });

  it('reach array elements by position, all, or filter', () => {
    const document = {
      a: [
        { n: 1, m: 0 },
        { n: 5, m: 0 },
      ],
    };
    expect(changed(document, { $set: { 'a.$.n': 7, 'a.$.m': 8 } }, [], 1)).toEqual({
      a: [
        { n: 1, m: 0 },
        { n: 7, m: 8 },
      ],
    });
    expect(changed(document, { $inc: { 'a.$[].n': 1 } })).toEqual({
      a: [
        { n: 2, m: 0 },
        { n: 6, m: 0 },
      ],
    });
    expect(changed(document, { $set: { 'a.$[big].m': 1 } }, [{ 'big.n': { $gt: 2 } }])).toEqual({
      a: [
        { n: 1, m: 0 },
        { n: 5, m: 1 },
      ],
    });
  });

  it('refuse what MongoDB refuses, with its code', () => {
    expect(codeOf(() => applied({ _id: 1 }, { $set: { _id: 2 } }))).toBe(66);
    expect(codeOf(() => applied({}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }))).toBe(40);
    expect(codeOf(() => applied({ a: 1 }, { $set: { 'a.b': 1 } }))).toBe(28);
    expect(codeOf(() => applied({ a: 'x' }, { $inc: { a: 1 } }))).toBe(14);
    expect(codeOf(() => applied({ a: 1 }, { $push: { a: 1 } }))).toBe(2);
    expect(codeOf(() => applied({}, { $nothing: { a: 1 } }))).toBe(9);
    expect(codeOf(() => applied({ n: Long.MAX_VALUE }, { $inc: { n: 1 } }))).toBe(2);
    expect(codeOf(() => applied({ a: [1] }, { $set: { 'a.$': 1 } }))).toBe(2);
    expect(codeOf(() => applied({ a: [1] }, { $set: { 'a.$[x]': 1 } }))).toBe(2);
    expect(codeOf(() => applied({ _id: 1 }, { _id: 2, a: 1 }))).toBe(66);
  });
});

describe('a document that is changed', () => {
  const part = fc.oneof(
    fc.integer().map((n) => new Int32(n)),
    fc.integer().map((n) => new Double(n)),
    fc.integer().map((n) => Long.fromNumber(n)),
    fc.integer().map((n) => Decimal128.fromString(`${n}.0`)),
    fc.string(),
    fc.array(
      fc.integer().map((n) => new Double(n)),
      { maxLength: 4 },
    ),
    fc.dictionary(
      fc.constantFrom('x', '1', '0'),
      fc.integer().map((n) => new Double(n)),
    ),
  );
  const name = fc.constantFrom('1', 'a', 'b', '0', 'zz', 'a.x', 'b.1', 'b.y.z');
  const update = fc.oneof(
    fc.tuple(
      fc.constantFrom('$set', '$unset', '$min', '$max', '$push', '$addToSet', '$pull', '$setOnInsert'),
      name,
      part,
    ),
    fc.tuple(fc.constantFrom('$inc', '$mul'), name, fc.integer({ min: -9, max: 9 })),
    fc.tuple(fc.constant('$pop'), name, fc.constantFrom(1, -1)),
    fc.tuple(fc.constant('$currentDate'), name, fc.constant(true)),
    fc.tuple(fc.constant('$rename'), fc.constantFrom('a', 'zz'), fc.constantFrom('b', 'new')),
  );

  it('keeps the bytes, the types and the order of everything that the update does not name', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('1', 'a', 'b', '0', 'zz'), part),
        update,
        (parts, [operator, path, to]) => {
          const before = withIdFirst(encodeDocument({ _id: 7, ...parts }));
          const named = new Set([path.split('.')[0], operator === '$rename' ? to : undefined]);
          const forms: object[] = [{ [operator]: { [path]: to } }];
          if (operator === '$set') forms.push([{ $set: { [path]: { $literal: to } } }]);
          for (const form of forms) {
            let next: Value;
            try {
              next = applyUpdate(parseUpdate(encodeValue(form), new Map(), { variables: {} }), before, undefined);
            } catch (error) {
              expect(error).toBeInstanceOf(CommandError);
              continue;
            }
            const untouched = (document: Value) =>
              entries(document).flatMap(([own, { type, payload }]) => (named.has(own) ? [] : [{ own, type, payload }]));
            expect(untouched(next)).toEqual(untouched(before));
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is the very same value when nothing changes', () => {
    const document = encodeDocument({ a: 1 });
    expect(
      applyUpdate(parseUpdate(encodeValue({ $set: { a: 1 } }), new Map(), { variables: {} }), document, undefined),
    ).toBe(document);
  });
});

describe('an upsert', () => {
  const upserted = (filter: object, update: object) =>
    decodeDocument(
      upsertedDocument(
        parseUpdate(encodeValue(update), new Map(), { variables: {} }),
        parseFilter(encodeValue(filter)),
      ),
    );

  it('starts from the equalities of the filter and puts the id first', () => {
    const document = upserted(
      { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 3 }, _id: 'x' },
      { $set: { e: 5 }, $setOnInsert: { f: 6 } },
    );
    expect(document).toEqual({ _id: 'x', a: 1, b: { c: 2 }, e: 5, f: 6 });
    expect(Object.keys(document)[0]).toBe('_id');
  });

  it('takes only the id from the filter of a replacement', () => {
    expect(upserted({ _id: 1, a: 2 }, { b: 3 })).toEqual({ _id: 1, b: 3 });
  });
});
