import { z } from 'zod';

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
});
export type SensorSampleDto = z.infer<typeof SensorSampleSchema>;

export const SensorDataQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

export const TelemetryQuerySchema = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(1).max(5000).default(1000),
  channels: z.string().max(400).optional().describe('comma-separated channel names'),
});

const Series = z.array(z.number().nullable());
export const TelemetrySchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  resolutionMs: z.number(),
  t: z.array(z.number()).describe('start of each bucket, epoch ms'),
  channels: z.record(z.string(), z.object({ min: Series, max: Series, mean: Series })),
});
export type TelemetryDto = z.infer<typeof TelemetrySchema>;
