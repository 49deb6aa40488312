import { z } from 'zod';
import { STOP_CAUSES, STOP_REASONS } from '../analytics/stop-reasons.js';
import { LatheIdSchema } from './lathe.js';
import { BACKWARD, isForward } from './page.js';
import { inUnit } from './unit.js';

export const StopReasonSchema = z.enum(STOP_REASONS);
export const StopCauseSchema = z.enum(STOP_CAUSES);
export const LOSSES = [...STOP_CAUSES, 'speed', 'scrap'] as const;
export type Loss = (typeof LOSSES)[number];

const Ratio = z.number().nullable();
const Count = z.number();
const Ms = z.number().meta(inUnit('ms'));

export const KpiFiguresSchema = z.object({
  availability: Ratio.describe('0..1'),
  effectiveness: Ratio.describe('1 = as planned; above where quicker'),
  quality: Ratio.describe('0..1, of inspected parts'),
  oee: Ratio.describe('product of the three; null where one of them is missing'),
  mtbfMs: Ratio.describe('ms of production per failure'),
  mttrMs: Ratio.describe('ms of repair per failure'),
  energyPerPartWh: Ratio.describe('Wh at the spindle'),
  energyPerKgWh: Ratio.describe('Wh at the spindle per kg of chips'),
  toolCostPerPart: Ratio.describe('EUR'),
  actualPerPlannedTime: Ratio.describe('of completed jobs'),
  alarmsPerHour: Ratio.describe('per hour of planned busy time'),
});
export type KpiFigures = z.infer<typeof KpiFiguresSchema>;

export const KpiSumsSchema = z.object({
  plannedMs: Ms,
  producingMs: Ms,
  ratedMs: Ms,
  plannedRunMs: Ms,
  parts: Count.describe('of a job that reaches out of the window the share of its time'),
  inspectedParts: Count,
  goodParts: Count,
  jobs: Count.describe('that ended'),
  failures: Count,
  repairMs: Ms,
  energyWh: z.number().meta(inUnit('Wh')),
  meteredKg: z.number().meta(inUnit('kg')),
  edges: Count.describe('lives of edges, by plan'),
  toolCost: z.number().meta(inUnit('EUR')),
  estimatedMin: z.number().meta(inUnit('min')),
  actualMin: z.number().meta(inUnit('min')),
  alarms: Count,
});

const KpisSchema = z.object({ figures: KpiFiguresSchema, sums: KpiSumsSchema });
export type KpisDto = z.infer<typeof KpisSchema>;

export const WaterfallStepSchema = z.object({
  name: z.enum(['planned', 'producing', 'good', ...LOSSES]),
  kind: z.enum(['total', 'loss']),
  ms: Ms,
});
export type WaterfallStep = z.infer<typeof WaterfallStepSchema>;

const SpreadSchema = z.object({ count: Count, p50Ms: z.number().nullable(), p95Ms: z.number().nullable() });
export const ResponseTimesSchema = z
  .object({ failures: Count, detect: SpreadSchema, acknowledge: SpreadSchema, act: SpreadSchema })
  .describe('after the stop of a failure');
export type ResponseTimes = z.infer<typeof ResponseTimesSchema>;

const MeansSchema = z.record(z.string(), z.number().nullable()).describe('mean of each channel while jobs ran');

export const AnalyticsSummarySchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeZone: z.string(),
  shifts: z.array(z.string()),
  plant: KpisSchema,
  previous: KpisSchema.describe('the time of the same length before'),
  trend: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime(), figures: KpiFiguresSchema })),
  previousTrend: z.array(KpiFiguresSchema),
  waterfall: z.array(WaterfallStepSchema),
  stops: z.array(z.object({ cause: StopCauseSchema, lostMs: Ms, stops: Count })).describe('most time first'),
  response: ResponseTimesSchema,
  tools: z.array(
    z.object({ toolNo: z.number().int(), parts: Count, edges: Count, cost: z.number().meta(inUnit('EUR')) }),
  ),
  channels: MeansSchema,
  conventions: z.record(z.string(), z.string()),
});
export type AnalyticsSummaryDto = z.infer<typeof AnalyticsSummarySchema>;

export const LatheAnalyticsSchema = z.object({
  latheId: z.string(),
  name: z.string(),
  ...KpisSchema.shape,
  trend: z
    .array(z.number().nullable())
    .describe('OEE of each part of the trend; availability where quality is unknown'),
  hours: z.array(z.number().nullable()).describe('availability in each hour of the day, from midnight of the plant'),
  channels: MeansSchema,
});
export type LatheAnalyticsDto = z.infer<typeof LatheAnalyticsSchema>;

export const LossSchema = z.object({
  latheId: z.string(),
  loss: z.enum(LOSSES),
  from: z.iso.datetime().describe('of the stop or the job'),
  to: z.iso.datetime(),
  lostMs: Ms.describe('within the window'),
  jobId: z.string().optional().describe('the job that lost it, or the one before the stop'),
});
export type LossDto = z.infer<typeof LossSchema>;

const Instant = z.iso.datetime({ offset: true });
const Window = {
  from: Instant.optional(),
  to: Instant.optional(),
  shift: z.string().max(40).optional().describe('name of a shift; all of them where none is given'),
};
export const AnalyticsQuerySchema = z
  .strictObject({ ...Window, latheId: LatheIdSchema.optional() })
  .refine(isForward, BACKWARD);
export type AnalyticsQuery = z.output<typeof AnalyticsQuerySchema>;
export const LossesQuerySchema = z
  .strictObject({
    ...Window,
    latheId: LatheIdSchema.optional(),
    loss: z.enum(LOSSES).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(isForward, BACKWARD);

export const ExplainStopSchema = z.strictObject({
  latheId: LatheIdSchema,
  start: Instant.describe('beginning of the stop, as it was told'),
  reason: StopReasonSchema,
  comment: z.string().trim().max(500).optional(),
});
export const InspectPartsSchema = z.strictObject({
  jobId: z.string().max(40),
  scrapped: z.number().int().min(0).max(1_000_000),
});
