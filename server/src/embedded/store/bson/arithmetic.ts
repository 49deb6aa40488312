import { Decimal128, Double, Long } from 'bson';
import { fitsInt32, splitDecimal } from './number.js';
import { asDouble, type Runtime } from './runtime.js';

/** A number of any BSON type, as expressions hold it. */
export type Numeric = number | Double | Long | Decimal128;
export type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'mod';

const INT32 = 2n ** 31n;
const INT64 = 2n ** 63n;

export const isNumeric = (value: Runtime): value is Numeric =>
  typeof value === 'number' || value instanceof Double || value instanceof Long || value instanceof Decimal128;

/** int32 or int64. */
export const isWhole = (value: Numeric): value is number | Long =>
  typeof value === 'number' ? fitsInt32(value) : value instanceof Long;

/** Nearest double. */
export const toNumber = (value: Numeric): number =>
  typeof value === 'number' ? value : Number(value instanceof Double ? value.value : value.toString());

/**
 * Computes in the wider of the two types. Sums and products of int32 grow to int64 where they must; quotients are doubles unless
 * one side is a decimal.
 * @returns undefined when int64 overflows
 */
export function compute(operation: Operation, a: Numeric, b: Numeric): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) return computeDecimal(operation, a, b);
  if (operation === 'divide' || !isWhole(a) || !isWhole(b))
    return asDouble(OF_DOUBLES[operation](toNumber(a), toNumber(b)));
  if (typeof a === 'number' && typeof b === 'number') {
    const result = OF_DOUBLES[operation](a, b) + 0;
    if (Number.isSafeInteger(result)) return fitsInt32(result) ? result : Long.fromNumber(result);
  }
  const result = OF_INTEGERS[operation](BigInt(a.toString()), BigInt(b.toString()));
  if (result >= INT64 || result < -INT64) return undefined;
  return typeof a === 'number' && typeof b === 'number' ? narrow(result) : Long.fromBigInt(result);
}

const OF_DOUBLES = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
  mod: (a: number, b: number) => a % b,
};

const OF_INTEGERS = {
  add: (a: bigint, b: bigint) => a + b,
  subtract: (a: bigint, b: bigint) => a - b,
  multiply: (a: bigint, b: bigint) => a * b,
  mod: (a: bigint, b: bigint) => a % b,
};

/** An int32 where it fits, else an int64. */
export const narrow = (value: bigint): number | Long =>
  value < INT32 && value >= -INT32 ? Number(value) : Long.fromBigInt(value);

/** As `compute`, going over to double where int64 ends, as expressions do. */
export const computeWidening = (operation: Operation, a: Numeric, b: Numeric): Numeric =>
  compute(operation, a, b) ?? asDouble(OF_DOUBLES[operation](toNumber(a), toNumber(b)));

/** A decimal carries 34 digits; a quotient is cut to those. */
const DIGITS = 36n;

function computeDecimal(operation: Operation, a: Numeric, b: Numeric): Decimal128 {
  const [left, right] = [String(a), String(b)];
  if (!/\d/.test(left) || !/\d/.test(right) || (operation === 'mod' && toNumber(b) === 0)) {
    return Decimal128.fromString(String(OF_DOUBLES[operation](toNumber(a), toNumber(b))));
  }
  const x = splitDecimal(left);
  const y = splitDecimal(right);
  if (operation === 'multiply') return decimal(x.coefficient * y.coefficient, x.exponent + y.exponent);
  if (operation === 'divide') return quotient(x, y);
  const exponent = Math.min(x.exponent, y.exponent);
  const scale = ({ coefficient, exponent: own }: Split) => coefficient * 10n ** BigInt(own - exponent);
  return decimal(OF_INTEGERS[operation](scale(x), scale(y)), exponent);
}

type Split = ReturnType<typeof splitDecimal>;

function quotient(x: Split, y: Split): Decimal128 {
  let coefficient = (x.coefficient * 10n ** (DIGITS * 2n)) / y.coefficient;
  let exponent = x.exponent - y.exponent - Number(DIGITS * 2n);
  while (exponent < x.exponent - y.exponent && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
    if (coefficient === 0n) break;
  }
  return decimal(coefficient, exponent);
}

const decimal = (coefficient: bigint, exponent: number) =>
  Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
