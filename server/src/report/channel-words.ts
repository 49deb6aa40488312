import { CHANNELS, type ChannelName } from '#domain/telemetry/channels.js';

/** Channels as reports name them. */
const NAMES: Readonly<Record<ChannelName, string>> = {
  rpm: 'Spindle speed',
  feedRate: 'Feed rate',
  torque: 'Spindle torque',
  power: 'Spindle power',
  cuttingForce: 'Cutting force',
  airTemperature: 'Air temperature',
  processTemperature: 'Process temperature',
  vibration: 'Vibration (RMS)',
  toolWear: 'Minutes in the cut',
  flankWear: 'Flank wear VB',
  failureProbability: 'Failure probability',
  health: 'Health',
  remainingUsefulLife: 'Remaining life',
  progress: 'Progress',
  x: 'Tool position x',
  z: 'Tool position z',
  cuttingZoneTemperature: 'Cutting-zone temperature',
  workDiameter: 'Work diameter',
};
const UNITS = Object.fromEntries(CHANNELS.map(({ name, unit }) => [name, unit])) as Record<ChannelName, string>;

export const channelName = (channel: ChannelName): string => NAMES[channel];

/** The channel with its unit, as an axis says it. */
export function channelTitle(channel: ChannelName): string {
  const unit = UNITS[channel];
  return unit === '1' ? `${NAMES[channel]} (0 to 1)` : `${NAMES[channel]} in ${unit}`;
}
