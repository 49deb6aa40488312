import type { CuttingParameters, PlanWarning } from '../contract/machining.js';
import type { BoringCut } from './boring.js';
import type { DrillingCut } from './drilling.js';
import type { FacingCut } from './facing.js';
import type { KnurlingCut } from './knurling.js';
import type { MachineLimits } from './machine-limits.js';
import type { Material } from './materials.js';
import type { MachiningRequest } from './request.js';
import type { SpindleCommand } from './spindle.js';
import type { ThreadingCut } from './threading.js';
import type { Tool } from './tools.js';
import type { TurningCut } from './turning.js';

export { fittingTools } from './tools.js';

export type CutPlan = TurningCut | FacingCut | BoringCut | DrillingCut | ThreadingCut | KnurlingCut;
export type Coolant = 'flood' | 'mist' | 'dry';

/** A checked job with every default filled in: plain JSON. */
export interface JobPlan {
  material: Material;
  tool: Tool;
  machine: MachineLimits;
  coolant: Coolant;
  spindle: SpindleCommand;
  cut: CutPlan;
  /** passes per workpiece */
  passes: number;
  /** flank wear that the tool starts with, mm; null: as the tool is */
  initialFlankWearMm: number | null;
  /** length of the workpiece from the chuck face to its free end, mm */
  workLengthMm: number;
  /** outside diameter of the workpiece before the job, mm */
  workDiameterMm: number;
  /** the same job in the API's names, defaults included */
  parameters: CuttingParameters;
  warnings: PlanWarning[];
}

/** What a plan is made against; every part has a default. */
export interface PlanLibrary {
  tools?: readonly Tool[];
  materials?: readonly Material[];
  machine?: MachineLimits;
}

/**
 * Checks a request and fills in what it leaves open.
 * @throws MachiningInputError with one entry per bad field
 */
export declare function planJob(request: MachiningRequest, library?: PlanLibrary): JobPlan;
