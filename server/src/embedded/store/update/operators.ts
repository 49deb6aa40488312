import { Long, Timestamp } from 'bson';
import { compute, isWhole, type Numeric, narrow, type Operation } from '../bson/arithmetic.js';
import { compareValues } from '../bson/compare.js';
import { toRuntime } from '../bson/runtime.js';
import { entries, field, isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { decodeValue, encodeValue } from '../bson/write.js';
import { badValue, CommandError, failedToParse, typeMismatch } from '../errors.js';
import { showValue } from '../index/unique.js';
import { parseSort, sortKey } from '../query/sort.js';
import { typeName } from '../query/types.js';
import { pullTest } from './paths.js';
import { ArrayNode, assign, locate, type Node, type ObjectNode, opened, toValue, unassign } from './tree.js';

/** Applies one operator at one path, whose `$` parts are resolved already. */
export type Operator = (root: ObjectNode, path: readonly string[], operand: Value) => void;

const set: Operator = (root, path, operand) => assign(locate(root, path, true)!, operand);

const unset: Operator = (root, path) => {
  const place = locate(root, path, false);
  if (place) unassign(place);
};

const arithmetic =
  (name: string, operation: Operation): Operator =>
  (root, path, operand) => {
    if (!isNumber(operand)) {
      const verb = operation === 'add' ? 'increment' : 'multiply';
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path.join('.')}: ${showValue(operand)}}`);
    }
    const place = locate(root, path, true)!;
    if (!place.node) {
      assign(place, operation === 'add' ? operand : combine(operand, encodeValue(0), 'multiply'));
      return;
    }
    const current = toValue(place.node);
    if (!isNumber(current)) {
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. {_id: ${idText(root)}} has the field '${path.at(-1)}' of non-numeric type ${typeName(current.type)}`,
      );
    }
    assign(place, combine(current, operand, operation));
  };

/** @throws CommandError 2 when int64 overflows */
function combine(left: Value, right: Value, operation: Operation): Value {
  const result = compute(operation, toRuntime(left) as Numeric, toRuntime(right) as Numeric);
  if (result === undefined) throw badValue('Failed to apply the operation: integer overflow');
  return encodeValue(result);
}

const idText = (root: ObjectNode) => {
  const id = root.get('_id');
  return id ? showValue(toValue(id)) : 'null';
};

const extreme =
  (wanted: -1 | 1): Operator =>
  (root, path, operand) => {
    const place = locate(root, path, true)!;
    if (!place.node || Math.sign(compareValues(operand, toValue(place.node))) === wanted) assign(place, operand);
  };

const currentDate: Operator = (root, path, operand) => {
  const asked = operand.type === T.object ? field(operand, '$type') : undefined;
  const kind = operand.type === T.boolean ? 'date' : asked?.type === T.string ? textOf(asked) : undefined;
  if (kind !== 'date' && kind !== 'timestamp') {
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
  const now = new Date();
  const value = kind === 'date' ? now : new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  assign(locate(root, path, true)!, encodeValue(value));
};

const rename: Operator = (root, path, operand) => {
  if (operand.type !== T.string) throw badValue(`The 'to' field for $rename must be a string: ${path.join('.')}`);
  const from = locate(root, path, false);
  if (!from?.node) return;
  if (from.parent instanceof ArrayNode) throw badValue('The source field of $rename cannot be an array element');
  const node = from.node;
  unassign(from);
  const to = locate(root, textOf(operand).split('.'), true)!;
  if (to.parent instanceof ArrayNode) throw badValue('The destination field of $rename cannot be an array element');
  assign(to, node);
};

/** The array at a path, opened for change; a missing one is made when `create`. */
function arrayAt(root: ObjectNode, path: readonly string[], operator: string, create: boolean): ArrayNode | undefined {
  const place = locate(root, path, create);
  if (!place || (!place.node && !create)) return undefined;
  const node: Node = place.node ? opened(place.node) : new ArrayNode();
  if (!(node instanceof ArrayNode)) {
    const what = `type ${typeName(toValue(node).type)}`;
    if (operator === '$push') {
      throw badValue(
        `The field '${path.join('.')}' must be an array but is of ${what} in document {_id: ${idText(root)}}`,
      );
    }
    if (operator === '$addToSet') {
      throw badValue(`Cannot apply $addToSet to non-array field. Field named '${path.at(-1)}' has non-array ${what}`);
    }
    if (operator === '$pop') throw typeMismatch(`Path '${path.join('.')}' contains an element of non-array ${what}`);
    throw badValue('Cannot apply $pull to a non-array value');
  }
  assign(place, node);
  return node;
}

const push: Operator = (root, path, operand) => {
  const each = operand.type === T.object ? field(operand, '$each') : undefined;
  if (!each) {
    arrayAt(root, path, '$push', true)!.items.push(operand);
    return;
  }
  if (each.type !== T.array) {
    throw badValue(`The argument to $each in $push must be an array but it was of type ${typeName(each.type)}`);
  }
  for (const [name] of entries(operand)) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  const target = arrayAt(root, path, '$push', true)!;
  const position = wholeNumber(operand, '$position');
  const at =
    position === undefined
      ? target.items.length
      : position < 0
        ? Math.max(0, target.items.length + position)
        : position;
  target.items.splice(at, 0, ...items(each));
  const sort = field(operand, '$sort');
  if (sort) sortItems(target, sort);
  const slice = wholeNumber(operand, '$slice');
  if (slice === undefined) return;
  const kept = slice === 0 ? [] : slice > 0 ? target.items.slice(0, slice) : target.items.slice(slice);
  target.items.splice(0, target.items.length, ...kept);
};

function wholeNumber(operand: Value, name: string): number | undefined {
  const value = field(operand, name);
  if (!value) return undefined;
  const number = isNumber(value) ? Number(decodeValue(value)) : Number.NaN;
  if (!Number.isInteger(number))
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value.type)}`);
  return number;
}

function sortItems(target: ArrayNode, sort: Value): void {
  const rows = target.items.map((item) => ({ item, value: toValue(item) }));
  if (sort.type === T.object) {
    const fields = parseSort(sort);
    const empty = encodeValue({});
    const keyed = rows.map((row) => ({
      ...row,
      key: sortKey(row.value.type === T.object ? row.value : empty, fields),
    }));
    keyed.sort((a, b) => Buffer.compare(a.key, b.key));
    target.items.splice(0, target.items.length, ...keyed.map(({ item }) => item));
    return;
  }
  const direction = isNumber(sort) ? Number(decodeValue(sort)) : 0;
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  rows.sort((a, b) => direction * compareValues(a.value, b.value));
  target.items.splice(0, target.items.length, ...rows.map(({ item }) => item));
}

const addToSet: Operator = (root, path, operand) => {
  const each = operand.type === T.object ? field(operand, '$each') : undefined;
  if (each && each.type !== T.array) {
    throw typeMismatch(`The argument to $each in $addToSet must be an array but it was of type ${typeName(each.type)}`);
  }
  const target = arrayAt(root, path, '$addToSet', true)!;
  for (const wanted of each ? items(each) : [operand]) {
    if (!target.items.some((item) => compareValues(toValue(item), wanted) === 0)) target.items.push(wanted);
  }
};

const pull: Operator = (root, path, operand) => {
  const matches = pullTest(operand);
  removeItems(arrayAt(root, path, '$pull', false), (item) => matches(item));
};

const pullAll: Operator = (root, path, operand) => {
  if (operand.type !== T.array)
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand.type)}`);
  const unwanted = items(operand);
  removeItems(arrayAt(root, path, '$pullAll', false), (item) =>
    unwanted.some((other) => compareValues(item, other) === 0),
  );
};

function removeItems(target: ArrayNode | undefined, unwanted: (item: Value) => boolean): void {
  if (!target) return;
  const kept = target.items.filter((item) => !unwanted(toValue(item)));
  target.items.splice(0, target.items.length, ...kept);
}

const pop: Operator = (root, path, operand) => {
  const end = isNumber(operand) ? Number(decodeValue(operand)) : 0;
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${showValue(operand)}`);
  const target = arrayAt(root, path, '$pop', false);
  if (end === 1) target?.items.pop();
  else target?.items.shift();
};

const bit: Operator = (root, path, operand) => {
  if (operand.type !== T.object) throw badValue('The $bit modifier is not compatible with a non-object');
  const place = locate(root, path, true)!;
  let value = place.node ? toValue(place.node) : encodeValue(0);
  for (const [name, bits] of entries(operand)) value = combineBits(value, bits, name);
  assign(place, value);
};

const BITS: Record<string, (a: bigint, b: bigint) => bigint> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function combineBits(left: Value, right: Value, name: string): Value {
  const [a, b] = [toRuntime(left) as Numeric, toRuntime(right) as Numeric];
  const apply = BITS[name];
  if (!apply) throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
  if (!isWhole(a) || !isWhole(b)) throw badValue('Cannot apply $bit to a value of non-integral type');
  const result = apply(BigInt(a.toString()), BigInt(b.toString()));
  return encodeValue(typeof a === 'number' && typeof b === 'number' ? narrow(result) : Long.fromBigInt(result));
}

/** The update operators by name. `$setOnInsert` is `$set` where the caller inserts. */
export const OPERATORS: Record<string, Operator> = {
  $set: set,
  $setOnInsert: set,
  $unset: unset,
  $inc: arithmetic('$inc', 'add'),
  $mul: arithmetic('$mul', 'multiply'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $rename: rename,
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
  $bit: bit,
};

/** @throws CommandError 9 for an operator that does not exist */
export function operatorNamed(name: string): Operator {
  const operator = OPERATORS[name];
  if (!operator) {
    throw new CommandError(
      9,
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  return operator;
}
