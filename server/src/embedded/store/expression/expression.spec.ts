import { describe, expect, it } from '@jest/globals';
import { Decimal128, Double, Long, ObjectId } from 'bson';
import { encodeDocument, encodeValue } from '../bson/write.js';
import type { CommandError } from '../errors.js';
import { compileExpression } from './index.js';

const evaluated = (expression: unknown, document: object = {}, variables = {}) =>
  compileExpression(encodeValue(expression), { variables })(encodeDocument({ ...document }));
const decimal = (text: string) => Decimal128.fromString(text);
const codeOf = (expression: unknown): number | undefined => {
  try {
    evaluated(expression);
  } catch (error) {
    return (error as CommandError).code;
  }
  return undefined;
};

describe('arithmetic', () => {
  it('gives the wider of the types it is given', () => {
    expect(evaluated({ $add: [1, 2] })).toBe(3);
    expect(evaluated({ $add: [1, new Double(2)] })).toEqual(new Double(3));
    expect(evaluated({ $add: [1, Long.fromNumber(2)] })).toEqual(Long.fromNumber(3));
    expect(evaluated({ $add: [decimal('0.1'), decimal('0.2')] })).toEqual(decimal('0.3'));
    expect(evaluated({ $multiply: [decimal('1.10'), 3] })).toEqual(decimal('3.30'));
    expect(evaluated({ $divide: [6, 3] })).toEqual(new Double(2));
    expect(evaluated({ $divide: [decimal('1'), 8] })).toEqual(decimal('0.125'));
    expect(evaluated({ $mod: [-7, 3] })).toBe(-1);
    expect(evaluated({ $subtract: [new Date(5), new Date(2)] })).toEqual(Long.fromNumber(3));
    expect(evaluated({ $add: [new Date(5), 2] })).toEqual(new Date(7));
  });

  it('grows from int32 to int64, and from int64 to double', () => {
    expect(evaluated({ $add: [2 ** 31 - 1, 1] })).toEqual(Long.fromNumber(2 ** 31));
    expect(evaluated({ $add: [Long.fromString('9007199254740993'), 1] })).toEqual(Long.fromString('9007199254740994'));
    expect(evaluated({ $add: [Long.MAX_VALUE, 1] })).toBe(2 ** 63);
  });

  it('rounds half to even, at any decimal place', () => {
    expect([2.5, 3.5, -2.5].map((number) => evaluated({ $round: number }))).toEqual(
      [2, 4, -2].map((n) => new Double(n)),
    );
    expect(evaluated({ $round: [1.345, 2] })).toBe(1.34);
    expect(evaluated({ $round: [1250, -2] })).toBe(1200);
    expect(evaluated({ $trunc: [-1.99, 1] })).toBe(-1.9);
    expect(evaluated({ $floor: -1.5 })).toEqual(new Double(-2));
  });

  it('is null where something is missing, and an error where it is no number', () => {
    expect(evaluated({ $add: ['$nothing', 1] })).toBeNull();
    expect(codeOf({ $add: ['x', 1] })).toBe(14);
    expect(codeOf({ $divide: [1, 0] })).toBe(2);
    expect(codeOf({ $nonsense: 1 })).toBe(168);
    expect(codeOf('$$unknown')).toBe(17276);
    expect(codeOf({ $abs: [1, 2] })).toBe(16020);
  });
});

describe('comparison', () => {
  it('goes across types and tells missing from null', () => {
    expect(evaluated({ $gt: ['$a', null] }, { a: 1 })).toBe(true);
    expect(evaluated({ $eq: ['$a', null] })).toBe(false);
    expect(evaluated({ $lt: ['$a', null] })).toBe(true);
    expect(evaluated({ $cmp: ['a', 5] })).toBe(1);
    expect(evaluated({ $eq: [Long.fromNumber(2), new Double(2)] })).toBe(true);
    expect(evaluated({ $ifNull: ['$a', '$b', 'else'] })).toBe('else');
  });
});

describe('paths', () => {
  it('collect from the documents of an array', () => {
    const document = { a: [{ b: 1 }, { b: 2 }, {}, 5], c: { d: 4 } };
    expect(evaluated('$a.b', document)).toEqual([1, 2]);
    expect(evaluated('$c.d', document)).toBe(4);
    expect(evaluated('$c.d.e', document)).toBeUndefined();
    expect(evaluated('$$ROOT.c.d', document)).toBe(4);
  });
});

describe('arrays and conversions', () => {
  it('map, filter and reduce with variables of their own', () => {
    const double = { $map: { input: '$a', as: 'x', in: { $multiply: ['$$x', 2] } } };
    expect(evaluated(double, { a: [1, 2] })).toEqual([2, 4]);
    expect(evaluated({ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] }, limit: 1 } })).toEqual([2]);
    const sum = { $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } };
    expect(evaluated(sum)).toBe(6);
    expect(evaluated({ $setUnion: [[1, 2], [new Double(2)]] })).toHaveLength(2);
    expect(evaluated({ $slice: [[1, 2, 3], -2] })).toEqual([2, 3]);
  });

  it('convert, or say what cannot be converted', () => {
    expect(evaluated({ $toLong: '9007199254740993' })).toEqual(Long.fromString('9007199254740993'));
    expect(evaluated({ $toString: new ObjectId('507f1f77bcf86cd799439011') })).toBe('507f1f77bcf86cd799439011');
    expect(evaluated({ $toInt: 2.9 })).toBe(2);
    expect(codeOf({ $toInt: 'x' })).toBe(241);
    expect(evaluated({ $convert: { input: 'x', to: 'int', onError: -1 } })).toBe(-1);
    expect(evaluated({ $type: '$a' }, { a: new Double(1) })).toBe('double');
  });

  it('sum what is a number, whatever its type', () => {
    expect(evaluated({ $sum: [1, 'x', Long.fromNumber(2)] })).toEqual(Long.fromNumber(3));
    expect(evaluated({ $sum: '$a' }, { a: [0.1, 0.2, 0.3] })).toBe(0.6);
    expect(evaluated({ $avg: [1, 2] })).toBe(1.5);
    expect(evaluated({ $max: ['$a', 5] }, { a: null })).toBe(5);
  });

  it('take dates apart', () => {
    const at = new Date('2024-03-05T10:17:23.456Z');
    expect(evaluated({ $dateTrunc: { date: at, unit: 'minute', binSize: 15 } })).toEqual(
      new Date('2024-03-05T10:15:00Z'),
    );
    expect(evaluated({ $hour: at })).toBe(10);
    expect(evaluated({ $dateFromParts: { year: 2024, month: 2 } })).toEqual(new Date('2024-02-01T00:00:00Z'));
    expect(evaluated({ $dateDiff: { startDate: at, endDate: new Date('2024-03-07T00:00:00Z'), unit: 'day' } })).toEqual(
      Long.fromNumber(2),
    );
  });
});
