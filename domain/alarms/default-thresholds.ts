import type { Threshold } from '../contract/alert.js';

const KELVIN_AT_0_CELSIUS = 273.15;

/**
 * Limits of a 15 kW lathe with an 8 inch chuck, in the units of the stream's channels.
 * A healthy flood-cooled job stays below all of them. The off-delays outlast the pause between two passes, so that one
 * trouble is one alarm and not one for each pass.
 *
 * - Tool holder: 95 °C is reached when coolant stays away from a real cut, 125 °C is beyond what wet cutting can explain.
 * - Vibration: 7.1 mm/s is the C/D zone limit of ISO 10816-1 for machines of 15 to 75 kW. It grades the machine and not
 *   the cut, so that only 11.2 mm/s, full chatter, stops the lathe.
 * - Torque and power: continuous rating (149 N·m, 11 kW), then 95 % of the peak rating (203 N·m, 15 kW).
 * - Flank wear: 0.30 mm is the end of tool life of ISO 3685; an edge breaks near 0.60 mm.
 * - Failure probability: within the next 10 min.
 */
export const DEFAULT_THRESHOLDS: readonly Threshold[] = [
  ...high('HIGH_TEMPERATURE', 'processTemperature', { deadband: 3, onDelayS: 3, offDelayS: 30 }, [
    { priority: 3, high: KELVIN_AT_0_CELSIUS + 95 },
    { priority: 2, high: KELVIN_AT_0_CELSIUS + 125 },
  ]),
  ...high('HIGH_VIBRATION', 'vibration', { deadband: 0.5, onDelayS: 3, offDelayS: 30 }, [
    { priority: 3, high: 7.1 },
    { priority: 2, high: 9 },
    { priority: 1, high: 11.2, stop: true },
  ]),
  ...high('HIGH_TORQUE', 'torque', { deadband: 6, onDelayS: 2, offDelayS: 30 }, [
    { priority: 3, high: 149 },
    { priority: 2, high: 193 },
  ]),
  ...high('POWER_LIMIT', 'power', { deadband: 400, onDelayS: 2, offDelayS: 30 }, [
    { priority: 3, high: 11_000 },
    { priority: 2, high: 14_250 },
  ]),
  ...high('TOOL_WEAR', 'flankWear', { deadband: 0.03, onDelayS: 1, offDelayS: 1 }, [
    { priority: 3, high: 0.3 },
    { priority: 2, high: 0.45 },
    { priority: 1, high: 0.58 },
  ]),
  ...high('FAILURE_RISK', 'failureProbability', { deadband: 0.05, onDelayS: 3, offDelayS: 30 }, [
    { priority: 3, high: 0.7 },
    { priority: 2, high: 0.9 },
  ]),
];

function high(
  type: Threshold['type'],
  channel: Threshold['channel'],
  delays: Pick<Threshold, 'deadband' | 'onDelayS' | 'offDelayS'>,
  limits: Pick<Threshold, 'priority' | 'high' | 'stop'>[],
): Threshold[] {
  return limits.map((limit) => ({ channel, type, ...limit, ...delays }));
}
