import { CHANNEL_COUNT, type ChannelName } from '#domain/telemetry/channels.js';

/** Projection of the channels of a document; all of them as one field, which the store hands over quicker than each by itself. */
export function channelProjection(channels: readonly ChannelName[]): Record<string, 1> {
  if (new Set(channels).size === CHANNEL_COUNT) return { channels: 1 };
  return Object.fromEntries(channels.map((channel) => [`channels.${channel}`, 1]));
}
