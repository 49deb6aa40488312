import type { AlertDto } from '#domain/contract/alert.js';
import type { ChannelDto, News } from '#domain/contract/notification.js';
import type { ChannelDocument } from './channel.schema.js';

/** A channel with what is never shown of it. */
export type Channel = ChannelDocument;

/** Whether this kind of news of this alert goes to the channel. */
export function concerns(channel: Channel, news: News, { priority, lathe_id }: AlertDto): boolean {
  const { enabled, priorities, lathes } = channel;
  return (
    enabled && channel.news.includes(news) && priorities.includes(priority) && (!lathes || lathes.includes(lathe_id))
  );
}

export function toChannelDto(channel: Channel): ChannelDto {
  const { _id, name, enabled, priorities, lathes, news, afterMinutes, limit, createdAt, createdBy } = channel;
  const known = {
    id: _id,
    ...{ name, enabled, priorities, lathes: lathes ?? ('all' as const), news, afterMinutes, limit, createdBy },
    createdAt: createdAt.toISOString(),
  };
  if (channel.kind === 'webhook') return { kind: 'webhook', ...known, url: channel.url ?? '' };
  const smtp = channel.smtp ?? { host: '', port: 25, security: 'none' };
  return {
    kind: 'email',
    ...known,
    to: channel.to ?? [],
    from: channel.from ?? '',
    smtp: { ...smtp, hasPassword: channel.sealedSecret !== undefined },
  };
}
