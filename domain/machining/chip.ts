import type { Pass } from './pass.js';
import type { Tool } from './tools.js';

/** Share of feed and passive force per cutting force of a sharp edge (handbook ratios). */
export const FEED_FORCE_RATIO = 0.4;
export const PASSIVE_FORCE_RATIO = 0.25;

const DEGREE = Math.PI / 180;

/** Sine and cosine helpers for angles in °. */
export const sinDeg = (angle: number): number => Math.sin(angle * DEGREE);
export const cosDeg = (angle: number): number => Math.cos(angle * DEGREE);

/**
 * Entering angle where the chip ends on the nose arc: that of the tool from twice the nose radius on, below it the angle at
 * the outer end of the arc.
 * @param depthMm - ap, mm
 * @returns °
 */
export function effectiveEnteringAngleDeg(depthMm: number, enteringAngleDeg: number, noseRadiusMm: number): number {
  if (depthMm >= 2 * noseRadiusMm) return enteringAngleDeg;
  return Math.min(enteringAngleDeg, Math.acos(1 - depthMm / noseRadiusMm) / DEGREE);
}

/** The part of a pass that follows from feed, depth and one edge: h = f sin kr, b = ap / sin kr, A = f ap. */
export function chipOfEdge(
  feedMm: number,
  depthMm: number,
  tool: Tool,
): Omit<Pass, 'number' | 'diameterMm' | 'meanDiameterMm' | 'diameterPerTravel' | 'travelMm'> {
  const angle = effectiveEnteringAngleDeg(depthMm, tool.enteringAngle ?? 90, tool.noseRadius ?? 0);
  return {
    feedMm,
    depthMm,
    chipThicknessMm: feedMm * sinDeg(angle),
    chipWidthMm: depthMm / sinDeg(angle),
    chipAreaMm2: feedMm * depthMm,
    enteringAngleDeg: angle,
    forceFactor: 1,
    feedForceRatio: FEED_FORCE_RATIO,
    passiveForceRatio: PASSIVE_FORCE_RATIO,
    wearSensitive: true,
    continues: false,
    deepHoleDiameterMm: 0,
    knurl: null,
  };
}
