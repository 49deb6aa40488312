/** The stream's channels in wire order: name and unit of each float of a tick record. */
export const CHANNELS = [
  { name: 'rpm', unit: '1/min' },
  { name: 'feedRate', unit: 'mm/min' },
  { name: 'torque', unit: 'N·m' },
  { name: 'power', unit: 'W' },
  { name: 'cuttingForce', unit: 'N' },
  { name: 'airTemperature', unit: 'K' },
  { name: 'processTemperature', unit: 'K' },
  { name: 'vibration', unit: 'mm/s' },
  { name: 'toolWear', unit: 'min' },
  { name: 'flankWear', unit: 'mm' },
  { name: 'failureProbability', unit: '1' },
  { name: 'health', unit: '1' },
  { name: 'remainingUsefulLife', unit: 'min' },
  { name: 'progress', unit: '1' },
  { name: 'x', unit: 'mm' },
  { name: 'z', unit: 'mm' },
  { name: 'cuttingZoneTemperature', unit: 'K' },
  { name: 'workDiameter', unit: 'mm' },
] as const;

export type ChannelName = (typeof CHANNELS)[number]['name'];

export const CHANNEL_COUNT = CHANNELS.length;
export const CHANNEL_NAMES: readonly ChannelName[] = CHANNELS.map((channel) => channel.name);

/** Position of each channel in a record, so that hot code needs no search. */
export const CHANNEL_INDEX = Object.fromEntries(CHANNELS.map((channel, i) => [channel.name, i])) as Record<
  ChannelName,
  number
>;
