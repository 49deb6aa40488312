import { canonicalLatheId } from '#domain/contract/lathe.js';
import { type CreateChannelDto, CreateChannelSchema, type News } from '#domain/contract/notification.js';

/** What is typed into the form of a new channel. */
export interface ChannelDraft {
  kind: 'webhook' | 'email';
  name: string;
  url: string;
  secret: string;
  to: string;
  from: string;
  host: string;
  port: string;
  security: 'none' | 'starttls' | 'tls';
  user: string;
  password: string;
  priorities: number[];
  news: News[];
  /** ids apart by commas or spaces; empty: all */
  lathes: string;
  afterMinutes: string;
  messages: string;
  perMinutes: string;
}

export const NEW_CHANNEL: ChannelDraft = {
  ...{ kind: 'email', name: '', url: '', secret: '', to: '', from: '', host: '', port: '587', security: 'starttls' },
  ...{ user: '', password: '', priorities: [1, 2], news: ['raised'], lathes: '', afterMinutes: '0' },
  ...{ messages: '20', perMinutes: '10' },
};

const parts = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** The channel as the server wants it, or what is wrong first. */
export function channelOf(draft: ChannelDraft): { channel: CreateChannelDto } | { fault: string } {
  const lathes = parts(draft.lathes);
  const strange = lathes.find((id) => !canonicalLatheId(id));
  if (strange) return { fault: `${strange} is no lathe` };
  const route = {
    name: draft.name,
    priorities: draft.priorities,
    news: draft.news,
    lathes: lathes.length === 0 ? ('all' as const) : lathes,
    afterMinutes: Number(draft.afterMinutes),
    limit: { messages: Number(draft.messages), perMinutes: Number(draft.perMinutes) },
  };
  const account = {
    ...(draft.user ? { user: draft.user } : {}),
    ...(draft.password ? { password: draft.password } : {}),
  };
  const smtp = { host: draft.host.trim(), port: Number(draft.port), security: draft.security, ...account };
  const channel: CreateChannelDto =
    draft.kind === 'webhook'
      ? { kind: 'webhook', ...route, url: draft.url.trim(), secret: draft.secret }
      : { kind: 'email', ...route, to: parts(draft.to), from: draft.from.trim(), smtp };
  const parsed = CreateChannelSchema.safeParse(channel);
  if (parsed.success) return { channel };
  const [issue] = parsed.error.issues;
  return { fault: `${issue?.path.join('.')}: ${issue?.message}` };
}
