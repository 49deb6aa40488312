import type { Threshold } from '../contract/alert.js';
import type { AlertType } from '../contract/enums.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { ThresholdsInvalidError } from './alarm.errors.js';

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
}

export const pointKey = (type: AlertType, channel: ChannelName): string => `${type}:${channel}`;
export const ruleKey = ({ type, channel, priority }: Threshold): string => `${pointKey(type, channel)}:${priority}`;

/** @throws ThresholdsInvalidError as `assertThresholds` does */
export function compileRules(thresholds: readonly Threshold[]): RuleSet {
  assertThresholds(thresholds);
  const points: AlarmPoint[] = [];
  const rules = thresholds.map((threshold): Rule => {
    const { type, channel } = threshold;
    const key = pointKey(type, channel);
    let point = points.findIndex((known) => known.key === key);
    if (point < 0) point = points.push({ key, type, channel, isLatching: false }) - 1;
    if (threshold.latching) points[point]!.isLatching = true;
    return {
      key: ruleKey(threshold),
      point,
      channelIndex: CHANNEL_INDEX[channel],
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
  return { rules, points };
}

/** @throws ThresholdsInvalidError naming each threshold that repeats, contradicts or oversteps another */
export function assertThresholds(thresholds: readonly Threshold[]): void {
  const seen = new Set<string>();
  const errors = thresholds.flatMap((threshold, i) => {
    const { priority, high, low, deadband, stop, type } = threshold;
    const faults: { path: string; message: string }[] = [];
    const key = ruleKey(threshold);
    if (seen.has(key)) faults.push({ path: `${i}.priority`, message: `${key} is given twice` });
    seen.add(key);
    if (type === 'MANUAL')
      faults.push({ path: `${i}.type`, message: 'MANUAL alarms are raised by people, not by limits' });
    if (stop && priority !== 1) {
      faults.push({ path: `${i}.stop`, message: `only a critical alarm (priority 1) stops a lathe, got ${priority}` });
    }
    if (high !== undefined && low !== undefined && low + deadband >= high - deadband) {
      faults.push({
        path: `${i}.low`,
        message: `low ${low} and high ${high} leave no room for the deadband ${deadband}`,
      });
    }
    return faults;
  });
  if (errors.length > 0) throw new ThresholdsInvalidError(errors);
}
