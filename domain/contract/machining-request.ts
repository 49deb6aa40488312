import { z } from 'zod';
import { FaultTypeSchema, JobTypeSchema } from './enums.js';
import { CustomMaterialSchema, CuttingParametersSchema, ToolOverrideSchema } from './machining.js';
import { inUnit } from './unit.js';

const cutShape = {
  jobType: JobTypeSchema,
  material: z.string().max(80).describe('a material of the library, or Custom'),
  customMaterial: CustomMaterialSchema.optional(),
  toolNo: z.number().optional().describe('number of a tool of the library; default: the first that fits'),
  tool: ToolOverrideSchema.optional().describe('overrides properties of tool toolNo, or stands alone'),
  parameters: CuttingParametersSchema.optional(),
};

/** A question to the handbook calculator. Ranges and geometry are judged by the machining domain. */
export const CalculateSchema = z.strictObject(cutShape);
export type CalculateDto = z.infer<typeof CalculateSchema>;

export const MAX_SIMULATED_MINUTES = 24 * 60;

/** An accelerated run. */
export const SimulateSchema = z.strictObject({
  ...cutShape,
  minutes: z.number().positive().max(MAX_SIMULATED_MINUTES).meta(inUnit('min', 'machine time')),
  dt: z.number().min(0.01).max(10).meta(inUnit('s')).default(1),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  noise: z.boolean().default(true).describe('false also stops the daily air cycle'),
  airTemperature: z.number().min(253).max(323).meta(inUnit('K')).default(300),
  diameterHeld: z.boolean().default(false).describe('one endless pass at the start diameter'),
  faults: z
    .array(
      z.strictObject({
        type: FaultTypeSchema,
        severity: z.number().min(0).max(1),
        atMinute: z.number().min(0).max(MAX_SIMULATED_MINUTES).meta(inUnit('min')),
        channel: z.string().max(40).optional(),
      }),
    )
    .max(50)
    .default([]),
  points: z.number().int().min(2).max(5000).default(200).describe('samples in the answer'),
});
export type SimulateDto = z.output<typeof SimulateSchema>;
