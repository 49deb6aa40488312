import type { PlanWarning } from '../contract/machining.js';
import type { PlanLibrary } from './plan.js';
import type { MachiningRequest } from './request.js';

/** Speed, force, torque and power at one diameter of a facing cut. */
export interface FacingPoint {
  spindleSpeed: number;
  cuttingSpeed: number;
  cuttingForce: number;
  cuttingTorque: number;
  cuttingPower: number;
}

/** What a cut takes and gives; units as in the API: 1/min, m/min, mm/min, mm, °, N/mm², N, N·m, W, cm³/min, s, min, K, µm. */
export interface CalculatorResult {
  spindleSpeed: number;
  requestedSpindleSpeed: number;
  cuttingSpeed: number;
  feedRate: number;
  meanDiameter: number;
  effectiveEnteringAngle: number;
  chipThickness: number;
  specificCuttingForce: number;
  cuttingForce: number;
  feedForce: number;
  passiveForce: number;
  cuttingTorque: number;
  spindleTorque: number;
  cuttingPower: number;
  spindlePower: number;
  removalRate: number;
  machiningTime: number;
  passes: number;
  toolLife: number;
  cuttingZoneRise: number;
  /** theoretical; null for knurling */
  roughnessRa: number | null;
  roughnessRz: number | null;
  /** null where no regenerative chatter is modelled */
  chatterLimitDepth: number | null;
  warnings: PlanWarning[];
  limits: { maxSpindleSpeed: number; torqueAvailable: number; powerAvailable: number };
  bar?: { stiffness: number; deflection: number };
  drill?: { thrust: number };
  facing?: { start: FacingPoint; end: FacingPoint };
  thread?: { depth: number; infeeds: number[]; areas: number[]; forces: number[]; torques: number[] };
  knurl?: { contactLength: number; radialForcePerWheel: number; diameterAfter: number; teeth: number };
}

/**
 * The handbook calculator: the first pass of a workpiece (threading: the last, which is the heaviest) on a sharp edge unless
 * `flankWear` is given.
 * @throws MachiningInputError
 */
export declare function calculate(request: MachiningRequest, library?: PlanLibrary): CalculatorResult;
