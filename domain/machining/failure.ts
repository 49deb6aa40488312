/** Horizon of the failure probability, min. */
export const HORIZON_MIN = 10;
/** Spindle temperature of the warning, and of the trip, K. */
export const SPINDLE_WARN_K = 343;
export const SPINDLE_TRIP_K = 353;

const SCALE = 1.1;
const RANDOM_PER_MIN = 1e-5;
/** Fractures per wear-outs: an edge rather wears out than breaks. */
const BREAKAGE_SHARE = 0.1;

/** (u/1.1)^4: the cumulative hazard of a tool at life used `u`, Weibull with its median near u = 1. */
function cumulativeHazard(lifeUsed: number): number {
  const square = (lifeUsed / SCALE) * (lifeUsed / SCALE);
  return square * square;
}

/** Probability that a tool at life used `u` fails within `minutes`. @param lifeMin - T at present conditions, above 0 */
export function toolFailureProbability(lifeUsed: number, lifeMin: number, minutes = HORIZON_MIN): number {
  return 1 - Math.exp(cumulativeHazard(lifeUsed) - cumulativeHazard(lifeUsed + minutes / lifeMin));
}

/** Cumulative hazard of a fracture within `minutes`, a tenth of that of wearing out. */
export function breakageHazard(lifeUsed: number, lifeMin: number, minutes: number): number {
  return BREAKAGE_SHARE * (cumulativeHazard(lifeUsed + minutes / lifeMin) - cumulativeHazard(lifeUsed));
}

/** @param bearingWear - wb, 0..1 */
function bearingFailureProbability(bearingWear: number, minutes = HORIZON_MIN): number {
  const growth = bearingWear > 0 ? 1000 ** bearingWear : 1;
  return 1 - Math.exp(-1e-6 * growth * minutes);
}

/** @param torqueRatio - spindle torque per available torque */
function overloadProbability(torqueRatio: number): number {
  return 1 / (1 + Math.exp(-(torqueRatio - 1) / 0.05));
}

function heatFailureProbability(spindleK: number): number {
  return 1 / (1 + Math.exp(-(spindleK - SPINDLE_WARN_K) / 5));
}

/** Probability of what has no cause in the model. */
const RANDOM_IN_HORIZON = 1 - Math.exp(-RANDOM_PER_MIN * HORIZON_MIN);

/** Probability of each mode within 10 min. */
export interface FailureModes {
  tool: number;
  bearing: number;
  overload: number;
  heat: number;
  random: number;
}

/**
 * Probability of each failure mode within 10 min.
 * @param lifeMin - tool life at present or last conditions, min; 0: the tool has not cut yet
 * @param bearingWear - wb, 0..1
 * @param torqueRatio - spindle torque per available torque
 */
export function failureModes(
  lifeUsed: number,
  lifeMin: number,
  toolBroken: boolean,
  bearingWear: number,
  torqueRatio: number,
  spindleK: number,
): FailureModes {
  return {
    tool: toolMode(toolBroken, lifeUsed, lifeMin),
    bearing: bearingFailureProbability(bearingWear),
    overload: overloadProbability(torqueRatio),
    heat: heatFailureProbability(spindleK),
    random: RANDOM_IN_HORIZON,
  };
}

/** Probability that any mode strikes within 10 min, 1 - prod(1 - p_i); arguments as in `failureModes`. */
export function failureProbability(
  lifeUsed: number,
  lifeMin: number,
  toolBroken: boolean,
  bearingWear: number,
  torqueRatio: number,
  spindleK: number,
): number {
  const survive =
    (1 - toolMode(toolBroken, lifeUsed, lifeMin)) *
    (1 - bearingFailureProbability(bearingWear)) *
    (1 - overloadProbability(torqueRatio)) *
    (1 - heatFailureProbability(spindleK)) *
    (1 - RANDOM_IN_HORIZON);
  return 1 - survive;
}

function toolMode(broken: boolean, lifeUsed: number, lifeMin: number): number {
  if (broken) return 1;
  return lifeMin > 0 ? toolFailureProbability(lifeUsed, lifeMin) : 0;
}

/** Health 0..1 of the weakest part: tool, bearing, spindle heat, vibration; 0 with a broken tool. */
export function healthOf(
  lifeUsed: number,
  bearingWear: number,
  spindleK: number,
  vibrationMmPerS: number,
  broken: boolean,
): number {
  if (broken) return 0;
  const weakest = Math.min(
    1 - lifeUsed,
    1 - bearingWear,
    (SPINDLE_TRIP_K - spindleK) / 40,
    (11.2 - vibrationMmPerS) / 8.4,
  );
  return Math.min(1, Math.max(0, weakest));
}

/** Quality grade of the AI4I 2020 data set. */
export type QualityGrade = 'L' | 'M' | 'H';
const OVERSTRAIN_LIMIT: Readonly<Record<QualityGrade, number>> = { L: 11_000, M: 12_000, H: 13_000 };

export interface RuleInputs {
  toolMinutes: number;
  /** per-tool draw, 200..240 min */
  wearRuleMinutes: number;
  processK: number;
  airK: number;
  rpm: number;
  torqueNm: number;
  powerW: number;
  grade: QualityGrade;
  /** per-job draw, one in a thousand */
  randomFailure: boolean;
}

/** Failure flags by the published rules of the AI4I 2020 data set, which describe a 2.9 kW milling process, not this lathe. */
export interface RuleFlags {
  TWF: boolean;
  HDF: boolean;
  PWF: boolean;
  OSF: boolean;
  RNF: boolean;
  any: boolean;
}

export function ruleFlags(inputs: RuleInputs): RuleFlags {
  const TWF = inputs.toolMinutes >= inputs.wearRuleMinutes;
  const HDF = inputs.processK - inputs.airK < 8.6 && inputs.rpm < 1380;
  const PWF = inputs.powerW < 3500 || inputs.powerW > 9000;
  const OSF = inputs.toolMinutes * inputs.torqueNm > OVERSTRAIN_LIMIT[inputs.grade];
  const RNF = inputs.randomFailure;
  return { TWF, HDF, PWF, OSF, RNF, any: TWF || HDF || PWF || OSF || RNF };
}
