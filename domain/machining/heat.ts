import { COOLANTS } from './coolants.js';
import { DRIVE_EFFICIENCY } from './machine-limits.js';
import type { Material } from './materials.js';
import type { Coolant } from './plan.js';

const CHUCK_CONDUCTANCE = 5;

/**
 * The part of a difference that is left after a while, exp(-dt/tau), for one time constant in s. The last answer is kept: one
 * tick is mostly as long as the one before.
 */
export class Decay {
  private readonly last = Float64Array.of(0, 1);

  constructor(private readonly tauS: number) {}

  after(dtS: number): number {
    if (this.last[0] !== dtS) {
      this.last[0] = dtS;
      this.last[1] = Math.exp(-dtS / this.tauS);
    }
    return this.last[1]!;
  }

  /** Exact step of dT/dt = (target - T)/tau over `dtS`. */
  relax(value: number, target: number, dtS: number): number {
    return target + (value - target) * this.after(dtS);
  }
}

/** Heat capacity of the tool and its holder, J/K. */
export const TOOL_CAPACITY = 350;
const SPINDLE_CAPACITY = 80_000;
const COOLANT_CAPACITY = 600_000;
/** From the spindle and from the coolant to the air, K/W. */
export const SPINDLE_RESISTANCE = 0.03;
export const COOLANT_RESISTANCE = 1 / 150;
export const SPINDLE_DECAY = new Decay(SPINDLE_RESISTANCE * SPINDLE_CAPACITY);
export const COOLANT_DECAY = new Decay(COOLANT_RESISTANCE * COOLANT_CAPACITY);
const ZONE_TAU_S = 0.8;
export const ZONE_DECAY = new Decay(ZONE_TAU_S);
/** Of half a step. */
export const ZONE_HALF_DECAY = new Decay(2 * ZONE_TAU_S);
/** The zone stays below this share of the material's limit. */
export const ZONE_LIMIT_SHARE = 0.95;
/** Share of the cutting power that goes into the work. */
export const WORK_HEAT_SHARE = 0.1;
/** Share of the cutting power that the flood carries away. */
export const COOLANT_HEAT_SHARE = 0.6;
const TITANIUM_HEAT_SHARE = 0.1;
const TOOL_HEAT_SHARE = 0.05;

/** Exact step of dT/dt = (target - T)/tau over `dtS`. */
export function relax(value: number, target: number, dtS: number, tauS: number): number {
  return target + (value - target) * Math.exp(-dtS / tauS);
}

/** kco: share of the dry rise that remains under coolant; `loss` 0..1 blends to dry. */
export function zoneCoolingFactor(coolant: Coolant, loss: number): number {
  const { zone } = COOLANTS[coolant];
  return zone + (COOLANTS.dry.zone - zone) * loss;
}

/** Thermal resistance from the tool holder to its surroundings, K/W. */
export function toolResistance(coolant: Coolant, loss: number): number {
  const { toolResistance } = COOLANTS[coolant];
  return toolResistance + (COOLANTS.dry.toolResistance - toolResistance) * loss;
}

/** Thermal resistance from the work to its surroundings and the chuck, K/W. @param areaM2 - lateral surface */
export function workResistance(filmWPerM2K: number, areaM2: number): number {
  return 1 / (filmWPerM2K * areaM2 + CHUCK_CONDUCTANCE);
}

/** Share of the cutting power that goes into the tool: more with titanium, which conducts badly. */
export function toolHeatShare(material: Material): number {
  return material.name === 'Titanium Ti-6Al-4V' ? TITANIUM_HEAT_SHARE : TOOL_HEAT_SHARE;
}

/**
 * Rise of the cutting zone by Cook's equation, 0.4 U/(rho c) (v h/K)^(1/3), corrected for warm material and coolant, K.
 * @param specificForceSharp - kc of the sharp edge with the coolant's Kl, N/mm²; U is this in MJ/m³, raised a little by wear
 * @param cuttingSpeedMPerMin - vc, m/min
 * @param chipThicknessMm - h, mm
 * @param cooling - kco
 * @see N. H. Cook, Tool wear and tool life, J. Eng. Ind. 95 (1973)
 */
export function cookRiseK(
  material: Material,
  specificForceSharp: number,
  flankWearMm: number,
  cuttingSpeedMPerMin: number,
  chipThicknessMm: number,
  cooling: number,
): number {
  const energy = specificForceSharp * (1 + 0.3 * flankWearMm) * 1e6;
  const heatCapacity = material.density * material.specificHeat;
  const diffusivity = material.conductivity / heatCapacity;
  const peclet = ((cuttingSpeedMPerMin / 60) * (chipThicknessMm / 1000)) / diffusivity;
  return ((0.4 * energy) / heatCapacity) * Math.cbrt(peclet) * material.heatFactor * cooling;
}

/** Rise under knurling wheels, K: no chip, the forming power alone. */
export function formingRiseK(powerW: number): number {
  return (0.3 * powerW) / 100;
}

/** Heat into the spindle node: bearing friction and part of the drive's losses, W. */
export function spindleHeatW(frictionTorqueNm: number, speedRadPerS: number, spindlePowerW: number): number {
  return 0.6 * frictionTorqueNm * speedRadPerS + 0.3 * (1 / DRIVE_EFFICIENCY - 1) * spindlePowerW;
}
