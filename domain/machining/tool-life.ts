import type { JobType } from '../contract/enums.js';
import type { ToolKind } from '../contract/machining.js';
import { COOLANTS } from './coolants.js';
import type { Coolant } from './plan.js';

/** Flank wear at which a tool counts as worn, mm: the uniform wear land of ISO 3685. */
export const WEAR_LIMIT_MM = 0.3;
/** Flank wear at which an edge gives way, mm. */
export const BREAKAGE_WEAR_MM = 0.6;

const REFERENCE = { lifeMin: 15, feedMm: 0.25, depthMm: 2 };
const FEED_EXPONENT = 0.3;
const DEPTH_EXPONENT = 0.12;
const LIFE_RANGE_MIN = { least: 0.05, most: 10_000 };
const COOLANT_LOST_LIFE = 0.5;

/** Kcool: life per that in flood coolant; `loss` 0..1 blends towards a hot edge whose coolant has failed. */
export function coolantLifeFactor(coolant: Coolant, loss: number): number {
  const { life } = COOLANTS[coolant];
  return coolant === 'dry' ? life : life + (COOLANT_LOST_LIFE - life) * loss;
}

/** gop: cutting speed that an operation allows per that of turning. */
export function operationSpeedFactor(jobType: JobType, kind: ToolKind): number {
  switch (jobType) {
    case 'boring':
      return 0.85;
    case 'threading':
      return 0.6;
    case 'drilling':
      return kind === 'hss' ? 0.55 : 0.35;
    default:
      return 1;
  }
}

/** Cutting speed v15 gv gop that would give 15 min at the reference feed and depth, corrected to those of the job, m/min. */
export function speedFor15Min(
  speed15: number,
  speedFactor: number,
  jobType: JobType,
  kind: ToolKind,
  feedMm: number,
  depthMm: number,
): number {
  const base = speed15 * speedFactor * operationSpeedFactor(jobType, kind);
  if (jobType === 'threading') return base;
  const feedTerm = (REFERENCE.feedMm / feedMm) ** FEED_EXPONENT;
  return jobType === 'drilling' ? base * feedTerm : base * feedTerm * (REFERENCE.depthMm / depthMm) ** DEPTH_EXPONENT;
}

/**
 * Tool life by Taylor's equation in its extended reference form, T = 15 Kcool (v15' / vc)^(1/n), min.
 * @param speedFor15 - from `speedFor15Min`, m/min
 * @param cuttingSpeedMPerMin - vc, m/min; at 0 the life is the greatest
 * @see M. P. Groover, Fundamentals of Modern Manufacturing, ch. 22
 */
export function taylorLifeMin(
  speedFor15: number,
  cuttingSpeedMPerMin: number,
  taylorN: number,
  coolantFactor: number,
): number {
  if (cuttingSpeedMPerMin <= 0) return LIFE_RANGE_MIN.most;
  const life = REFERENCE.lifeMin * coolantFactor * (speedFor15 / cuttingSpeedMPerMin) ** (1 / taylorN);
  return Math.min(LIFE_RANGE_MIN.most, Math.max(LIFE_RANGE_MIN.least, life));
}

/** Divisor of life on an edge hotter than it bears; capped, for wear and heat would drive each other. */
export function softeningDivisor(zoneK: number, softeningK: number): number {
  return zoneK > softeningK ? Math.min(5, Math.exp((zoneK - softeningK) / 100)) : 1;
}

/** Share of the wear limit reached at life used `u`: break-in, steady and accelerated wear; 1 at u = 1. */
function wearShape(lifeUsed: number): number {
  const late = Math.max(0, lifeUsed - 0.8);
  return (0.08 * (1 - Math.exp(-lifeUsed / 0.05)) + 0.17 * lifeUsed + 1.25 * late * late) / WEAR_LIMIT_SHAPE;
}
/** The three regions in mm at u = 1, as the curve is written. */
const WEAR_LIMIT_SHAPE = 0.3;

/** Flank wear VB at life used `u`, mm. */
export function flankWearMm(lifeUsed: number): number {
  return WEAR_LIMIT_MM * wearShape(lifeUsed);
}

/** Life used that belongs to a flank wear of 0..0.6 mm (bisection to 1e-12). */
export function lifeUsedAt(wearMm: number): number {
  if (wearMm <= 0) return 0;
  let low = 0;
  let high = 2;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (flankWearMm(middle) < wearMm) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Life used at which an edge gives way. */
export const BREAKAGE_LIFE_USED = lifeUsedAt(BREAKAGE_WEAR_MM);
