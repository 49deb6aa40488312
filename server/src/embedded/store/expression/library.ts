import { Decimal128, Double, Long } from 'bson';
import { Aggregator } from 'mingo';
import { toNumber } from '../bson/arithmetic.js';
import { asDouble, elementsOf, type Runtime } from '../bson/runtime.js';
import { entries, field, items, T, Value } from '../bson/value.js';
import { decodeDocument, encodeDocument } from '../bson/write.js';
import { badValue, CommandError } from '../errors.js';
import type { Evaluate, Operator } from './compile.js';

/**
 * Operators on dates, text and angles come from the expression library. Their arguments are evaluated here and handed over as
 * plain values; what comes back is a value again.
 */
const NAMES =
  `$dateAdd $dateSubtract $dateDiff $dateTrunc $dateToString $dateFromString $dateFromParts $dateToParts $year
  $month $week $dayOfMonth $dayOfWeek $dayOfYear $hour $minute $second $millisecond $isoWeek $isoWeekYear $isoDayOfWeek
  $concat $indexOfBytes $indexOfCP $ltrim $rtrim $trim $split $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP
  $toLower $toUpper $regexFind $regexFindAll $regexMatch $replaceOne $replaceAll $bitAnd $bitOr $bitXor $bitNot
  $median $percentile`.split(/\s+/);
/** Their results are doubles, also where they are whole. */
const ANGLES = `$sin $cos $tan $asin $acos $atan $atan2 $sinh $cosh $tanh $asinh $acosh $atanh $degreesToRadians
  $radiansToDegrees`.split(/\s+/);

const plain = (value: Runtime): unknown => {
  if (value instanceof Double || value instanceof Long) return toNumber(value);
  if (value instanceof Decimal128) throw badValue('decimals are not supported by this operator');
  const array = elementsOf(value);
  if (array) return array.map(plain);
  return value instanceof Value ? decodeDocument(value) : value;
};

/** Compiles the operand to an expression of the library over `a0`, `a1` ..., and the evaluators of those. */
function template(operand: Value, compile: (part: Value) => Evaluate, out: Evaluate[]): unknown {
  if (operand.type === T.array) return items(operand).map((part) => template(part, compile, out));
  if (operand.type === T.object && !entries(operand)[0]?.[0].startsWith('$')) {
    return Object.fromEntries(entries(operand).map(([name, part]) => [name, template(part, compile, out)]));
  }
  out.push(compile(operand));
  return `$a${out.length - 1}`;
}

const fromLibrary =
  (finish: (value: unknown) => Runtime): Operator =>
  (operand, compiler, name) => {
    const parts: Evaluate[] = [];
    const expression = { [name]: template(operand, (part) => compiler.compile(part), parts) };
    let current: Record<string, unknown> = {};
    const endless = { next: () => ({ value: current, done: false }) };
    const results = translated(() =>
      new Aggregator([{ $replaceWith: { v: expression } }], { useStrictMode: true }).stream(endless as never),
    );
    return (scope) => {
      current = Object.fromEntries(parts.map((part, i) => [`a${i}`, plain(part(scope))]));
      return finish(translated(() => (results.next().value as { v: unknown }).v));
    };
  };

/** The parts of a date that are not given are the first of their kind; the library wants to be told the day. */
function withDay(operand: Value): Value {
  const needsDay = operand.type === T.object && field(operand, 'year') && !field(operand, 'day');
  return needsDay ? encodeDocument({ ...Object.fromEntries(entries(operand)), day: 1 }) : operand;
}

/** Runs library code and gives its plain errors a code. */
export function translated<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandError || !(error instanceof Error)) throw error;
    throw badValue(error.message);
  }
}

export const LIBRARY: Record<string, Operator> = {
  ...Object.fromEntries(NAMES.map((name) => [name, fromLibrary((value) => value)])),
  ...Object.fromEntries(
    ANGLES.map((name) => [name, fromLibrary((value) => (typeof value === 'number' ? asDouble(value) : value))]),
  ),
  $dateFromParts: (operand, compiler, name) => fromLibrary((value) => value)(withDay(operand), compiler, name),
  $dateDiff: fromLibrary((value) => (typeof value === 'number' ? Long.fromNumber(value) : value)),
};
