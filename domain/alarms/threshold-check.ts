import type { Threshold } from '../contract/alert.js';
import type { AlertType } from '../contract/enums.js';
import type { FieldError } from '../contract/errors.js';
import type { ChannelName } from '../telemetry/channels.js';
import { ThresholdsInvalidError } from './alarm.errors.js';
import { LIVELY_CHANNELS } from './derived-quantity.js';
import { EXPECTED_CHANNELS } from './expectation.js';

/** Channels that a type can be judged on; a type that is missing takes any. */
const CHANNELS_OF_TYPE: Partial<Record<AlertType, readonly ChannelName[]>> = {
  SENSOR_FAULT: LIVELY_CHANNELS,
  ANOMALY: EXPECTED_CHANNELS,
  OFFLINE: ['progress'],
  JOB_OVERRUN: ['progress'],
};
/** Types whose limits count upwards only. */
const HIGH_ONLY: ReadonlySet<AlertType> = new Set(['SENSOR_FAULT', 'OFFLINE', 'JOB_OVERRUN']);

/** @throws ThresholdsInvalidError naming each threshold that repeats, contradicts or oversteps another */
export function assertThresholds(thresholds: readonly Threshold[]): void {
  const seen = new Set<string>();
  const errors = thresholds.flatMap((threshold, i) => {
    const { type, channel, priority } = threshold;
    const key = `${type}:${channel}:${priority}`;
    const faults = faultsOf(threshold);
    if (seen.has(key)) faults.push({ path: 'priority', message: `${key} is given twice` });
    seen.add(key);
    return faults.map(({ path, message }) => ({ path: `${i}.${path}`, message }));
  });
  if (errors.length > 0) throw new ThresholdsInvalidError(errors);
}

function faultsOf({ type, channel, priority, high, low, rate, deadband, stop }: Threshold): FieldError[] {
  const faults: FieldError[] = [];
  const say = (path: string, message: string) => faults.push({ path, message });
  if (type === 'MANUAL') say('type', 'MANUAL alarms are raised by people, not by limits');
  const channels = CHANNELS_OF_TYPE[type];
  if (channels && !channels.includes(channel)) say('channel', `${type} is judged on ${channels.join(', ')}`);
  if (HIGH_ONLY.has(type) && (low !== undefined || rate !== undefined)) say('high', `${type} has no limit but high`);
  if (type === 'ANOMALY' && rate !== undefined) say('rate', 'ANOMALY has limits of the deviation, not of its rate');
  if (stop && priority !== 1) say('stop', `only a critical alarm (priority 1) stops a lathe, got ${priority}`);
  if (high !== undefined && low !== undefined && low + deadband >= high - deadband) {
    say('low', `low ${low} and high ${high} leave no room for the deadband ${deadband}`);
  }
  return faults;
}
