import { LIVELY_CHANNELS } from '#domain/alarms/derived-quantity.js';
import { EXPECTED_CHANNELS } from '#domain/alarms/expectation.js';
import { ALERT_TYPES, type AlertType } from '#domain/contract/enums.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import type { NumberField } from './limits-draft';

type LimitType = Exclude<AlertType, 'MANUAL'>;

export const LIMIT_TYPES = ALERT_TYPES.filter((type): type is LimitType => type !== 'MANUAL');

/** Readings that a kind of alarm is usually about, the first of them offered; any other kind takes whichever. */
const CHANNELS: Partial<Record<LimitType, readonly ChannelName[]>> = {
  HIGH_TEMPERATURE: ['processTemperature', 'cuttingZoneTemperature', 'airTemperature'],
  HIGH_VIBRATION: ['vibration'],
  HIGH_TORQUE: ['torque'],
  POWER_LIMIT: ['power'],
  TOOL_WEAR: ['flankWear', 'toolWear'],
  FAILURE_RISK: ['failureProbability', 'remainingUsefulLife', 'health'],
  ANOMALY: EXPECTED_CHANNELS,
  SENSOR_FAULT: LIVELY_CHANNELS,
  JOB_OVERRUN: ['progress'],
  OFFLINE: ['progress'],
};

export const channelsOf = (type: LimitType): readonly ChannelName[] =>
  CHANNELS[type] ?? (CHANNEL_NAMES as ChannelName[]);

const ALL: readonly NumberField[] = ['high', 'low', 'rate', 'deadband', 'onDelayS', 'offDelayS'];

/** Fields that mean something for a kind of alarm: some quantities only ever grow too great, or have no rate. */
export function fieldsOf(type: AlertType): readonly NumberField[] {
  if (type === 'SENSOR_FAULT' || type === 'OFFLINE' || type === 'JOB_OVERRUN') {
    return ALL.filter((field) => field !== 'low' && field !== 'rate');
  }
  return type === 'ANOMALY' ? ALL.filter((field) => field !== 'rate') : ALL;
}
