import { z } from 'zod';
import { MetricsSchema } from '../prediction/model.js';
import { BACKWARD, isForward } from './page.js';

export const MODEL_SOURCES = ['shipped', 'plant', 'path'] as const;

/** A registered version of a model. */
export const RegisteredModelSchema = z.object({
  name: z.string(),
  version: z.string(),
  source: z.enum(MODEL_SOURCES).describe('shipped with the product, trained by the plant, or named by ML_MODEL_PATH'),
  layout: z.enum(['ai4i', 'histories', 'table']),
  task: z.enum(['classification', 'regression']),
  target: z.string(),
  forLathes: z
    .boolean()
    .describe('whether it reads what lathes tell; others can be compared and used, never activated'),
  active: z.boolean(),
  activeSince: z.iso.datetime().optional(),
  challenger: z.boolean().describe('judges beside the active one without being heard'),
  registeredAt: z.iso.datetime(),
  trainedBy: z.string().optional(),
  threshold: z.number().nullable(),
  inputs: z.array(z.object({ name: z.string(), label: z.string(), unit: z.string() })),
  modes: z.array(z.object({ name: z.string(), label: z.string() })),
  hasReport: z.boolean().describe('whether its training has written a report'),
  dataSha256: z.string(),
  sha256: z.string().describe('of the manifest, which holds those of all other files'),
  seed: z.number(),
  metrics: MetricsSchema,
});
export type RegisteredModelDto = z.infer<typeof RegisteredModelSchema>;

export const ModelDetailSchema = RegisteredModelSchema.extend({ card: z.string().describe('Markdown') });
export type ModelDetailDto = z.infer<typeof ModelDetailSchema>;

export const TRAINING_SOURCES = ['plant', 'generated', 'both'] as const;

export const TrainModelSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,63}$/)
    .default('lathe'),
  source: z.enum(TRAINING_SOURCES).default('plant').describe('where the rows come from'),
  tools: z.number().int().min(40).max(2000).default(200).describe('generated: tools that are run to their end'),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
});
export type TrainModelDto = z.input<typeof TrainModelSchema>;
export type TrainModelCommand = z.output<typeof TrainModelSchema>;

export const TRAINING_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** A training as a job; its progress comes as `model` events of this shape. */
export const TrainingSchema = z.object({
  trainingId: z.string(),
  name: z.string(),
  source: z.enum(TRAINING_SOURCES),
  seed: z.number(),
  state: z.enum(TRAINING_STATES),
  stage: z.string().describe('what it is at, in words'),
  progress: z.number().min(0).max(1),
  rows: z.number().int().nullable(),
  failures: z.number().int().nullable(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  version: z.string().optional().describe('what came of it'),
  problem: z.string().optional().describe('why nothing came of it'),
});
export type TrainingDto = z.infer<typeof TrainingSchema>;

export const LabelledHistorySchema = z.object({
  rows: z.number().int(),
  failures: z.number().int().describe('failures seen by at least one row within the horizon before them'),
  needed: z.number().int(),
});
export type LabelledHistoryDto = z.infer<typeof LabelledHistorySchema>;

const versionText = z.string().regex(/^[^:]{1,64}:[^:]{1,64}$/, 'is not NAME:VERSION');
export const CompareQuerySchema = z.strictObject({ a: versionText, b: versionText });

const figures = z.record(z.string(), z.number().nullable());
export const ComparisonSchema = z.object({
  data: z.object({ source: z.string(), rows: z.number().int(), failures: z.number().int(), sha256: z.string() }),
  models: z.array(z.object({ name: z.string(), version: z.string(), figures })).length(2),
  better: z.number().int().nullable().describe('position of the better one; null where they do not differ in earnest'),
  verdict: z.string(),
});
export type ComparisonDto = z.infer<typeof ComparisonSchema>;

export const PeriodQuerySchema = z
  .strictObject({ from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional() })
  .refine(isForward, BACKWARD);

export const DriftSchema = z.object({
  name: z.string(),
  version: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  rows: z.number().int(),
  enough: z.boolean().describe('false: too few rows to tell drift from chance'),
  features: z.array(
    z.object({
      feature: z.string(),
      label: z.string(),
      psi: z.number().nullable().describe('population stability index against the training rows'),
      state: z.enum(['steady', 'watch', 'alarm', 'unknown']),
    }),
  ),
});
export type DriftDto = z.infer<typeof DriftSchema>;

const ScoreSchema = z.object({
  warnings: z.number().int().describe('spells of risk above the threshold'),
  confirmed: z.number().int().describe('followed by a failure, or called true or late by a person'),
  false: z.number().int(),
  open: z.number().int().describe('nobody has said, and nothing has happened yet'),
  failures: z.number().int(),
  warned: z.number().int().describe('failures that a warning came before'),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  leadMinutes: z.object({ p10: z.number(), median: z.number() }).nullable(),
  brier: z.number().nullable(),
});
export type ScoreDto = z.infer<typeof ScoreSchema>;

export const ScoreBoardSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  models: z.array(ScoreSchema.extend({ name: z.string(), version: z.string(), shadow: z.boolean(), rows: z.number() })),
  lathes: z.array(ScoreSchema.extend({ latheId: z.string() })),
});
export type ScoreBoardDto = z.infer<typeof ScoreBoardSchema>;
