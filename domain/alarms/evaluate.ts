import type { AlertType } from '../contract/enums.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { advanceDerived, DERIVED_WIDTH } from './derived-quantity.js';
import type { Expectation } from './expectation.js';
import type { RuleMemory } from './rule-memory.js';
import type { Rule, RuleSet } from './rules.js';

/** How a limit was exceeded; `rate` is a change per second in either direction. */
export type Bound = 'high' | 'low' | 'rate';

/** What the readings say about one alarm: its condition began, became more urgent, or is over. */
export interface AlarmChange {
  kind: 'raised' | 'escalated' | 'returned';
  type: AlertType;
  channel: ChannelName;
  priority: number;
  atMs: number;
  /** Reading (rate, age, deviation) and the limit it is compared with, in its unit. */
  value: number;
  limit: number;
  bound: Bound;
  isLatching: boolean;
  /** The condition is one that stops the lathe. */
  stop: boolean;
}

const NO_CHANGES: readonly AlarmChange[] = Object.freeze([]);

/** Readings at least this far apart make a rate of change, so that noise between two ticks makes none. */
export const RATE_WINDOW_MS = 1000;

/**
 * Judges the readings of one tick. Allocates nothing while nothing changes.
 * An unknown reading (NaN) neither raises nor clears, and restarts a running delay.
 * @param atMs - time of the tick, epoch ms; where it falls, running delays and rates begin anew
 * @param channels - one value per channel of the stream, in wire order and unit; for rules about the plant one per type
 * @param expectation - what the model expects in the job at hand, already brought to this tick; without it there is no ANOMALY
 * @returns at most one change per alarm
 */
export function evaluateRules(
  set: RuleSet,
  memory: RuleMemory,
  atMs: number,
  channels: ArrayLike<number>,
  expectation?: Expectation,
): readonly AlarmChange[] {
  for (let d = 0; d < set.derived.length; d++) {
    advanceDerived(set.derived[d]!, memory.derived, d * DERIVED_WIDTH, atMs, channels, expectation);
  }
  let hasTurned = false;
  for (let i = 0; i < set.rules.length; i++) {
    if (turn(set.rules[i]!, i, memory, atMs, channels)) hasTurned = true;
  }
  return hasTurned ? announce(set, memory, atMs, channels) : NO_CHANGES;
}

/** Moves one rule's delay on; true when the rule changed its mind. */
function turn(rule: Rule, i: number, memory: RuleMemory, atMs: number, channels: ArrayLike<number>): boolean {
  const value = rule.derivedAt < 0 ? channels[rule.channelIndex]! : memory.derived[rule.derivedAt]!;
  const since = memory.sinceMs[i]!;
  if (Number.isNaN(value)) {
    memory.sinceMs[i] = Number.NaN;
    memory.rateFromMs[i] = Number.NaN;
    return false;
  }
  if (!Number.isNaN(rule.rate)) measureRate(i, memory, atMs, value);
  const wasExceeded = memory.isExceeded[i] === 1;
  if (isBeyond(rule, value, memory.rate[i]!, wasExceeded ? rule.deadband : 0, channels) === wasExceeded) {
    if (!Number.isNaN(since)) memory.sinceMs[i] = Number.NaN;
    return false;
  }
  const isRunning = since <= atMs; // neither unknown nor, by a clock that was set back, yet to come
  if (!isRunning) memory.sinceMs[i] = atMs;
  const waitedMs = isRunning ? atMs - since : 0;
  if (waitedMs < (wasExceeded ? rule.offDelayMs : rule.onDelayMs)) return false;
  memory.isExceeded[i] = wasExceeded ? 0 : 1;
  memory.sinceMs[i] = Number.NaN;
  return true;
}

/** With a deadband the reading must come back that far inside the limit to count as normal. */
function isBeyond(rule: Rule, value: number, rate: number, deadband: number, channels: ArrayLike<number>): boolean {
  if (value > rule.high - deadband || Math.abs(rate) > rule.rate - deadband) return true;
  return value < rule.low + deadband && !(rule.needsSpindle && isAtRest(channels));
}

/** No sensor says that the spindle turns. */
const isAtRest = (channels: ArrayLike<number>): boolean =>
  !(channels[CHANNEL_INDEX.rpm]! > 1) && !(channels[CHANNEL_INDEX.torque]! > 0);

function measureRate(i: number, memory: RuleMemory, atMs: number, value: number): void {
  const fromMs = memory.rateFromMs[i]!;
  if (!(fromMs <= atMs)) {
    memory.rateFromMs[i] = atMs;
    memory.rateFromValue[i] = value;
  } else if (atMs - fromMs >= RATE_WINDOW_MS) {
    memory.rate[i] = ((value - memory.rateFromValue[i]!) / (atMs - fromMs)) * 1000;
    memory.rateFromMs[i] = atMs;
    memory.rateFromValue[i] = value;
  }
}

function announce(set: RuleSet, memory: RuleMemory, atMs: number, channels: ArrayLike<number>): readonly AlarmChange[] {
  const changes: AlarmChange[] = [];
  for (let p = 0; p < set.points.length; p++) {
    const told = memory.announced[p]!;
    const worst = mostUrgent(set, memory, p);
    const now = worst < 0 ? 0 : set.rules[worst]!.priority;
    if (now === told) continue;
    memory.announced[p] = now;
    if (now > told && told !== 0) continue;
    const kind = now === 0 ? 'returned' : told === 0 ? 'raised' : 'escalated';
    const { type, channel, isLatching } = set.points[p]!;
    const i = worst < 0 ? lastRuleOf(set, p, told) : worst;
    changes.push({ kind, type, channel, isLatching, atMs, ...reading(set.rules[i]!, i, memory, channels) });
  }
  return changes;
}

/** Index of the most urgent exceeded rule of a point, or -1. */
function mostUrgent({ rules }: RuleSet, memory: RuleMemory, point: number): number {
  let worst = -1;
  for (let i = 0; i < rules.length; i++) {
    if (rules[i]!.point !== point || memory.isExceeded[i] === 0) continue;
    if (worst < 0 || rules[i]!.priority < rules[worst]!.priority) worst = i;
  }
  return worst;
}

/** The rule that was last told of a point; where its priority has no rule any more, any rule of the point. */
function lastRuleOf({ rules }: RuleSet, point: number, told: number): number {
  const exact = rules.findIndex((rule) => rule.point === point && rule.priority === told);
  return exact >= 0 ? exact : rules.findIndex((rule) => rule.point === point);
}

/** Reading and limit that tell of a rule: the limit that is exceeded, else the first that the rule has. */
function reading(rule: Rule, i: number, memory: RuleMemory, channels: ArrayLike<number>) {
  const { priority, stop, high, low } = rule;
  const value = rule.derivedAt < 0 ? channels[rule.channelIndex]! : memory.derived[rule.derivedAt]!;
  const rate = memory.rate[i]!;
  const bound = boundOf(rule, value, rate);
  if (bound === 'rate') return { priority, stop, bound, value: rate, limit: rule.rate };
  return { priority, stop, bound, value, limit: bound === 'high' ? high : low };
}

function boundOf({ high, low, rate }: Rule, value: number, measuredRate: number): Bound {
  if (value > high) return 'high';
  if (value < low) return 'low';
  if (Math.abs(measuredRate) > rate) return 'rate';
  if (!Number.isNaN(high)) return 'high';
  return Number.isNaN(low) ? 'rate' : 'low';
}
