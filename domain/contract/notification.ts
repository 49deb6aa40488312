import { z } from 'zod';
import { PrioritySchema } from './alert.js';
import { LatheIdSchema } from './lathe.js';
import { PageQueryShape } from './page.js';

/** What of an alert can be told. */
export const NEWS = ['raised', 'acknowledged', 'over'] as const;
export const NewsSchema = z
  .enum(NEWS)
  .describe(
    'raised: also raised again, more urgent, or back from a shelf; over: it has returned to normal or was resolved',
  );
export type News = z.infer<typeof NewsSchema>;

const unique = <Item>(items: Item[]): boolean => new Set(items).size === items.length;

const RouteShape = {
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean(),
  priorities: z.array(PrioritySchema).min(1).max(4).refine(unique, 'names a priority twice'),
  lathes: z.union([z.literal('all'), z.array(LatheIdSchema).min(1).max(5000)]),
  news: z.array(NewsSchema).min(1).max(3).refine(unique, 'names a kind of news twice'),
  afterMinutes: z
    .number()
    .int()
    .min(0)
    .max(1440)
    .describe('0: told at once; more: told of a raised alert only if nobody has acknowledged it by then'),
  limit: z
    .strictObject({
      messages: z.number().int().min(1).max(500),
      perMinutes: z.number().int().min(1).max(60),
    })
    .describe('a quarter of the messages is kept for priority 1; what goes beyond follows in one message'),
};

const RouteDefaults = {
  ...RouteShape,
  enabled: RouteShape.enabled.default(true),
  priorities: RouteShape.priorities.default([1, 2]),
  lathes: RouteShape.lathes.default('all'),
  news: RouteShape.news.default(['raised']),
  afterMinutes: RouteShape.afterMinutes.default(0),
  limit: RouteShape.limit.default({ messages: 20, perMinutes: 10 }),
};

const WebAddressSchema = z
  .url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' })
  .max(2000)
  .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'must not hold a user or password');
const SecretSchema = z.string().min(16, 'needs at least 16 characters').max(200);
const MailSchema = z.email().max(200);
const HostSchema = z
  .string()
  .max(253)
  .regex(/^[\w.:-]+$/, 'expected a host name or an address');

const WebhookShape = {
  url: WebAddressSchema,
  secret: SecretSchema.describe('signs each message; never given out again'),
};
const SmtpShape = {
  host: HostSchema,
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['none', 'starttls', 'tls']),
  user: z.string().min(1).max(200).optional(),
  password: z.string().min(1).max(200).optional().describe('never given out again'),
};
const EmailShape = {
  to: z.array(MailSchema).min(1).max(20),
  from: MailSchema,
  smtp: z.strictObject(SmtpShape),
};

export const CreateChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), ...RouteDefaults, ...WebhookShape }),
  z.strictObject({ kind: z.literal('email'), ...RouteDefaults, ...EmailShape }),
]);
export type CreateChannelDto = z.input<typeof CreateChannelSchema>;

/** What is left out stays as it is. A channel keeps its kind. */
export const PatchChannelSchema = z
  .strictObject({ ...RouteShape, ...WebhookShape, ...EmailShape })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'nothing to change');
export type PatchChannelDto = z.input<typeof PatchChannelSchema>;

const { password: _, ...OpenSmtpShape } = SmtpShape;
const KnownShape = {
  id: z.string(),
  ...RouteShape,
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
};
export const ChannelSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), ...KnownShape, url: z.string() }),
  z.object({
    kind: z.literal('email'),
    ...KnownShape,
    to: z.array(z.string()),
    from: z.string(),
    smtp: z.object({ ...OpenSmtpShape, hasPassword: z.boolean() }),
  }),
]);
export type ChannelDto = z.infer<typeof ChannelSchema>;

export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'retrying',
  'delivered',
  'failed',
  'held',
  'digested',
  'notNeeded',
] as const;
export const DeliveryStateSchema = z
  .enum(DELIVERY_STATES)
  .describe(
    'held: beyond the limit, waits for the next digest; digested: told in a digest; notNeeded: acknowledged in time, or the channel is off',
  );
export type DeliveryState = z.infer<typeof DeliveryStateSchema>;

export const DeliverySchema = z.object({
  id: z.string().describe('also the Idempotency-Key of a webhook and the Message-ID of an e-mail'),
  channelId: z.string(),
  channelName: z.string(),
  type: z.enum(['alert', 'digest', 'test']),
  news: NewsSchema.optional(),
  alertId: z.string().optional(),
  transition: z.number().int().optional().describe('n of the transition that it tells of'),
  latheId: z.string().optional(),
  priority: PrioritySchema.optional(),
  escalation: z.boolean().describe('told because nobody had acknowledged'),
  summary: z.string(),
  state: DeliveryStateSchema,
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  deliveredAt: z.iso.datetime().optional(),
  error: z.string().optional().describe('of the last attempt'),
});
export type DeliveryDto = z.infer<typeof DeliverySchema>;

const { limit, cursor } = PageQueryShape;
export const DeliveriesQuerySchema = z.strictObject({
  limit,
  cursor,
  channelId: z.string().max(64).optional(),
  state: DeliveryStateSchema.optional(),
});
