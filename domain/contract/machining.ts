import { z } from 'zod';
import { FaultTypeSchema } from './enums.js';
import { inUnit } from './unit.js';

/** Cutting parameters. Shape and finiteness only: ranges and geometry are judged by the machining domain, which knows the job. */
export const CuttingParametersSchema = z.strictObject({
  mode: z.enum(['constantRpm', 'css']).optional(),
  rpm: z.number().optional().describe('1/min'),
  cuttingSpeed: z.number().optional().describe('m/min'),
  maxRpm: z.number().optional().describe('1/min'),
  feed: z.number().optional().describe('mm/rev'),
  depthOfCut: z.number().optional().describe('mm'),
  diameter: z.number().optional().describe('mm, start; bore start for boring'),
  endDiameter: z.number().optional().describe('mm'),
  length: z.number().optional().describe('mm'),
  coolant: z.enum(['flood', 'mist', 'dry']).optional(),
  flankWear: z.number().optional().describe('mm'),
  barDiameter: z.number().optional().describe('mm'),
  barOverhang: z.number().optional().describe('mm'),
  barModulus: z.number().optional().describe('GPa'),
  drillDiameter: z.number().optional().describe('mm'),
  holeDepth: z.number().optional().describe('mm'),
  pitch: z.number().optional().describe('mm'),
  passes: z.number().optional(),
  side: z.enum(['external', 'internal']).optional(),
  infeed: z.enum(['radial', 'flank']).optional(),
  wheelWidth: z.number().optional().describe('mm'),
  wheelDiameter: z.number().optional().describe('mm'),
  advance: z.number().optional().describe('mm per work revolution'),
  toothDepth: z.number().optional().describe('mm'),
  wheels: z.number().optional(),
});
export type CuttingParameters = z.infer<typeof CuttingParametersSchema>;

export const CustomMaterialSchema = z.strictObject({
  kc1: z.number().optional().describe('N/mm²'),
  mc: z.number().optional(),
  hardness: z.number().optional().describe('HB'),
  ferrous: z.boolean().optional(),
  density: z.number().optional().describe('kg/m³'),
  specificHeat: z.number().optional().describe('J/(kg·K)'),
  conductivity: z.number().optional().describe('W/(m·K)'),
  name: z.string().max(80).optional(),
});
export type CustomMaterial = z.infer<typeof CustomMaterialSchema>;

export const TOOL_KINDS = ['coatedCarbide', 'uncoatedCarbide', 'cermet', 'ceramic', 'hss', 'solidCarbide'] as const;
export const ToolKindSchema = z.enum(TOOL_KINDS);
export type ToolKind = z.infer<typeof ToolKindSchema>;

export const ToolOverrideSchema = z.strictObject({
  kind: ToolKindSchema.optional(),
  enteringAngle: z.number().optional().describe('°'),
  rakeAngle: z.number().optional().describe('°'),
  noseRadius: z.number().optional().describe('mm'),
  speedFactor: z.number().optional(),
  taylorN: z.number().optional(),
});
export type ToolOverride = z.infer<typeof ToolOverrideSchema>;

export const WarningSchema = z.object({ code: z.string(), field: z.string(), message: z.string() });
export type PlanWarning = z.infer<typeof WarningSchema>;

export const InjectFaultSchema = z.strictObject({
  type: FaultTypeSchema,
  severity: z.number().min(0).max(1),
  channel: z.string().optional(),
  afterMinutes: z.number().min(0).max(100_000).meta(inUnit('min', 'from now to its start')).optional(),
  rampMinutes: z.number().min(0).max(100_000).meta(inUnit('min', 'from its start to full severity')).optional(),
  forMinutes: z.number().positive().max(100_000).meta(inUnit('min', 'from its start to its end')).optional(),
});
export type InjectFaultDto = z.infer<typeof InjectFaultSchema>;
