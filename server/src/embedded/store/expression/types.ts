import { Binary, Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { isNumeric, isWhole, toNumber } from '../bson/arithmetic.js';
import { asDouble, isNullish, isTrue, type Runtime, typeOf } from '../bson/runtime.js';
import { T } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import { badValue, CommandError } from '../errors.js';
import { typeName, typesOf } from '../query/types.js';
import { compileArguments, type Evaluate, namedArguments, type Operator } from './compile.js';

const failed = (what: string) => new CommandError(241, `Failed to convert: ${what} in $convert with no onError value`);

/** A whole number out of any number or text, inside the bounds of its type. */
function wholeOf(value: Runtime, bits: number): bigint {
  const limit = 2n ** BigInt(bits - 1);
  let whole: bigint;
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failed(`Failed to parse number '${value}'`);
    whole = BigInt(value.replace('+', ''));
  } else if (typeof value === 'boolean') whole = BigInt(value);
  else if (value instanceof Date && bits === 64) whole = BigInt(value.getTime());
  else if (isNumeric(value)) {
    const number = toNumber(value);
    if (!Number.isFinite(number)) throw failed('Attempt to convert NaN or infinity value to integer type');
    whole = isWhole(value) ? BigInt(value.toString()) : BigInt(Math.trunc(number));
  } else throw unsupported(value, bits === 32 ? 'int' : 'long');
  if (whole >= limit || whole < -limit) throw failed('Conversion would overflow target type');
  return whole;
}

const unsupported = (value: Runtime, to: string) =>
  failed(`Unsupported conversion from ${typeName(typeOf(value) ?? T.null)} to ${to}`);

function decimalOf(value: Runtime): Decimal128 {
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (!isNumeric(value) && typeof value !== 'string') throw unsupported(value, 'decimal');
  try {
    return Decimal128.fromString(value instanceof Double ? String(value.value) : String(value));
  } catch {
    throw failed(`Failed to parse number '${value}'`);
  }
}

function doubleOf(value: Runtime): number | Double {
  if (typeof value === 'string') {
    const number = /^\s|\s$|^$/.test(value) ? Number.NaN : Number(value);
    if (Number.isNaN(number) && value !== 'NaN') throw failed(`Failed to parse number '${value}'`);
    return asDouble(number);
  }
  if (typeof value === 'boolean') return asDouble(Number(value));
  if (value instanceof Date) return asDouble(value.getTime());
  if (!isNumeric(value)) throw unsupported(value, 'double');
  return asDouble(toNumber(value));
}

function textOfValue(value: Runtime): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || isNumeric(value)) return String(value instanceof Double ? value.value : value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  throw unsupported(value, 'string');
}

function dateOf(value: Runtime): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBits() * 1000);
  if (typeof value === 'string') {
    const date = new Date(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value);
    if (Number.isNaN(date.getTime())) throw failed(`Error parsing date string '${value}'`);
    return date;
  }
  if (isNumeric(value) && typeOf(value) !== T.int32) return new Date(Math.trunc(toNumber(value)));
  throw unsupported(value, 'date');
}

function objectIdOf(value: Runtime): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[\da-f]{24}$/i.test(value)) throw failed(`Failed to parse objectId '${value}'`);
  return new ObjectId(value);
}

/** Conversions by the type byte that they lead to. */
const CONVERSIONS = new Map<number, (value: Runtime) => Runtime>([
  [T.int32, (value) => Number(wholeOf(value, 32))],
  [T.int64, (value) => Long.fromBigInt(wholeOf(value, 64))],
  [T.double, doubleOf],
  [T.decimal, decimalOf],
  [T.string, textOfValue],
  [T.boolean, isTrueOrText],
  [T.date, dateOf],
  [T.objectId, objectIdOf],
]);

function isTrueOrText(value: Runtime): boolean {
  return typeof value === 'string' || isTrue(value);
}

const conversion =
  (type: number): Operator =>
  (operand, compiler, name) => {
    const [part] = compileArguments(operand, compiler, name) as [Evaluate];
    return (scope) => {
      const value = part(scope);
      return isNullish(value) ? null : CONVERSIONS.get(type)!(value);
    };
  };

const convert: Operator = (operand, compiler, name) => {
  const given = namedArguments(operand, name, ['input', 'to'], ['onError', 'onNull']);
  const compiled = (part: string) => (given.has(part) ? compiler.compile(given.get(part)!) : undefined);
  const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map(compiled);
  return (scope) => {
    const value = input!(scope);
    if (isNullish(value)) return onNull?.(scope) ?? null;
    const [type] = typesOf(encodeValue(to!(scope)));
    const apply = CONVERSIONS.get(type!);
    if (!apply) throw badValue(`$convert to ${typeName(type!)} is not supported`);
    try {
      return apply(value);
    } catch (error) {
      if (onError && error instanceof CommandError) return onError(scope);
      throw error;
    }
  };
};

const one =
  (apply: (value: Runtime) => Runtime): Operator =>
  (operand, compiler, name) => {
    const [part] = compileArguments(operand, compiler, name) as [Evaluate];
    return (scope) => apply(part(scope));
  };

function sizeOfText(value: Runtime): number {
  if (value instanceof Binary) return value.length();
  if (typeof value !== 'string') throw new CommandError(51276, '$binarySize requires a string or BinData argument');
  return Buffer.byteLength(value);
}

export const TYPES: Record<string, Operator> = {
  $type: one((value) => (value === undefined ? 'missing' : typeName(typeOf(value)!))),
  $isNumber: one(isNumeric),
  $toInt: conversion(T.int32),
  $toLong: conversion(T.int64),
  $toDouble: conversion(T.double),
  $toDecimal: conversion(T.decimal),
  $toString: conversion(T.string),
  $toBool: conversion(T.boolean),
  $toDate: conversion(T.date),
  $toObjectId: conversion(T.objectId),
  $convert: convert,
  $binarySize: one((value) => (isNullish(value) ? null : sizeOfText(value))),
  $bsonSize: one((value) => (isNullish(value) ? null : encodeValue(value).payload.length)),
  $tsSecond: one((value) => (value instanceof Timestamp ? Long.fromNumber(value.getHighBitsUnsigned()) : null)),
  $tsIncrement: one((value) => (value instanceof Timestamp ? Long.fromNumber(value.getLowBitsUnsigned()) : null)),
};
