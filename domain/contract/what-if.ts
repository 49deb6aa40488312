import { z } from 'zod';
import { FaultTypeSchema, JobTypeSchema } from './enums.js';
import { MaterialSchema, ToolSchema } from './library.js';
import { CuttingParametersSchema, WarningSchema } from './machining.js';

const cost = (max: number) => z.number().min(0).max(max);

/** What time, energy and edges cost; whatever is left out has the default of the table in domain/what-if. */
export const EconomicsSchema = z.strictObject({
  machineHourRate: cost(100_000).optional().describe('of machine and operator, per hour'),
  energyPrice: cost(1000).optional().describe('per kWh at the meter'),
  toolChangeMinutes: cost(480).optional().describe('min from the last cut of a worn edge to the first of a new one'),
  costPerEdge: z
    .record(z.string().regex(/^\d{1,4}$/), cost(100_000))
    .optional()
    .describe('cost of one cutting edge by tool number'),
});
export type EconomicsDto = z.infer<typeof EconomicsSchema>;

export const MAX_HORIZON_MINUTES = 24 * 60;

/** Changes to the job that runs on a lathe; without any, the answer shows how it goes on. */
export const WhatIfSchema = z.strictObject({
  parameters: CuttingParametersSchema.optional().describe('the cutting parameters that change; the others stay'),
  material: z.string().max(80).optional().describe('a material of the library'),
  toolNo: z.number().optional().describe('number of a tool of the library'),
  horizonMinutes: z.number().min(0.1).max(MAX_HORIZON_MINUTES).describe('min of machine time to look ahead'),
  economics: EconomicsSchema.optional(),
});
export type WhatIfDto = z.infer<typeof WhatIfSchema>;

/** Every limit that a speed can break, in the order in which they are looked at. */
export const LIMIT_NAMES = [
  'spindleSpeed',
  'feedRate',
  'torque',
  'power',
  'continuousPower',
  'cuttingForce',
  'chatter',
  'edgeTemperature',
  'materialTemperature',
] as const;
export const LimitNameSchema = z.enum(LIMIT_NAMES);
export type LimitName = z.infer<typeof LimitNameSchema>;

const series = z.array(z.number());

/** What the present state hands on to the future: enough to go on with the machine elsewhere, in a browser for example. */
export const MachineStartSchema = z.object({
  clock: z.number().describe('s of machine time'),
  nodes: z
    .object({
      air: z.number(),
      spindle: z.number(),
      tool: z.number(),
      work: z.number(),
      coolant: z.number(),
      zone: z.number(),
    })
    .describe('K'),
  spindleSpeed: z.number().describe('1/min'),
  bearingWear: z.number().describe('0..1'),
  driveHeat: z.number().describe('s of overload that the drive remembers'),
  tools: z.array(
    z.object({
      toolNo: z.number(),
      lifeUsed: z.number().describe('0 new, 1 at the wear limit'),
      minutes: z.number().describe('min in the cut'),
      lifeFactor: z.number().describe('this tool’s life per that of the average tool'),
      broken: z.boolean(),
      chipped: z.boolean(),
    }),
  ),
  faults: z.array(
    z.object({
      type: FaultTypeSchema,
      severity: z.number(),
      start: z.number().describe('s of machine time'),
      ramp: z.number().describe('s'),
      end: z.number().nullable().describe('s of machine time; null: until it is ended'),
    }),
  ),
});
export type MachineStart = z.infer<typeof MachineStartSchema>;

/** The running job and the machine under it. */
export const WhatIfBasisSchema = z.object({
  jobType: JobTypeSchema,
  material: MaterialSchema,
  tool: ToolSchema,
  parameters: CuttingParametersSchema.describe('of the current plan, defaults included'),
  machine: z.object({
    maxSpindleSpeedRpm: z.number(),
    peakPowerW: z.number(),
    peakTorqueNm: z.number(),
    continuousPowerW: z.number(),
    continuousTorqueNm: z.number(),
    maxFeedMmPerMin: z.number(),
    rapidMmPerMin: z.number(),
    maxDiameterMm: z.number(),
    maxLengthMm: z.number(),
    spindleInertiaKgM2: z.number(),
  }),
  start: MachineStartSchema,
});
export type WhatIfBasis = z.infer<typeof WhatIfBasisSchema>;

export const CurvesSchema = z.object({
  flankWear: series.describe('mm'),
  processTemperature: series.describe('K, highest of the last part'),
  cuttingZoneTemperature: series.describe('K, highest of the last part'),
  spindleTemperature: series.describe('K'),
  failureProbability: series.describe('within the next 10 min, 0..1, highest of the last part'),
  energy: series.describe('kWh since now'),
  cost: series.describe('since now'),
  parts: series.describe('parts since now'),
});
export type Curves = z.infer<typeof CurvesSchema>;

/** An average part over the life of an edge. */
export const PartSchema = z.object({
  time: z.number().describe('s, with its share of the tool changes'),
  cuttingTime: z.number().describe('s'),
  energy: z.number().describe('kWh'),
  cost: z.number(),
  edges: z.number().describe('share of an edge’s life'),
});
export type PartDto = z.infer<typeof PartSchema>;

export const LoadsSchema = z.object({
  spindleSpeed: z.number().describe('1/min'),
  feedRate: z.number().describe('mm/min'),
  torque: z.number().describe('N·m'),
  power: z.number().describe('W'),
  driveLoad: z.number().describe('heat of the drive per what it bears without end'),
  cuttingForce: z.number().describe('N'),
  chipWidth: z.number().describe('mm'),
  zoneTemperature: z.number().describe('K'),
});

/** Greatest loads of a part on an edge at its wear limit, and what the machine, the tool and the work bear. */
export const PlanLimitsSchema = z.object({
  load: LoadsSchema,
  maxSpindleSpeed: z.number().describe('1/min'),
  maxFeedRate: z.number().describe('mm/min'),
  torqueAvailable: z.number().describe('N·m at this speed'),
  powerAvailable: z.number().describe('W at this speed'),
  cuttingForce: z.number().describe('N, of the tool'),
  chatterLimitWidth: z.number().nullable().describe('mm of chip width at this speed; null where there is no chatter'),
  softeningTemperature: z.number().describe('K, of the edge'),
  materialTemperature: z.number().describe('K, of the work'),
  flankWear: z.number().describe('mm, wear limit'),
  spindleTemperature: z.number().describe('K, warning'),
  broken: z.array(LimitNameSchema),
});
export type PlanLimits = z.infer<typeof PlanLimitsSchema>;

export const OutlookSchema = z.object({
  material: z.string(),
  toolNo: z.number(),
  parameters: CuttingParametersSchema,
  warnings: z.array(WarningSchema),
  curves: CurvesSchema,
  end: z.object({
    flankWear: z.number(),
    processTemperature: z.number(),
    cuttingZoneTemperature: z.number(),
    spindleTemperature: z.number(),
    failureProbability: z.number(),
    energy: z.number(),
    cost: z.number(),
    parts: z.number(),
    remainingLife: z.number().describe('min of cutting'),
  }),
  toolLife: z.number().describe('min of cutting of a new average edge'),
  remainingLife: z.number().describe('min of cutting left to this edge from now'),
  wornAt: z.number().nullable().describe('min from now at which the edge reaches the wear limit; null: not in sight'),
  part: PartSchema,
  partsPerHour: z.number(),
  limits: PlanLimitsSchema,
  events: z.array(z.object({ atMinute: z.number(), type: z.string() })),
});
export type Outlook = z.infer<typeof OutlookSchema>;

const pointShape = {
  cuttingSpeed: z.number().describe('m/min'),
  spindleSpeed: z.number().describe('1/min at the start diameter'),
  toolLife: z.number().describe('min of cutting'),
  timePerPart: z.number().describe('s, with its share of the tool changes'),
  partsPerHour: z.number(),
  energyPerPart: z.number().describe('kWh'),
  costPerPart: z.number(),
  limit: LimitNameSchema.nullable().describe('first limit that this speed breaks'),
};
export const SweepPointSchema = z.object(pointShape);
export type SweepPoint = z.infer<typeof SweepPointSchema>;

export const OptimumSchema = z.object({
  ...pointShape,
  boundBy: z
    .enum([...LIMIT_NAMES, 'calibratedRange'])
    .nullable()
    .describe('limit that keeps the speed from being better still; null: nothing, this is the best of all speeds'),
});
export type Optimum = z.infer<typeof OptimumSchema>;

export const SpeedSweepSchema = z.object({
  points: z.array(SweepPointSchema).describe('by rising speed'),
  minimumCost: OptimumSchema.nullable().describe('null: no speed is feasible'),
  maximumProduction: OptimumSchema.nullable(),
});
export type SpeedSweep = z.infer<typeof SpeedSweepSchema>;

/** The future of a lathe as it is planned and as it would be. */
export const WhatIfAnswerSchema = z.object({
  latheId: z.string(),
  jobId: z.string(),
  at: z.iso.datetime().describe('time of the state that both start from'),
  horizonMinutes: z.number(),
  economics: z.object({
    machineHourRate: z.number(),
    energyPrice: z.number(),
    toolChangeMinutes: z.number(),
    costPerEdge: z.record(z.string(), z.number()),
  }),
  t: series.describe('min from now'),
  current: OutlookSchema,
  proposed: OutlookSchema,
  sweep: SpeedSweepSchema.nullable().describe(
    'of the proposed plan; null for knurling, whose wheels wear at any speed alike',
  ),
  basis: WhatIfBasisSchema,
});
export type WhatIfAnswer = z.infer<typeof WhatIfAnswerSchema>;
