import { z } from 'zod';
import { JobTypeSchema } from '#domain/contract/enums.js';
import { ToolKindSchema } from '#domain/contract/machining.js';
import type { Material } from '#domain/machining/materials.js';
import type { Tool } from '#domain/machining/tools.js';
import { getJson } from './http';

const RangeSchema = z.object({ min: z.number(), max: z.number() });

const ToolSchema = z.object({
  toolNo: z.number(),
  name: z.string(),
  insert: z.string(),
  jobTypes: z.array(JobTypeSchema),
  kind: ToolKindSchema,
  enteringAngle: z.number().nullable(),
  noseRadius: z.number().nullable(),
  rakeAngle: z.number().nullable(),
  speedFactor: z.number().nullable(),
  taylorN: z.number().nullable(),
  feed: RangeSchema,
  depthOfCut: RangeSchema.nullable(),
  forceLimit: z.number(),
  diameter: z.number().optional(),
  pitch: z.number().optional(),
});

const MaterialSchema = z.object({
  name: z.string(),
  vdiGroup: z.number().nullable(),
  ferrous: z.boolean(),
  hardness: z.number(),
  kc1: z.number(),
  mc: z.number(),
  density: z.number(),
  specificHeat: z.number(),
  conductivity: z.number(),
  limitTemperature: z.number(),
  heatFactor: z.number(),
  rippleFactor: z.number(),
  speed15: z.number(),
});

export const fetchTools = (): Promise<Tool[]> => getJson('/api/tools', z.array(ToolSchema)) as Promise<Tool[]>;

export const fetchMaterials = (): Promise<Material[]> =>
  getJson('/api/materials', z.array(MaterialSchema)) as Promise<Material[]>;
