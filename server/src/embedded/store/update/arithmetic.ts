import { Decimal128, Double, Long } from 'bson';
import { decimalText, doubleOf, exactNumber, splitDecimal } from '../bson/number.js';
import { isNumber, T, type Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import { badValue } from '../errors.js';

const INT32 = 2n ** 31n;
const INT64 = 2n ** 63n;

/**
 * Sum or product of two numbers in the wider of their types, as `$inc` and `$mul` compute it: int32 grows to int64 where it
 * must, and int64 may not overflow.
 * @throws CommandError 2 on overflow of int64
 */
export function combine(left: Value, right: Value, operation: 'add' | 'multiply'): Value {
  if (left.type === T.decimal || right.type === T.decimal) return combineDecimals(left, right, operation);
  if (left.type === T.double || right.type === T.double) {
    const [a, b] = [doubleOf(left), doubleOf(right)];
    return encodeValue(new Double(operation === 'add' ? a + b : a * b));
  }
  const [a, b] = [BigInt(exactNumber(left) as number | bigint), BigInt(exactNumber(right) as number | bigint)];
  const result = operation === 'add' ? a + b : a * b;
  if (result >= INT64 || result < -INT64) throw badValue('Failed to apply the operation: integer overflow');
  const narrow = left.type === T.int32 && right.type === T.int32 && result < INT32 && result >= -INT32;
  return encodeValue(narrow ? Number(result) : Long.fromBigInt(result));
}

function combineDecimals(left: Value, right: Value, operation: 'add' | 'multiply'): Value {
  const [a, b] = [textOfNumber(left), textOfNumber(right)];
  if (![a, b].every((text) => /\d/.test(text))) {
    const [x, y] = [doubleOf(left), doubleOf(right)];
    const special = operation === 'add' ? x + y : x * y;
    return encodeValue(Decimal128.fromString(String(special)));
  }
  const x = splitDecimal(a);
  const y = splitDecimal(b);
  if (operation === 'multiply') return decimal(x.coefficient * y.coefficient, x.exponent + y.exponent);
  const exponent = Math.min(x.exponent, y.exponent);
  const scale = ({ coefficient, exponent: own }: typeof x) => coefficient * 10n ** BigInt(own - exponent);
  return decimal(scale(x) + scale(y), exponent);
}

const decimal = (coefficient: bigint, exponent: number) =>
  encodeValue(Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`));

const textOfNumber = (value: Value) => (value.type === T.decimal ? decimalText(value) : String(exactNumber(value)));

/** `$bit`: and, or, xor of whole numbers. @throws CommandError 2 for other values */
export function combineBits(left: Value, right: Value, operation: string): Value {
  const whole = (value: Value) => isNumber(value) && (value.type === T.int32 || value.type === T.int64);
  if (!whole(left) || !whole(right)) throw badValue('Cannot apply $bit to a value of non-integral type');
  const [a, b] = [BigInt(exactNumber(left) as number | bigint), BigInt(exactNumber(right) as number | bigint)];
  const result = operation === 'and' ? a & b : operation === 'or' ? a | b : operation === 'xor' ? a ^ b : undefined;
  if (result === undefined)
    throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${operation}'`);
  const narrow = left.type === T.int32 && right.type === T.int32;
  return encodeValue(narrow ? Number(result) : Long.fromBigInt(result));
}
