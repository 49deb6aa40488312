import { COOLANTS, type CoolantFigures } from './coolants.js';
import { coolantForceFactor } from './forces.js';
import { toolHeatShare, toolResistance, ZONE_LIMIT_SHARE, zoneCoolingFactor } from './heat.js';
import type { Material } from './materials.js';
import { passSpecificForce, passSpeedFor15Min } from './nominal-load.js';
import type { Pass } from './pass.js';
import type { Coolant, JobPlan } from './plan.js';
import { type CutDynamics, cutDynamics } from './stability.js';
import { coolantLifeFactor } from './tool-life.js';
import { type TipLine, tipLine } from './tool-path.js';
import { SOFTENING_TEMPERATURE_K } from './tools.js';

/** Wheels that cut their teeth twice shake twice as much. */
const DOUBLE_TRACKING_RIPPLE = 2;

/**
 * What the tick needs of a pass, its plan, material and tool, worked out once for the pass and kept in one place: a tick of one
 * lathe among many takes longer to look its figures up than to reckon with them.
 */
export interface PassFigures {
  /** specific force of the sharp edge, N/mm² */
  specificForceSharp: number;
  /** cutting speed for 15 min of life, m/min */
  speedFor15Min: number;
  /** Taylor's exponent of the edge */
  taylorN: number;
  /** Taylor's life at the speed and coolant factor that it was last reckoned for, min: most cuts hold their speed */
  lifeMin: number;
  lifeSpeedMPerMin: number;
  lifeCoolant: number;
  /** zone temperature above which the edge softens, K */
  softeningK: number;
  /** greatest force that the edge bears, N (knurling: per wheel) */
  forceLimitN: number;
  /** what chatter depends on; null where none is modelled */
  dynamics: CutDynamics | null;
  /** share of the cutting force that shakes the housing */
  ripple: number;
  material: Material;
  /** temperature that the zone stays below, K */
  zoneLimitK: number;
  toolHeatShare: number;
  /** length of the workpiece that takes part in the exchange of heat, m */
  heatedLengthM: number;
  /** diameter of the body that takes up heat, mm; 0: that at the tool, which turns its outside */
  bodyDiameterMm: number;
  /** what the coolant does while its loss is `coolantLoss` */
  cooling: CoolantFigures;
  coolantLoss: number;
  isFlooded: boolean;
  /** path of the tool tip */
  tip: TipLine;
}

export function passFigures(plan: JobPlan, pass: Pass, coolantLoss: number): PassFigures {
  const { material, tool, cut } = plan;
  return {
    specificForceSharp: passSpecificForce(plan, pass),
    speedFor15Min: pass.knurl ? 0 : passSpeedFor15Min(plan, pass),
    taylorN: tool.taylorN ?? 0.25,
    lifeMin: 0,
    lifeSpeedMPerMin: -1,
    lifeCoolant: 0,
    softeningK: SOFTENING_TEMPERATURE_K[tool.kind],
    forceLimitN: tool.forceLimit,
    dynamics: cutDynamics(plan, pass),
    ripple: material.rippleFactor * (pass.knurl?.doubleTracking ? DOUBLE_TRACKING_RIPPLE : 1),
    material,
    zoneLimitK: ZONE_LIMIT_SHARE * material.limitTemperature,
    toolHeatShare: toolHeatShare(material),
    heatedLengthM: plan.heatedLengthMm / 1000,
    bodyDiameterMm: cut.jobType === 'turning' ? 0 : plan.workDiameterMm,
    cooling: coolingAt(plan.coolant, coolantLoss),
    coolantLoss,
    isFlooded: plan.coolant === 'flood',
    tip: tipLine(plan, pass),
  };
}

/** What a coolant still does when a share of it, 0..1, is lost. */
export function coolingAt(coolant: Coolant, loss: number): CoolantFigures {
  if (loss === 0) return COOLANTS[coolant];
  const { workFilm } = COOLANTS[coolant];
  return {
    force: coolantForceFactor(coolant, loss),
    life: coolantLifeFactor(coolant, loss),
    zone: zoneCoolingFactor(coolant, loss),
    toolResistance: toolResistance(coolant, loss),
    workFilm: workFilm + (COOLANTS.dry.workFilm - workFilm) * loss,
  };
}
