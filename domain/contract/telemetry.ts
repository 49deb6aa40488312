import { z } from 'zod';
import { FaultTypeSchema } from './enums.js';

const FaultLabelSchema = z.object({
  id: z.string(),
  type: FaultTypeSchema,
  severity: z.number().describe('0..1, with its ramp'),
  channel: z.string().optional().describe('of a sensor fault'),
});

/** `1`: tell injected faults and the true values of the channels whose sensor they falsify. */
const Truth = z.enum(['0', '1']).optional();

export const SensorSampleSchema = z.object({
  timestamp: z.iso.datetime(),
  rpm: z.number().nullable().describe('1/min'),
  temperature: z.number().nullable().describe('°C, process'),
  torque: z.number().nullable().describe('N·m'),
  vibration: z.number().nullable().describe('mm/s RMS'),
  power: z.number().nullable().describe('W'),
  tool_wear: z.number().nullable().describe('min'),
  failure_probability: z.number().nullable().describe('0..1'),
  job_id: z.string().nullable(),
  faults: z.array(FaultLabelSchema).optional().describe('with truth=1: injected faults that acted'),
  truth: z
    .record(z.string(), z.number().nullable())
    .optional()
    .describe('with truth=1: what a faulty sensor should have told, in the names and units of the sample'),
});
export type SensorSampleDto = z.infer<typeof SensorSampleSchema>;

export const SensorDataQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  truth: Truth,
});

export const TelemetryQuerySchema = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(1).max(5000).default(1000),
  channels: z.string().max(400).optional().describe('comma-separated channel names'),
  truth: Truth,
});

const Values = z.array(z.number().nullable());
const SeriesSchema = z.object({ min: Values, max: Values, mean: Values });
export const TelemetrySchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  resolutionMs: z.number(),
  t: z.array(z.number()).describe('start of each bucket, epoch ms'),
  channels: z.record(z.string(), SeriesSchema),
  truth: z
    .record(z.string(), SeriesSchema)
    .optional()
    .describe('with truth=1: true values of channels whose sensor was faulty, where it was; null elsewhere'),
  faults: z
    .array(
      FaultLabelSchema.extend({
        job: z.string(),
        fromMs: z.number().describe('first stored sample that it acted on, epoch ms'),
        toMs: z.number().describe('last one'),
      }),
    )
    .optional()
    .describe('with truth=1: faults that were injected, each with its greatest severity'),
});
export type TelemetryDto = z.infer<typeof TelemetrySchema>;
