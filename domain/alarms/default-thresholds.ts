import type { Threshold } from '../contract/alert.js';

const KELVIN_AT_0_CELSIUS = 273.15;

/** Sensors that others rely on; speed, torque and power come from one drive and fail together. */
const SENSED = ['rpm', 'torque', 'vibration', 'processTemperature'] as const;

/**
 * Limits of a 15 kW lathe with an 8 inch chuck, in the units of the stream's channels.
 * A healthy flood-cooled job stays below all of them. The off-delays outlast the pause between two passes, so that one
 * trouble is one alarm and not one for each pass; a more urgent limit has the shorter on-delay, so that a jump is one alarm
 * of the right priority.
 *
 * - Tool holder: 95 °C is reached when coolant stays away from a real cut, 125 °C is beyond what wet cutting can explain.
 * - Vibration: 7.1 mm/s is the C/D zone limit of ISO 10816-1 for machines of 15 to 75 kW. It grades the machine and not
 *   the cut, so that only 11.2 mm/s, full chatter, stops the lathe.
 * - Torque and power: continuous rating (149 N·m, 11 kW), then 95 % of the peak rating (203 N·m, 15 kW).
 * - Flank wear: 0.30 mm is the end of tool life of ISO 3685; an edge breaks near 0.60 mm.
 * - Failure probability: within the next 10 min. Remaining life: time to fetch the next tool.
 * - Anomaly: share by which a reading surely departs from what the physical model expects of a sound machine in this job:
 *   vibration and torque of the spindle turning freely (imbalance, bearings), force in the cut (chipped edge, hard spot).
 * - Sensor fault: seconds without a new reading; noise never lets a sound sensor say the same twice.
 * - Offline: seconds without a tick of a lathe that has a job. Job overrun: time taken per time planned.
 */
export const DEFAULT_THRESHOLDS: readonly Threshold[] = [
  ...high('HIGH_TEMPERATURE', 'processTemperature', { deadband: 3, offDelayS: 30 }, [
    { priority: 3, high: KELVIN_AT_0_CELSIUS + 95, onDelayS: 3 },
    { priority: 2, high: KELVIN_AT_0_CELSIUS + 125, onDelayS: 2 },
  ]),
  ...high('HIGH_VIBRATION', 'vibration', { deadband: 0.5, offDelayS: 30 }, [
    { priority: 3, high: 7.1, onDelayS: 3 },
    { priority: 2, high: 9, onDelayS: 2 },
    { priority: 1, high: 11.2, onDelayS: 1.5, stop: true },
  ]),
  ...high('HIGH_TORQUE', 'torque', { deadband: 6, offDelayS: 30 }, [
    { priority: 3, high: 149, onDelayS: 2 },
    { priority: 2, high: 193, onDelayS: 1 },
  ]),
  ...high('POWER_LIMIT', 'power', { deadband: 400, offDelayS: 30 }, [
    { priority: 3, high: 11_000, onDelayS: 2 },
    { priority: 2, high: 14_250, onDelayS: 1 },
  ]),
  ...high('TOOL_WEAR', 'flankWear', { deadband: 0.03, offDelayS: 1 }, [
    { priority: 3, high: 0.3, onDelayS: 1 },
    { priority: 2, high: 0.45, onDelayS: 1 },
    { priority: 1, high: 0.58, onDelayS: 1 },
  ]),
  ...high('FAILURE_RISK', 'failureProbability', { deadband: 0.05, offDelayS: 60 }, [
    { priority: 3, high: 0.7, onDelayS: 3 },
    { priority: 2, high: 0.9, onDelayS: 2 },
  ]),
  {
    ...{ channel: 'remainingUsefulLife', type: 'FAILURE_RISK', priority: 4, low: 3 },
    ...{ deadband: 0.5, onDelayS: 2, offDelayS: 60 },
  },
  ...high('ANOMALY', 'vibration', { deadband: 0.01, offDelayS: 10 }, [
    { priority: 4, high: 0.02, onDelayS: 3 },
    { priority: 3, high: 0.15, onDelayS: 1 },
    { priority: 2, high: 1, onDelayS: 1 },
  ]),
  ...high('ANOMALY', 'torque', { deadband: 0.02, offDelayS: 10 }, [
    { priority: 4, high: 0.05, onDelayS: 3 },
    { priority: 3, high: 0.2, onDelayS: 1 },
    { priority: 2, high: 1, onDelayS: 1 },
  ]),
  {
    ...{ channel: 'cuttingForce', type: 'ANOMALY', priority: 3, high: 0.15, low: -0.15 },
    ...{ deadband: 0.05, onDelayS: 2, offDelayS: 30 },
  },
  ...SENSED.flatMap((channel) =>
    high('SENSOR_FAULT', channel, { deadband: 0, offDelayS: 5 }, [{ priority: 3, high: 10, onDelayS: 0 }]),
  ),
  ...high('OFFLINE', 'progress', { deadband: 0, offDelayS: 0 }, [{ priority: 2, high: 10, onDelayS: 3 }]),
  ...high('JOB_OVERRUN', 'progress', { deadband: 0, offDelayS: 0 }, [{ priority: 3, high: 1.1, onDelayS: 30 }]),
];

function high(
  type: Threshold['type'],
  channel: Threshold['channel'],
  calm: Pick<Threshold, 'deadband' | 'offDelayS'>,
  limits: Pick<Threshold, 'priority' | 'high' | 'onDelayS' | 'stop'>[],
): Threshold[] {
  return limits.map((limit) => ({ channel, type, ...limit, ...calm }));
}
