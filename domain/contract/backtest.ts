import { z } from 'zod';
import { AlarmLoadSchema } from './alarm-kpi.js';
import { ThresholdsSchema } from './alert.js';
import { AlertTypeSchema } from './enums.js';
import { BACKWARD, isForward } from './page.js';

const Instant = z.iso.datetime({ offset: true });

/** Limits to try on stored readings; the last seven days where no window is given. */
export const BacktestRequestSchema = z
  .strictObject({ thresholds: ThresholdsSchema, from: Instant.optional(), to: Instant.optional() })
  .refine(isForward, BACKWARD);

const CountsSchema = z.object({
  alarms: z.number().int(),
  chattering: z.number().int().describe('of these, raised for the third time or more within a minute'),
  fleeting: z.number().int().describe('of these, over within 10 s'),
});
export type AlarmCounts = z.infer<typeof CountsSchema>;

export const BacktestResultSchema = CountsSchema.extend({
  byType: z.record(z.string(), CountsSchema),
  byPriority: z.record(z.string(), z.number().int()),
});
export type BacktestResult = z.infer<typeof BacktestResultSchema>;

export const BacktestAnswerSchema = BacktestResultSchema.extend({
  latheId: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  samples: z.number().int().describe('readings that it rests on'),
  sampleIntervalS: z
    .number()
    .nullable()
    .describe(
      'usual time between two readings: what lasts shorter is not seen, delays are known no better; null without readings',
    ),
  coveredHours: z.number().describe('time that the readings cover'),
  truncated: z.boolean().describe('there are more readings than were tried: the window ends at the last one tried'),
  notTested: z.array(AlertTypeSchema).describe('types among the limits that no reading tells of'),
  current: BacktestResultSchema.describe('the same with the limits in force'),
});
export type BacktestAnswer = z.infer<typeof BacktestAnswerSchema>;

export const WorstActorsQuerySchema = z
  .strictObject({
    from: Instant.optional(),
    to: Instant.optional(),
    limit: z.coerce.number().int().min(1).max(10).default(5),
  })
  .refine(isForward, BACKWARD);

/** An alarm that makes much of the load, with what would quieten it. */
export const WorstActorSchema = AlarmLoadSchema.extend({
  proposal: z
    .object({
      change: z
        .object({ deadband: z.number().optional(), onDelayS: z.number().optional(), offDelayS: z.number().optional() })
        .describe('of the limits of this alarm, whatever their priority'),
      thresholds: ThresholdsSchema.describe('all limits of the lathe with the change'),
      before: CountsSchema.describe('of this alarm, with the limits in force, on stored readings'),
      after: CountsSchema.describe('of this alarm, with the change, on the same readings'),
    })
    .optional()
    .describe('missing where no delay or deadband helps: then the cause is to be removed, or the limit is wrong'),
  sampleIntervalS: z.number().nullable(),
});
export type WorstActorDto = z.infer<typeof WorstActorSchema>;
export const WorstActorsSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  items: z.array(WorstActorSchema),
});
export type WorstActors = z.infer<typeof WorstActorsSchema>;
