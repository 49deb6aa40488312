import { isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { decodeValue } from '../bson/write.js';
import { badValue } from '../errors.js';

const NUMBERS = [T.double, T.int32, T.int64, T.decimal];

const ALIASES: Record<string, readonly number[]> = {
  double: [T.double],
  string: [T.string],
  object: [T.object],
  array: [T.array],
  binData: [T.binary],
  undefined: [T.undefined],
  objectId: [T.objectId],
  bool: [T.boolean],
  date: [T.date],
  null: [T.null],
  regex: [T.regex],
  dbPointer: [T.dbPointer],
  javascript: [T.code],
  symbol: [T.symbol],
  javascriptWithScope: [T.codeWithScope],
  int: [T.int32],
  timestamp: [T.timestamp],
  long: [T.int64],
  decimal: [T.decimal],
  minKey: [T.minKey],
  maxKey: [T.maxKey],
  number: NUMBERS,
};

/** Type bytes that a `$type` operand names, by number, alias, or an array of those. */
export function typesOf(operand: Value): Set<number> {
  const all = operand.type === T.array ? items(operand) : [operand];
  const types = all.flatMap((item) => {
    if (item.type === T.string) {
      const named = ALIASES[textOf(item)];
      if (!named) throw badValue(`Unknown type name alias: ${textOf(item)}`);
      return named;
    }
    if (!isNumber(item)) throw badValue('type must be represented as a number or a string');
    const code = Number(decodeValue(item));
    const type = code === -1 ? T.minKey : code;
    if (!Object.values(T).includes(type as 1)) throw badValue(`Invalid numerical type code: ${code}`);
    return type;
  });
  return new Set(types);
}

/** The alias of a type, for messages. */
export function typeName(type: number): string {
  for (const [name, types] of Object.entries(ALIASES)) if (types.length === 1 && types[0] === type) return name;
  return 'unknown';
}
