import { z } from 'zod';

const probability = z.number().min(0).max(1);
const minutes = z.number().min(0).nullable();

/** One reason of a risk: what a group of readings adds to it. */
export const ReasonSchema = z.object({
  feature: z.string().describe('name of the group'),
  label: z.string().describe('the group in words'),
  value: z.number().nullable().describe('its leading reading'),
  reading: z.string().describe('the leading reading in words'),
  unit: z.string(),
  contribution: z.number().describe('share of the risk above base, 0..1, signed; all of them and base sum to the risk'),
});
export type ReasonDto = z.infer<typeof ReasonSchema>;

export const ModelRefSchema = z.object({
  name: z.string(),
  version: z.string(),
  kind: z.enum(['trained', 'physical']).describe('physical: hazard by the physical model, for there is no trained one'),
});
export type ModelRef = z.infer<typeof ModelRefSchema>;

export const TrendPointSchema = z.object({
  at: z.iso.datetime(),
  failureProbability: probability,
  low: probability,
  high: probability,
});
export type TrendPoint = z.infer<typeof TrendPointSchema>;

export const PredictionSchema = z.object({
  latheId: z.string(),
  jobId: z.string().optional().describe('the job that runs'),
  at: z.iso.datetime(),
  horizonMinutes: z.number().describe('minutes of cutting that the risk is told for'),
  failureProbability: probability,
  interval: z.tuple([probability, probability]),
  modes: z.record(z.string(), probability).describe('risk by way of failure'),
  modeLabels: z.record(z.string(), z.string()),
  likelyMode: z.string().nullable().describe('the way of failure that is most likely; null while none is'),
  rulMinutes: z
    .object({ p10: minutes, p50: minutes, p90: minutes })
    .describe('cutting minutes left; null before the first cut of a tool'),
  threshold: z.number().nullable().describe('risk from which the model calls it a failure to come'),
  anomalyScore: probability.describe('how unlike a sound machine the readings are; 0.5 is where one begins to look'),
  anomalies: z.array(z.object({ name: z.string(), label: z.string(), score: probability })),
  inDistribution: z.boolean().describe('false: readings unlike those that the model has learned from'),
  outOfRange: z.array(z.string()).describe('readings outside what the model has seen, in words'),
  nearestLimit: z
    .string()
    .nullable()
    .describe('of the limits that the model has learned the one that the readings are nearest to, in words'),
  base: z.number().describe('risk that the reasons start from'),
  explanation: z.array(ReasonSchema),
  counterfactual: z.array(z.string()).describe('what would lower the risk, in words'),
  trend: z.array(TrendPointSchema).describe('the last quarter of an hour, oldest first'),
  model: ModelRefSchema,
  note: z.string().optional().describe('why no trained model has judged'),
});
export type PredictionDto = z.infer<typeof PredictionSchema>;
