import { describe, expect, it } from '@jest/globals';
import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'bson';
import { encodeDocument, encodeValue } from '../bson/write.js';
import { compileFilter, type Found } from './match.js';
import { parseFilter } from './parse.js';

const matches = (filter: object, document: object, found?: Found) =>
  compileFilter(parseFilter(encodeValue(filter)))(encodeDocument(document as Record<string, unknown>), found);

/** Each row: filter, a document that matches, a document that does not. */
const ROWS: [object, object, object][] = [
  [{ a: 1 }, { a: new Double(1) }, { a: '1' }],
  [{ a: 1 }, { a: [3, Long.fromNumber(1)] }, { a: [[1]] }],
  [{ a: [1, 2] }, { a: [1, 2] }, { a: [2, 1] }],
  [{ a: null }, {}, { a: 0 }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
  [{ 'a.b': 1 }, { a: [{ c: 1 }, { b: 1 }] }, { a: [1] }],
  [{ 'a.1': 5 }, { a: [4, 5] }, { a: [5, 4] }],
  [{ a: { $ne: 1 } }, { a: [2] }, { a: [1, 2] }],
  [{ a: { $gt: 1 } }, { a: Decimal128.fromString('1.5') }, { a: 'z' }],
  [{ a: { $gte: null } }, { b: 1 }, { a: 1 }],
  [{ a: { $lt: 5 } }, { a: -Infinity }, { a: Number.NaN }],
  [{ a: { $gt: new MinKey() } }, { a: 'anything' }, { a: new MinKey() }],
  [{ a: { $lt: new MaxKey() } }, { a: new ObjectId() }, { a: new MaxKey() }],
  [{ a: { $gt: 1, $lt: 5 } }, { a: [0, 9] }, { a: [0] }],
  [{ a: { $elemMatch: { $gt: 1, $lt: 5 } } }, { a: [0, 3] }, { a: [0, 9] }],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }, { c: 2 }] }],
  [{ a: { $in: [1, /^x/] } }, { a: 'xy' }, { a: 'yx' }],
  [{ a: { $nin: [1, null] } }, { a: 2 }, {}],
  [{ a: { $exists: true } }, { a: null }, { b: 1 }],
  [{ a: { $size: 2 } }, { a: [1, 2] }, { a: 2 }],
  [{ a: { $all: [1, 2] } }, { a: [2, 3, 1] }, { a: [1] }],
  [{ a: { $type: 'long' } }, { a: Long.fromNumber(1) }, { a: 1 }],
  [{ a: { $type: ['objectId', 'bool'] } }, { a: [new ObjectId()] }, { a: 'x' }],
  [{ a: { $mod: [4, 1] } }, { a: 5 }, { a: 6 }],
  [{ a: { $regex: 'B', $options: 'i' } }, { a: 'abc' }, { a: 'ac' }],
  [{ a: { $not: { $gt: 3 } } }, {}, { a: 4 }],
  [{ $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }, { c: 1 }],
  [{ $nor: [{ a: 1 }, { b: 2 }] }, { c: 1 }, { b: 2 }],
  [{ a: { $bitsAllSet: [0, 2] } }, { a: 7 }, { a: 4 }],
  [{ $expr: { $gt: ['$a', '$b'] } }, { a: 2, b: 1 }, { a: 1, b: 2 }],
];

describe('a filter', () => {
  it.each(ROWS)('%j accepts and rejects as MongoDB does', (filter, accepted, rejected) => {
    expect(matches(filter, accepted)).toBe(true);
    expect(matches(filter, rejected)).toBe(false);
  });

  it('tells which array element matched', () => {
    const found: Found = {};
    matches({ 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, found);
    expect(found.position).toBe(1);
  });

  it.each([
    [{ $where: '1' }],
    [{ $text: { $search: 'x' } }],
    [{ a: { $near: [0, 0] } }],
    [{ a: { $unknown: 1 } }],
    [{ $and: [] }],
  ])('%j is refused, not ignored', (filter) => {
    expect(() => matches(filter, {})).toThrow(expect.objectContaining({ code: expect.any(Number) }));
  });
});
