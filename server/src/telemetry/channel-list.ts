import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { ValidationError } from '../common/errors.js';

/** The channels that a query names, comma-separated; all where it names none. @throws ValidationError for an unknown one */
export function channelsOf(list: string | undefined): readonly ChannelName[] {
  if (list === undefined) return CHANNEL_NAMES;
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !CHANNEL_NAMES.includes(name as ChannelName));
  if (unknown.length > 0) {
    throw new ValidationError(
      unknown.map((name) => ({
        path: 'channels',
        message: `unknown channel "${name}", expected one of ${CHANNEL_NAMES.join(', ')}`,
      })),
    );
  }
  return names as ChannelName[];
}
