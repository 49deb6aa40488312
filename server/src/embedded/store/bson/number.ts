import { Decimal128 } from 'bson';
import { T, Value } from './value.js';

/** A number of any BSON type as JavaScript holds it exactly: int32 and double as number, int64 as bigint. */
export type Exact = number | bigint | Fraction;

/** A finite decimal as an exact quotient. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Value of an int32, double, int64 or decimal element, without loss. */
export function exactNumber(value: Value): Exact {
  switch (value.type) {
    case T.int32:
      return value.bytes.readInt32LE(value.start);
    case T.double:
      return value.bytes.readDoubleLE(value.start);
    case T.int64:
      return value.bytes.readBigInt64LE(value.start);
    default: {
      const text = decimalText(value);
      if (text === 'NaN') return Number.NaN;
      if (text.endsWith('Infinity')) return text.startsWith('-') ? -Infinity : Infinity;
      return fractionOf(text);
    }
  }
}

export const decimalText = (value: Value): string =>
  new Decimal128(Uint8Array.prototype.slice.call(value.bytes, value.start, value.end)).toString();

/** Coefficient and power of ten of a finite decimal's text. */
export function splitDecimal(text: string): { coefficient: bigint; exponent: number } {
  const [mantissa = '0', power = '0'] = text.toUpperCase().split('E');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + decimals), exponent: Number(power) - decimals.length };
}

function fractionOf(text: string): Fraction {
  const { coefficient, exponent } = splitDecimal(text);
  return exponent >= 0
    ? { numerator: coefficient * 10n ** BigInt(exponent), denominator: 1n }
    : { numerator: coefficient, denominator: 10n ** BigInt(-exponent) };
}

/** A finite double is a whole number over a power of two. */
function asFraction(exact: Exact): Fraction {
  if (typeof exact === 'object') return exact;
  if (typeof exact === 'bigint') return { numerator: exact, denominator: 1n };
  let denominator = 1n;
  let scaled = exact;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(scaled), denominator };
}

/** Exact order of two numbers; NaN is below all others, as MongoDB sorts it. */
export function compareExact(a: Exact, b: Exact): number {
  if (typeof a === 'object' || typeof b === 'object') {
    if (typeof a === 'number' && !Number.isFinite(a)) return a === Infinity ? 1 : -1;
    if (typeof b === 'number' && !Number.isFinite(b)) return b === Infinity ? -1 : 1;
    const x = asFraction(a);
    const y = asFraction(b);
    const difference = x.numerator * y.denominator - y.numerator * x.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  if (Number.isNaN(b)) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Nearest double of a number value. */
export function doubleOf(value: Value): number {
  return value.type === T.decimal ? Number(decimalText(value)) : Number(exactNumber(value));
}

/** Whether a number is written as an int32. */
export const fitsInt32 = (number: number) =>
  Number.isInteger(number) && number >= -(2 ** 31) && number < 2 ** 31 && !Object.is(number, -0);
