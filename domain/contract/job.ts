import { z } from 'zod';
import { JobStatusSchema, JobTypeSchema } from './enums.js';
import { LatheIdSchema } from './lathe.js';
import { CustomMaterialSchema, CuttingParametersSchema, WarningSchema } from './machining.js';
import { BACKWARD, isForward, PageQueryShape } from './page.js';
import { inUnit } from './unit.js';

export const CreateJobSchema = z.strictObject({
  latheId: LatheIdSchema,
  jobType: JobTypeSchema,
  material: z.string().max(80).describe('one of the material names; judged by the machining domain'),
  toolNo: z.number().describe('number of a tool of the library'),
  estimatedTime: z.number().positive().max(100_000).meta(inUnit('min', 'machine time')),
  description: z.string().max(500).optional(),
  parameters: CuttingParametersSchema.optional(),
  customMaterial: CustomMaterialSchema.optional(),
  timeScale: z.number().min(1).max(100).default(1).describe('machine time per wall time'),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  queue: z.boolean().default(false),
});
export type CreateJobDto = z.input<typeof CreateJobSchema>;
export type CreateJobCommand = z.output<typeof CreateJobSchema>;

export const JobResultSchema = z.object({
  reason: z.string().optional().describe('why it ended, in words, where it did not simply complete'),
  partsDone: z.number().optional(),
  machineMinutes: z.number().optional(),
  cuttingMinutes: z.number().optional(),
  energyWh: z.number().optional(),
  flankWear: z.number().optional().describe('mm at the end'),
  samples: z.number().optional().describe('stored samples of this job'),
});
export type JobResult = z.infer<typeof JobResultSchema>;

export const JobSchema = z.object({
  JobID: z.string(),
  latheId: z.string(),
  JobType: JobTypeSchema,
  Material: z.string().describe('one of the material names, or one that the shop has added'),
  ToolNo: z.number().int(),
  Description: z.string(),
  StartTime: z.iso.datetime().describe('time of creation until the first tick'),
  EndTime: z.iso.datetime().optional(),
  EstimatedTime: z.number().describe('min of machine time'),
  ActualDuration: z.number().optional().describe('min of machine time'),
  Status: JobStatusSchema,
  operator: z.string(),
  progress: z.number().describe('0..1'),
  timeScale: z.number(),
  seed: z.number(),
  parameters: CuttingParametersSchema,
  warnings: z.array(WarningSchema),
  result: JobResultSchema.optional(),
});
export type JobDto = z.infer<typeof JobSchema>;

export const JobsQuerySchema = z
  .strictObject({
    ...PageQueryShape,
    latheId: LatheIdSchema.optional(),
    status: JobStatusSchema.optional(),
  })
  .refine(isForward, BACKWARD);

export const StartSimulationSchema = z.strictObject({
  lathe_id: LatheIdSchema,
  material: z.string().max(80),
  job_type: JobTypeSchema,
  tool_no: z.number(),
  duration: z.number().positive().describe('s of wall time; at most SIMULATION_TIMEOUT'),
});
export type StartSimulationDto = z.infer<typeof StartSimulationSchema>;
