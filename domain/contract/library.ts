import { z } from 'zod';
import { JobTypeSchema } from './enums.js';
import { ToolKindSchema } from './machining.js';

const within = (min: number, max: number) => z.number().min(min).max(max);
const RangeSchema = (min: number, max: number) =>
  z
    .strictObject({ min: within(min, max), max: within(min, max) })
    .refine((range) => range.min <= range.max, 'min must not be above max');

const toolShape = {
  name: z.string().trim().min(1).max(80),
  insert: z.string().trim().min(1).max(120).describe('holder and insert'),
  jobTypes: z.array(JobTypeSchema).min(1).max(6).describe('what it can do'),
  kind: ToolKindSchema,
  enteringAngle: within(1, 179).nullable().describe('°; of a drill half the point angle'),
  noseRadius: within(0.01, 10).nullable().describe('mm'),
  rakeAngle: within(-30, 45).nullable().describe('°'),
  speedFactor: within(0.01, 10).nullable().describe('cutting speed for 15 min of life, relative to coated carbide'),
  taylorN: within(0.02, 0.98).nullable().describe('exponent of Taylor’s equation'),
  feed: RangeSchema(0.005, 6).describe('mm/rev; of a threading tool the pitch in mm'),
  depthOfCut: RangeSchema(0.01, 10).nullable().describe('mm'),
  forceLimit: within(1, 100_000).describe('N'),
  diameter: within(0.5, 100).optional().describe('mm, of a drill or a boring bar'),
  pitch: within(0.2, 6).optional().describe('mm, of a knurling wheel'),
  source: z.string().trim().max(400).optional().describe('where the figures come from'),
};

export const ToolNoSchema = z.number().int().min(1).max(9999);
export const ToolSchema = z.object({ toolNo: ToolNoSchema, ...toolShape });
export type ToolDto = z.infer<typeof ToolSchema>;

/** A new tool takes the next free number where none is given; what does not exist for its kind may be left out. */
export const CreateToolSchema = z.strictObject({
  ...toolShape,
  toolNo: ToolNoSchema.optional(),
  enteringAngle: toolShape.enteringAngle.default(null),
  noseRadius: toolShape.noseRadius.default(null),
  rakeAngle: toolShape.rakeAngle.default(null),
  speedFactor: toolShape.speedFactor.default(null),
  taylorN: toolShape.taylorN.default(null),
  depthOfCut: toolShape.depthOfCut.default(null),
});
export type CreateToolDto = z.input<typeof CreateToolSchema>;
export type CreateToolCommand = z.output<typeof CreateToolSchema>;

const somethingToChange = (patch: object) => Object.keys(patch).length > 0;

export const PatchToolSchema = z.strictObject(toolShape).partial().refine(somethingToChange, 'nothing to change');
export type PatchToolDto = z.infer<typeof PatchToolSchema>;

const materialShape = {
  vdiGroup: z.number().int().min(1).max(41).nullable().describe('group of VDI 3323'),
  ferrous: z.boolean(),
  hardness: within(1, 700).describe('HB'),
  kc1: within(5, 6000).describe('N/mm²'),
  mc: within(0, 0.5).describe('Kienzle exponent'),
  density: within(100, 25_000).describe('kg/m³'),
  specificHeat: within(50, 5000).describe('J/(kg·K)'),
  conductivity: within(0.01, 500).describe('W/(m·K)'),
  limitTemperature: within(400, 4000).describe('K, solidus or charring point'),
  heatFactor: within(0.01, 2).describe('corrects figures at room temperature in the cutting-zone rise'),
  rippleFactor: within(0, 1).describe('share of the cutting force that shakes the housing'),
  speed15: within(0.5, 5000).describe('m/min for 15 min of life with coated carbide, 0.25 mm/rev, 2 mm, flood'),
  source: z.string().trim().max(400).optional().describe('where the figures come from'),
};

export const MaterialSchema = z.object({ name: z.string(), ...materialShape });
export type MaterialDto = z.infer<typeof MaterialSchema>;

export const CreateMaterialSchema = z.strictObject({
  ...materialShape,
  name: z.string().trim().min(1).max(80),
  vdiGroup: materialShape.vdiGroup.default(null),
});
export type CreateMaterialDto = z.input<typeof CreateMaterialSchema>;
export type CreateMaterialCommand = z.output<typeof CreateMaterialSchema>;

export const PatchMaterialSchema = z
  .strictObject(materialShape)
  .partial()
  .refine(somethingToChange, 'nothing to change');
export type PatchMaterialDto = z.infer<typeof PatchMaterialSchema>;
