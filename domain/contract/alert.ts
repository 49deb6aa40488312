import { z } from 'zod';
import { CHANNEL_NAMES, type ChannelName } from '../telemetry/channels.js';
import { AlarmStateSchema, AlertTypeSchema, SeveritySchema } from './enums.js';
import { LatheIdSchema } from './lathe.js';
import { BACKWARD, isForward, PageQueryShape } from './page.js';

export const PrioritySchema = z.number().int().min(1).max(4);

export const AlertSchema = z.object({
  id: z.string(),
  lathe_id: z.string(),
  job_id: z.string().optional(),
  alert_type: AlertTypeSchema,
  channel: z
    .enum(CHANNEL_NAMES as [ChannelName, ...ChannelName[]])
    .optional()
    .describe('what value and threshold are of'),
  severity: SeveritySchema,
  priority: PrioritySchema,
  state: AlarmStateSchema,
  value: z.number().optional(),
  threshold: z.number().optional(),
  message: z.string(),
  timestamp: z.iso.datetime(),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: z.iso.datetime().optional(),
  resolved: z.boolean(),
  resolvedAt: z.iso.datetime().optional(),
  shelvedUntil: z.iso.datetime().optional(),
  n: z.number().int().min(1).describe('number of its last transition: of two copies the higher one is newer'),
});
export type AlertDto = z.infer<typeof AlertSchema>;

export const CreateAlertSchema = z.strictObject({
  latheId: LatheIdSchema,
  message: z.string().trim().min(1).max(500),
  severity: SeveritySchema,
  stop: z.boolean().default(false),
});
export type CreateAlertDto = z.input<typeof CreateAlertSchema>;

export const AlertActionSchema = z.strictObject({ comment: z.string().trim().max(500).optional() });
export const ShelveAlertSchema = z.strictObject({
  minutes: z.number().positive().max(480),
  reason: z.string().trim().min(1).max(500),
});

export const AlertsQuerySchema = z
  .strictObject({
    ...PageQueryShape,
    state: AlarmStateSchema.optional(),
    open: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .describe('true: those that are not over yet'),
    priority: z.coerce.number().int().min(1).max(4).optional(),
    latheId: LatheIdSchema.optional(),
    type: AlertTypeSchema.optional(),
  })
  .refine(isForward, BACKWARD);

export const AlertTransitionSchema = z.object({
  n: z.number().int().min(1),
  at: z.iso.datetime(),
  event: z.string(),
  from: AlarmStateSchema,
  to: AlarmStateSchema,
  actor: z.string(),
  comment: z.string().optional(),
});
export type AlertTransitionDto = z.infer<typeof AlertTransitionSchema>;

export const ThresholdSchema = z
  .strictObject({
    channel: z.enum(CHANNEL_NAMES as [ChannelName, ...ChannelName[]]),
    type: AlertTypeSchema,
    priority: PrioritySchema,
    high: z.number().optional(),
    low: z.number().optional(),
    rate: z.number().positive().optional().describe('change per second, in either direction'),
    deadband: z.number().min(0),
    onDelayS: z.number().min(0).max(3600),
    offDelayS: z.number().min(0).max(3600),
    latching: z.boolean().optional(),
    stop: z.boolean().optional(),
  })
  .refine((t) => t.high !== undefined || t.low !== undefined || t.rate !== undefined, 'needs high, low or rate');
export type Threshold = z.infer<typeof ThresholdSchema>;
export const ThresholdsSchema = z.array(ThresholdSchema).max(48);
