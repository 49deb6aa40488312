import type { Threshold } from '../contract/alert.js';
import type { AlertType } from '../contract/enums.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { DERIVED_WIDTH, type DerivedQuantity } from './derived-quantity.js';
import { DERIVED_KINDS, isPlantType, PLANT_TYPES, type PlantType } from './judged-quantity.js';
import { assertThresholds } from './threshold-check.js';

/** Rules that speak of one thing, such as three temperature limits: together they make one alarm. */
export interface AlarmPoint {
  key: string;
  type: AlertType;
  channel: ChannelName;
  isLatching: boolean;
}

/** One threshold, ready for evaluation; a limit that is not set is NaN, which nothing exceeds. */
export interface Rule {
  key: string;
  point: number;
  channelIndex: number;
  /** where the derived quantity that it watches lies in the memory; -1: it watches the reading itself */
  derivedAt: number;
  /** its low limit holds only while the spindle turns */
  needsSpindle: boolean;
  priority: number;
  high: number;
  low: number;
  rate: number;
  deadband: number;
  onDelayMs: number;
  offDelayMs: number;
  stop: boolean;
}

/** The thresholds of one lathe, compiled once and shared by every tick. */
export interface RuleSet {
  rules: readonly Rule[];
  points: readonly AlarmPoint[];
  derived: readonly DerivedQuantity[];
}

/** Without the spindle turning these rest at 0, which is no sign of trouble. */
const SPINDLE_DRIVEN: ReadonlySet<ChannelName> = new Set([
  'rpm',
  'torque',
  'power',
  'vibration',
  'cuttingForce',
  'feedRate',
]);

export const pointKey = (type: AlertType, channel: ChannelName): string => `${type}:${channel}`;
export const ruleKey = ({ type, channel, priority }: Pick<Threshold, 'type' | 'channel' | 'priority'>): string =>
  `${pointKey(type, channel)}:${priority}`;

/** The rules that are judged on each tick of a lathe. @throws ThresholdsInvalidError as `assertThresholds` does */
export function compileRules(thresholds: readonly Threshold[]): RuleSet {
  assertThresholds(thresholds);
  return compile(
    thresholds.filter(({ type }) => !isPlantType(type)),
    ({ channel }) => CHANNEL_INDEX[channel],
  );
}

/** The rules about a lathe as the plant sees it; they read one value for each of PLANT_TYPES instead of channels. */
export function compilePlantRules(thresholds: readonly Threshold[]): RuleSet {
  const own = thresholds.filter(({ type }) => isPlantType(type));
  return compile(own, ({ type }) => PLANT_TYPES.indexOf(type as PlantType));
}

function compile(thresholds: readonly Threshold[], indexOf: (threshold: Threshold) => number): RuleSet {
  const points: AlarmPoint[] = [];
  const derived: DerivedQuantity[] = [];
  const rules = thresholds.map((threshold): Rule => {
    const { type, channel } = threshold;
    const key = pointKey(type, channel);
    let point = points.findIndex((known) => known.key === key);
    if (point < 0) {
      point = points.push({ key, type, channel, isLatching: false }) - 1;
      const kind = DERIVED_KINDS[type];
      if (kind) derived.push({ key, kind, channel, channelIndex: CHANNEL_INDEX[channel] });
    }
    if (threshold.latching) points[point]!.isLatching = true;
    const place = derived.findIndex((quantity) => quantity.key === key);
    return {
      key: ruleKey(threshold),
      point,
      channelIndex: indexOf(threshold),
      derivedAt: place < 0 ? -1 : place * DERIVED_WIDTH,
      needsSpindle: place < 0 && SPINDLE_DRIVEN.has(channel),
      priority: threshold.priority,
      high: threshold.high ?? Number.NaN,
      low: threshold.low ?? Number.NaN,
      rate: threshold.rate ?? Number.NaN,
      deadband: threshold.deadband,
      onDelayMs: threshold.onDelayS * 1000,
      offDelayMs: threshold.offDelayS * 1000,
      stop: threshold.stop ?? false,
    };
  });
  return { rules, points, derived };
}
