import { COOLANTS } from './coolants.js';
import type { Pass } from './pass.js';
import type { Coolant } from './plan.js';

/** Below this chip thickness the edge ploughs: the specific force grows no further, mm. */
const PLOUGHING_THICKNESS_MM = 0.02;
/** Forces and heat take no more wear than this, mm, so that no state can run away. */
export const FORCE_WEAR_CAP_MM = 0.6;

/** Kl: what the lack of coolant adds to the specific force; `loss` 0..1 blends towards a dry cut. */
export function coolantForceFactor(coolant: Coolant, loss: number): number {
  const { force } = COOLANTS[coolant];
  return force + (COOLANTS.dry.force - force) * loss;
}

/**
 * Kienzle's specific cutting force of a sharp edge in coolant, kc1 h^-mc (1 - rake/100), N/mm².
 * @param chipThicknessMm - h, floored where the edge ploughs
 * @see Sandvik Coromant, Specific cutting force
 */
export function specificForceSharp(kc1: number, mc: number, chipThicknessMm: number, rakeAngleDeg: number): number {
  return kc1 * Math.max(chipThicknessMm, PLOUGHING_THICKNESS_MM) ** -mc * (1 - rakeAngleDeg / 100);
}

/** KVB: a worn edge takes 1 + VB of the sharp one's force, VB in mm. */
export function wearForceFactor(flankWearMm: number): number {
  return 1 + Math.min(flankWearMm, FORCE_WEAR_CAP_MM);
}

/** Conditions of a cut that do not belong to the pass. */
export interface CutConditions {
  /** specific force of the sharp edge in coolant, with the workpiece's own scatter and hard spots, N/mm² */
  specificForceSharp: number;
  flankWearMm: number;
  /** Kl */
  coolantFactor: number;
  /** multiplies every force: hard spots in forming, a chipped edge */
  forceFactor: number;
  /** feed travel since the start of the pass, mm */
  travelMm: number;
  /** spindle speed, 1/min */
  rpm: number;
}

/** What a cut does, in full engagement. */
export interface CutLoad {
  diameterMm: number;
  meanDiameterMm: number;
  cuttingSpeedMPerMin: number;
  /** kc with wear and coolant, N/mm² */
  specificForce: number;
  cuttingForceN: number;
  feedForceN: number;
  passiveForceN: number;
  cuttingTorqueNm: number;
  cuttingPowerW: number;
  removalRateCm3PerMin: number;
}

export function emptyLoad(): CutLoad {
  return {
    diameterMm: 0,
    meanDiameterMm: 0,
    cuttingSpeedMPerMin: 0,
    specificForce: 0,
    cuttingForceN: 0,
    feedForceN: 0,
    passiveForceN: 0,
    cuttingTorqueNm: 0,
    cuttingPowerW: 0,
    removalRateCm3PerMin: 0,
  };
}

/**
 * Force, torque and power of a pass under `conditions`, written into `out`. Fc = kc A, Mc = Fc Dm / 2000, Pc = Mc w; feed and
 * passive force are shares of the sharp edge's cutting force that grow faster with wear (Sikdar and Chen, 2002).
 */
export function cutLoad(pass: Pass, conditions: CutConditions, out: CutLoad): CutLoad {
  out.diameterMm = pass.diameterMm + pass.diameterPerTravel * conditions.travelMm;
  out.meanDiameterMm = pass.meanDiameterMm + pass.diameterPerTravel * conditions.travelMm;
  out.cuttingSpeedMPerMin = (Math.PI * out.diameterMm * conditions.rpm) / 1000;
  if (pass.knurl) formingLoad(pass, conditions, out);
  else chipLoad(pass, conditions, out);
  out.cuttingPowerW = (out.cuttingTorqueNm * conditions.rpm * 2 * Math.PI) / 60;
  return out;
}

function chipLoad(pass: Pass, conditions: CutConditions, out: CutLoad): void {
  const wear = Math.min(conditions.flankWearMm, FORCE_WEAR_CAP_MM);
  const sharpInUse = conditions.specificForceSharp * conditions.coolantFactor;
  out.specificForce = sharpInUse * (1 + wear);
  const sharpForce = sharpInUse * pass.chipAreaMm2 * pass.forceFactor * conditions.forceFactor;
  const deep = pass.deepHoleDiameterMm > 0 ? deepHoleFactor(conditions.travelMm, pass.deepHoleDiameterMm) : 1;
  out.cuttingForceN = sharpForce * (1 + wear) * deep;
  const feedWear = pass.wearSensitive ? 1 + 2.5 * wear : 1 + wear;
  const passiveWear = pass.wearSensitive ? 1 + 3 * wear : 1 + wear;
  out.feedForceN = pass.feedForceRatio * sharpForce * feedWear;
  out.passiveForceN = pass.passiveForceRatio * sharpForce * passiveWear;
  out.cuttingTorqueNm = (out.cuttingForceN * out.meanDiameterMm) / 2000;
  const meanSpeed = (Math.PI * out.meanDiameterMm * conditions.rpm) / 1000;
  out.removalRateCm3PerMin = meanSpeed * pass.chipAreaMm2;
}

function formingLoad(pass: Pass, conditions: CutConditions, out: CutLoad): void {
  const knurl = pass.knurl!;
  const depth = knurl.startDepthMm + knurl.depthPerTravel * conditions.travelMm;
  const tooth = Math.min(1, (2 * depth) / knurl.pitchMm);
  const radial = knurl.wheels * knurl.flatForcePerWheelN * tooth * conditions.forceFactor;
  out.specificForce = 0;
  out.cuttingTorqueNm = (radial * knurl.leverMm) / 1000;
  out.cuttingForceN = (2000 * out.cuttingTorqueNm) / out.meanDiameterMm;
  out.feedForceN = 0;
  out.passiveForceN = radial;
  out.removalRateCm3PerMin = 0;
}

/** Time constant with which forces build up when the tool enters: one revolution, s. */
export function entryTauS(rpm: number): number {
  return 60 / Math.max(1, rpm);
}

/** Growth of torque in holes deeper than three diameters, where chips jam. */
function deepHoleFactor(depthMm: number, diameterMm: number): number {
  return 1 + 0.05 * Math.max(0, depthMm / diameterMm - 3);
}
