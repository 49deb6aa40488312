import { z } from 'zod';
import { HealthBandSchema, LatheStatusSchema } from './enums.js';

/** Canonical id of a lathe: `LATHE-01` and `Lathe-1` are read as `lathe-1`; null where the text is no lathe id. */
export function canonicalLatheId(text: string): string | null {
  const match = /^lathe-0*([1-9]\d{0,4})$/i.exec(text.trim());
  return match ? `lathe-${match[1]}` : null;
}

export const LatheIdSchema = z.string().transform((text, context) => {
  const id = canonicalLatheId(text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: 'expected a lathe id such as lathe-1 or LATHE-01' });
  return z.NEVER;
});

export const PositionSchema = z.strictObject({
  x: z.number().min(-10_000).max(10_000).describe('m across the floor'),
  z: z.number().min(-10_000).max(10_000).describe('m along the floor'),
});

export const LatheLimitsSchema = z.strictObject({
  maxSpindleSpeed: z.number().min(1).max(4000).describe('1/min'),
  maxPower: z.number().min(1).max(15_000).describe('W'),
  maxTorque: z.number().min(1).max(203).describe('N·m'),
});
export type LatheLimits = z.infer<typeof LatheLimitsSchema>;

export const MaintenanceWindowSchema = z.object({
  id: z.string(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  reason: z.string(),
  replaceTool: z.number().int().optional(),
  active: z.boolean(),
});
export type MaintenanceWindowDto = z.infer<typeof MaintenanceWindowSchema>;

export const LatheSchema = z.object({
  id: z.string(),
  index: z.number().int().describe('position in tick frames'),
  name: z.string(),
  model: z.string(),
  status: LatheStatusSchema,
  health: z.number().nullable().describe('0..1'),
  healthBand: HealthBandSchema,
  failureProbability: z.number().nullable().describe('0..1, within 10 min'),
  position: PositionSchema,
  limits: LatheLimitsSchema,
  currentJob: z.string().optional(),
  activeAlerts: z.number().int(),
  locked: z.boolean().describe('by a critical stop, until maintenance has been done or a manager releases it'),
  lockedBy: z.string().optional().describe('id of the alert that stopped it'),
  released: z
    .object({ alertId: z.string().optional(), by: z.string(), reason: z.string(), at: z.iso.datetime() })
    .optional()
    .describe('how the last lock ended that maintenance did not end: of which alert, by whom and why'),
  maintenance: MaintenanceWindowSchema.optional(),
  plannedMaintenance: z.array(MaintenanceWindowSchema).optional(),
  updatedAt: z.iso.datetime(),
});
export type LatheDto = z.infer<typeof LatheSchema>;

export const PatchLatheSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80).optional(),
    model: z.string().trim().min(1).max(80).optional(),
    position: PositionSchema.optional(),
    limits: LatheLimitsSchema.partial().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'nothing to change');
export type PatchLatheDto = z.infer<typeof PatchLatheSchema>;

export const CreateMaintenanceSchema = z.strictObject({
  start: z.iso.datetime({ offset: true }).optional(),
  minutes: z.number().positive().max(43_200),
  reason: z.string().trim().min(1).max(500),
  replaceTool: z.number().int().min(1).optional(),
});
export type CreateMaintenanceDto = z.infer<typeof CreateMaintenanceSchema>;
