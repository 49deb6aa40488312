import type { Pass } from './pass.js';
import type { Tool } from './tools.js';

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
function effectiveEnteringAngleDeg(depthMm: number, enteringAngleDeg: number, noseRadiusMm: number): number {
  if (depthMm >= 2 * noseRadiusMm) return enteringAngleDeg;
  return Math.min(enteringAngleDeg, Math.acos(1 - depthMm / noseRadiusMm) / DEGREE);
}

/** The part of a pass that follows from feed, depth and one edge: h = f sin kr, b = ap / sin kr, A = f ap. */
export type EdgeChip = Pick<
  Pass,
  'feedMm' | 'depthMm' | 'chipThicknessMm' | 'chipWidthMm' | 'chipAreaMm2' | 'enteringAngleDeg'
>;

export function chipOfEdge(feedMm: number, depthMm: number, tool: Tool): EdgeChip {
  const angle = effectiveEnteringAngleDeg(depthMm, tool.enteringAngle ?? 90, tool.noseRadius ?? 0);
  return {
    feedMm,
    depthMm,
    chipThicknessMm: feedMm * sinDeg(angle),
    chipWidthMm: depthMm / sinDeg(angle),
    chipAreaMm2: feedMm * depthMm,
    enteringAngleDeg: angle,
  };
}
