import { Decimal128, Long } from 'bson';
import {
  compute,
  computeWidening,
  isNumeric,
  isWhole,
  type Numeric,
  narrow,
  type Operation,
  toNumber,
} from '../bson/arithmetic.js';
import { splitDecimal } from '../bson/number.js';
import { asDouble, isNullish, type Runtime } from '../bson/runtime.js';
import { CommandError, typeMismatch } from '../errors.js';
import { compileArguments, type Operator } from './compile.js';

/** An operator over values: null where one of them is, otherwise what `apply` makes of them. */
export const strict =
  (least: number, most: number, apply: (values: Runtime[], name: string) => Runtime): Operator =>
  (operand, compiler, name) => {
    const parts = compileArguments(operand, compiler, name, least, most);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      return values.some(isNullish) ? null : apply(values, name);
    };
  };

function numeric(value: Runtime, name: string): Numeric {
  if (!isNumeric(value)) throw new CommandError(28765, `${name} only supports numeric types`);
  return value;
}

function onlyNumbers(value: Runtime, name: string): Numeric {
  if (!isNumeric(value)) throw typeMismatch(`${name} only supports numeric or date types`);
  return value;
}

const sum = strict(0, Infinity, (values, name) => {
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  const total = values
    .filter((value) => !(value instanceof Date))
    .map((value) => onlyNumbers(value, name))
    .reduce((all, value) => computeWidening('add', all, value), 0);
  return dates[0] ? moved(dates[0], toNumber(total)) : total;
});

const moved = (date: Date, byMs: number) => new Date(date.getTime() + Math.round(byMs));

const difference = strict(2, 2, ([a, b], name) => {
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date) return moved(a, -toNumber(onlyNumbers(b, name)));
  return computeWidening('subtract', onlyNumbers(a, name), onlyNumbers(b, name));
});

const product = strict(0, Infinity, (values, name) =>
  values.map((value) => onlyNumbers(value, name)).reduce((all, value) => computeWidening('multiply', all, value), 1),
);

const division = (operation: Operation, code: number, zero: string) =>
  strict(2, 2, ([a, b], name) => {
    const divisor = onlyNumbers(b, name);
    if (toNumber(divisor) === 0) throw new CommandError(code, zero);
    return computeWidening(operation, onlyNumbers(a, name), divisor);
  });

/** A function of doubles; a decimal is computed as a double too, and comes back as a decimal. */
const ofDouble = (apply: (number: number) => number, domain: (number: number) => boolean = () => true, code = 2) =>
  strict(1, 1, ([value], name) => {
    const number = toNumber(numeric(value, name));
    if (!domain(number)) throw new CommandError(code, `${name}'s argument is out of its range: ${number}`);
    return like(value, apply(number));
  });

const like = (model: Runtime, number: number): Numeric =>
  model instanceof Decimal128 ? Decimal128.fromString(String(number)) : asDouble(number);

type Rounding = (quotient: bigint, twiceRest: bigint, divisor: bigint) => bigint;

const toEven: Rounding = (quotient, twiceRest, divisor) => {
  const size = twiceRest < 0n ? -twiceRest : twiceRest;
  const away = size > divisor || (size === divisor && quotient % 2n !== 0n);
  return away ? quotient + (twiceRest < 0n ? -1n : 1n) : quotient;
};
const towardsZero: Rounding = (quotient) => quotient;
const down: Rounding = (quotient, twiceRest) => (twiceRest < 0n ? quotient - 1n : quotient);
const up: Rounding = (quotient, twiceRest) => (twiceRest > 0n ? quotient + 1n : quotient);

/** Rounds at a decimal place, exactly, on the digits that the number prints with. */
const rounding = (how: Rounding, most: number) =>
  strict(1, most, ([value, at], name) => {
    const number = numeric(value, name);
    const place = at === undefined ? 0 : toNumber(numeric(at, name));
    const text = String(isWhole(number) || number instanceof Decimal128 ? number : toNumber(number));
    if (!/\d/.test(text)) return value;
    const { coefficient, exponent } = splitDecimal(text);
    if (-exponent <= place) return value;
    const divisor = 10n ** BigInt(-exponent - place);
    const rounded = how(coefficient / divisor, (coefficient % divisor) * 2n, divisor);
    if (number instanceof Decimal128) return Decimal128.fromString(`${rounded}E${-place}`);
    if (!isWhole(number)) return asDouble(Number(`${rounded}E${-place}`));
    const whole = rounded * 10n ** BigInt(-place);
    return number instanceof Long ? Long.fromBigInt(whole) : narrow(whole);
  });

const absolute = strict(1, 1, ([value], name) => {
  const number = numeric(value, name);
  return toNumber(number) < 0 ? computeWidening('subtract', 0, number) : number;
});

const power = strict(2, 2, ([a, b], name) => {
  const [base, exponent] = [numeric(a, name), numeric(b, name)];
  if (toNumber(base) === 0 && toNumber(exponent) < 0) {
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  const result = toNumber(base) ** toNumber(exponent);
  if (!isWhole(base) || !isWhole(exponent) || toNumber(exponent) < 0) {
    return like(base instanceof Decimal128 ? base : exponent, result);
  }
  let exact: Numeric | undefined = base instanceof Long || exponent instanceof Long ? Long.ONE : 1;
  for (let i = 0; i < toNumber(exponent) && exact !== undefined && i < 64; i++)
    exact = compute('multiply', exact, base);
  return exact !== undefined && toNumber(exact) === result ? exact : asDouble(result);
});

const logarithm = strict(2, 2, ([a, b], name) =>
  asDouble(Math.log(toNumber(numeric(a, name))) / Math.log(toNumber(numeric(b, name)))),
);

const positive = (number: number) => !(number <= 0);

export const NUMBERS: Record<string, Operator> = {
  $add: sum,
  $subtract: difference,
  $multiply: product,
  $divide: division('divide', 2, "can't $divide by zero"),
  $mod: division('mod', 16610, "can't $mod by zero"),
  $abs: absolute,
  $ceil: rounding(up, 1),
  $floor: rounding(down, 1),
  $round: rounding(toEven, 2),
  $trunc: rounding(towardsZero, 2),
  $pow: power,
  $sqrt: ofDouble(Math.sqrt, (number) => !(number < 0), 28714),
  $exp: ofDouble(Math.exp),
  $ln: ofDouble(Math.log, positive, 28766),
  $log10: ofDouble(Math.log10, positive, 28761),
  $log: logarithm,
  $rand: () => () => Math.random(),
};
