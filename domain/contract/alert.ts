import { z } from 'zod';
import { CHANNEL_NAMES, type ChannelName } from '../telemetry/channels.js';
import { AlarmStateSchema, AlertTypeSchema, SeveritySchema } from './enums.js';
import { LatheIdSchema } from './lathe.js';
import { BACKWARD, isForward, PageQueryShape } from './page.js';

export const PrioritySchema = z.number().int().min(1).max(4);

export const ChannelSchema = z.enum(CHANNEL_NAMES as [ChannelName, ...ChannelName[]]);

export const AlertSchema = z.object({
  id: z.string(),
  lathe_id: z.string(),
  job_id: z.string().optional(),
  alert_type: AlertTypeSchema,
  channel: ChannelSchema.optional().describe('what value and threshold are of'),
  tool_no: z.number().int().optional().describe('of an alarm about a tool: its place in the turret'),
  severity: SeveritySchema,
  priority: PrioritySchema,
  state: AlarmStateSchema,
  value: z.number().optional(),
  threshold: z.number().optional(),
  message: z.string(),
  timestamp: z.iso.datetime().describe('when it was raised first'),
  changedAt: z.iso.datetime().optional().describe('when its last transition happened'),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: z.iso.datetime().optional(),
  resolved: z.boolean(),
  resolvedAt: z.iso.datetime().optional(),
  shelvedUntil: z.iso.datetime().optional(),
  suppressedUntil: z.iso.datetime().optional().describe('when what suppresses it is expected to end'),
  silenced: z
    .object({
      by: z.string(),
      at: z.iso.datetime(),
      reason: z.string().optional(),
      oneShot: z.literal(true).optional().describe('the shelf also ends with the next return'),
    })
    .optional()
    .describe('who keeps it from people and why; only while it is shelved, suppressed or out of service'),
  timeLeftS: z.number().optional().describe('of shelf or suppression as of this answer, s; not in events'),
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

const ReasonSchema = z.string().trim().min(1).max(500);
export const AlertActionSchema = z.strictObject({ comment: z.string().trim().max(500).optional() });
export const ShelveAlertSchema = z.strictObject({
  minutes: z.number().positive().max(480),
  reason: ReasonSchema,
  oneShot: z.boolean().optional().describe('the shelf also ends as soon as the alarm returns'),
});
/** What is done to an alarm, or to a lathe because of one, with a reason that must be given. */
export const ReasonedActSchema = z.strictObject({ reason: ReasonSchema });
export const TakeOutOfServiceSchema = z.strictObject({
  latheId: LatheIdSchema,
  type: AlertTypeSchema.exclude(['MANUAL']),
  channel: ChannelSchema.optional().describe('of the limit; OFFLINE and JOB_OVERRUN have none'),
  toolNo: z.number().int().min(1).optional().describe('which tool, where the limit is about tools'),
  reason: ReasonSchema,
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
  priority: PrioritySchema.optional(),
  value: z.number().optional(),
  threshold: z.number().optional(),
  message: z.string().optional(),
  until: z.iso.datetime().optional().describe('end of the shelf, expected end of the suppression'),
  oneShot: z.literal(true).optional(),
});
export type AlertTransitionDto = z.infer<typeof AlertTransitionSchema>;

export const ThresholdSchema = z
  .strictObject({
    channel: ChannelSchema,
    type: AlertTypeSchema.describe(
      'what the limits are limits of: SENSOR_FAULT seconds without a new reading, ANOMALY share by which the reading surely ' +
        'departs from the physical model, OFFLINE seconds without a sign, JOB_OVERRUN time taken per time planned (both on ' +
        'channel progress); every other type the reading itself',
    ),
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
