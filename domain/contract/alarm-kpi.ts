import { z } from 'zod';
import { AlertSchema, ChannelSchema } from './alert.js';
import { AlertTypeSchema } from './enums.js';
import { BACKWARD, isForward } from './page.js';

const PercentilesSchema = z.object({
  count: z.number().int().describe('alarms that the figures rest on'),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});

/** An alarm over time, whichever instance. */
export const AlarmPointSchema = z.object({
  latheId: z.string(),
  type: AlertTypeSchema,
  channel: ChannelSchema.optional(),
});
export type AlarmPointDto = z.infer<typeof AlarmPointSchema>;

export const AlarmLoadSchema = AlarmPointSchema.extend({
  alarms: z.number().int(),
  share: z.number().describe('of all alarms, 0..1'),
  chattering: z.number().int().describe('of these, raised for the third time or more within a minute'),
  fleeting: z.number().int().describe('of these, over within 10 s'),
});
export type AlarmLoadDto = z.infer<typeof AlarmLoadSchema>;

export const KPI_FIGURES = [
  'averagePer10Min',
  'peakPer10Min',
  'above10Per10Min',
  'timeInFlood',
  'top10Load',
  'chattering',
  'fleeting',
  'stalePerDay',
  'priority1',
  'priority2',
  'priority3',
  'priority4',
] as const;

export const KpiFigureSchema = z.object({
  name: z.enum(KPI_FIGURES),
  value: z.number().nullable(),
  unit: z.enum(['alarms', 'share']),
  target: z.object({ most: z.number().optional(), least: z.number().optional() }),
  met: z.boolean().optional().describe('missing while there is not enough data for a verdict'),
});
export type KpiFigureDto = z.infer<typeof KpiFigureSchema>;

export const FloodSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable().describe('null while it lasts'),
  alarms: z.number().int(),
  peak: z.number().int().describe('most alarms within 10 min'),
});
export type FloodDto = z.infer<typeof FloodSchema>;

export const AlarmKpiSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  enoughData: z.boolean().describe('whether 30 days of the window hold records; no verdicts below'),
  days: z.number().describe('days of the window that hold records'),
  operators: z.number().int().describe('operating positions that share the load'),
  total: z.number().int(),
  byPriority: z.record(z.string(), z.number().int()),
  priorityShare: z.record(z.string(), z.number().nullable()),
  averagePer10Min: z.number().nullable().describe('of the whole plant; per operating position in the figures'),
  peakPer10Min: z.number().int().describe('of the whole plant, wherever the 10 minutes begin'),
  timeToAcknowledgeS: PercentilesSchema,
  timeToReturnS: PercentilesSchema,
  figures: z.array(KpiFigureSchema).describe('with the targets of ISA-18.2'),
  top: z.array(AlarmLoadSchema).describe('the ten with most alarms'),
  chattering: z.array(AlarmLoadSchema),
  fleeting: z.array(AlarmLoadSchema),
  stale: z.array(AlarmPointSchema.extend({ id: z.string(), since: z.iso.datetime() })),
  floods: z.array(FloodSchema).describe('the newest 50, newest first'),
  floodCount: z.number().int(),
  silenced: z.object({
    raised: z.number().int().describe('alarms of the window that people were not told of'),
    shelved: z.array(AlertSchema).describe('now'),
    suppressed: z.array(AlertSchema).describe('now'),
    outOfService: z.array(AlertSchema).describe('now'),
  }),
});
export type AlarmKpiDto = z.infer<typeof AlarmKpiSchema>;

const Instant = z.iso.datetime({ offset: true });
export const AlarmKpiQuerySchema = z
  .strictObject({
    from: Instant.optional(),
    to: Instant.optional(),
    operators: z.coerce.number().int().min(1).max(500).default(1).describe('operating positions that share the load'),
  })
  .refine(isForward, BACKWARD);

/** Whether the plant drowns in alarms at the moment. */
export const FloodNowSchema = z.object({
  active: z.boolean(),
  since: z.iso.datetime().optional().describe('while it lasts'),
  last10Min: z.number().int().describe('alarms raised in the last 10 min'),
  lathes: z
    .array(
      z.object({
        latheId: z.string(),
        alarms: z.number().int(),
        firstOut: z.string().describe('id of the alert that was first on this lathe'),
        firstOutAt: z.iso.datetime(),
      }),
    )
    .describe('alarms of the flood by lathe, the earliest first; empty without one'),
});
export type FloodNowDto = z.infer<typeof FloodNowSchema>;
