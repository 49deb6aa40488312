import { compareValues, rankOf } from '../bson/compare.js';
import type { Filter, Predicate } from '../query/filter.js';
import { compileValueTest } from '../query/match.js';
import type { Condition } from './plan.js';

/** Whether every document that satisfies all `conditions` satisfies `wanted` too. Errs on the side of no. */
export function implies(conditions: readonly Condition[], wanted: Filter): boolean {
  switch (wanted.kind) {
    case 'constant':
      return wanted.value;
    case 'and':
      return wanted.parts.every((part) => implies(conditions, part));
    case 'or':
      return wanted.parts.some((part) => implies(conditions, part));
    case 'field':
      return conditions.some(({ path, test }) => path === wanted.path && impliesPredicate(test, wanted.test));
    default:
      return false;
  }
}

function impliesPredicate(given: Predicate, wanted: Predicate): boolean {
  if (wanted.op === 'and') return wanted.parts.every((part) => impliesPredicate(given, part));
  if (given.op === 'and') return given.parts.some((part) => impliesPredicate(part, wanted));
  if (given.op === 'eq') {
    if (wanted.op === 'exists') return rankOf(given.value) !== rankOf(undefined);
    return compileValueTest(wanted)(given.value);
  }
  if (given.op === 'in') {
    return given.patterns.length === 0 && given.values.every((value) => impliesPredicate({ op: 'eq', value }, wanted));
  }
  if (wanted.op === 'exists')
    return ['gt', 'lt', 'exists', 'regex', 'type', 'size', 'mod'].includes(given.op) || isRange(given);
  if (!isRange(given) || !isRange(wanted) || rankOf(given.value) !== rankOf(wanted.value)) return false;
  const order = compareValues(given.value, wanted.value);
  const up = (op: string) => op.startsWith('g');
  if (up(given.op) !== up(wanted.op)) return false;
  const strictEnough = given.op === wanted.op || wanted.op.endsWith('e');
  return up(given.op) ? order > 0 || (order === 0 && strictEnough) : order < 0 || (order === 0 && strictEnough);
}

type Range = Predicate & { op: 'gt' | 'gte' | 'lt' | 'lte' };

const isRange = (test: Predicate): test is Range =>
  (test.op === 'gt' || test.op === 'gte' || test.op === 'lt' || test.op === 'lte') &&
  rankOf(test.value) !== rankOf(undefined);
