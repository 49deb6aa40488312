import { DERIVED_WIDTH } from './derived-quantity.js';
import type { RuleSet } from './rules.js';

/** What evaluation remembers of one lathe between ticks; times are epoch ms, NaN where there is none. */
export interface RuleMemory {
  /** Per rule: 1 while its limit counts as exceeded. */
  readonly isExceeded: Uint8Array;
  /** Per rule: since when the readings have said the opposite of `isExceeded`. */
  readonly sinceMs: Float64Array;
  readonly rateFromValue: Float64Array;
  readonly rateFromMs: Float64Array;
  readonly rate: Float64Array;
  /** Per point: priority that has been told, 0 while normal. */
  readonly announced: Uint8Array;
  /** Per derived quantity DERIVED_WIDTH numbers, the first of them its value. */
  readonly derived: Float64Array;
}

/** The same as plain JSON, by name, so that it also fits a changed set of rules; only what differs from a fresh start. */
export interface SavedRuleMemory {
  /** Per rule key: exceeded 0 or 1, since, rate from value, rate from time, rate; null where unknown. */
  rules: Record<string, (number | null)[]>;
  /** Per point key: priority that has been told. */
  announced: Record<string, number>;
  /** Per derived quantity what it remembers; those that have seen nothing remarkable are left out. */
  derived?: Record<string, (number | null)[]>;
}

export function newMemory({ rules, points, derived }: RuleSet): RuleMemory {
  const unknown = () => new Float64Array(rules.length).fill(Number.NaN);
  return {
    isExceeded: new Uint8Array(rules.length),
    sinceMs: unknown(),
    rateFromValue: unknown(),
    rateFromMs: unknown(),
    rate: unknown(),
    announced: new Uint8Array(points.length),
    derived: new Float64Array(derived.length * DERIVED_WIDTH).fill(Number.NaN),
  };
}

export function saveMemory(set: RuleSet, memory: RuleMemory): SavedRuleMemory {
  const saved: SavedRuleMemory = { rules: {}, announced: {} };
  for (const [i, rule] of set.rules.entries()) {
    const { isExceeded, sinceMs, rateFromValue, rateFromMs, rate } = memory;
    const parts = [isExceeded[i]!, sinceMs[i]!, rateFromValue[i]!, rateFromMs[i]!, rate[i]!];
    const isFresh = parts[0] === 0 && parts.slice(1).every(Number.isNaN);
    if (!isFresh) saved.rules[rule.key] = parts.map(nullIfUnknown);
  }
  for (const [p, point] of set.points.entries()) {
    if (memory.announced[p]! > 0) saved.announced[point.key] = memory.announced[p]!;
  }
  for (const [d, { key, kind }] of set.derived.entries()) {
    const parts = memory.derived.subarray(d * DERIVED_WIDTH, (d + 1) * DERIVED_WIDTH);
    const isRemarkable = kind === 'age' ? parts[0]! > 0 : !Number.isNaN(parts[0]!);
    if (isRemarkable) saved.derived = { ...saved.derived, [key]: Array.from(parts, nullIfUnknown) };
  }
  return saved;
}

const nullIfUnknown = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** A memory for `set` from what was saved for it or for an older set; rules and points that are gone are left out. */
export function restoreMemory(set: RuleSet, saved: SavedRuleMemory): RuleMemory {
  const memory = newMemory(set);
  for (const [i, rule] of set.rules.entries()) {
    const parts = saved.rules[rule.key];
    if (!parts) continue;
    const [exceeded, since, fromValue, fromMs, rate] = parts.map((part) => part ?? Number.NaN);
    memory.isExceeded[i] = exceeded ?? 0;
    memory.sinceMs[i] = since ?? Number.NaN;
    memory.rateFromValue[i] = fromValue ?? Number.NaN;
    memory.rateFromMs[i] = fromMs ?? Number.NaN;
    memory.rate[i] = rate ?? Number.NaN;
  }
  for (const [p, point] of set.points.entries()) memory.announced[p] = saved.announced[point.key] ?? 0;
  for (const [d, { key }] of set.derived.entries()) {
    const parts = saved.derived?.[key]?.map((part) => part ?? Number.NaN);
    if (parts?.length === DERIVED_WIDTH) memory.derived.set(parts, d * DERIVED_WIDTH);
  }
  return memory;
}

/**
 * Brings a memory in line with the alarms that are really active, which win over what was remembered:
 * an alarm that is active can return, one that is not can be raised again.
 * @param activePriorities - point key to priority of each active alarm
 */
export function alignMemory(set: RuleSet, memory: RuleMemory, activePriorities: ReadonlyMap<string, number>): void {
  for (const [p, point] of set.points.entries()) {
    const priority = activePriorities.get(point.key) ?? 0;
    if (memory.announced[p] === priority) continue;
    memory.announced[p] = priority;
    const own = set.rules.flatMap((rule, i) => (rule.point === p ? [i] : []));
    if (priority === 0) {
      for (const i of own) {
        memory.isExceeded[i] = 0;
        memory.sinceMs[i] = Number.NaN;
      }
    } else if (!own.some((i) => memory.isExceeded[i] === 1)) {
      const told = own.find((i) => set.rules[i]!.priority === priority) ?? own[0]!;
      memory.isExceeded[told] = 1;
      memory.sinceMs[told] = Number.NaN;
    }
  }
}
