import type { ToolKind } from '../contract/machining.js';
import { sinDeg } from './chip.js';
import { definePass, type Pass } from './pass.js';
import type { Tool } from './tools.js';

/** Drilling of a hole into the solid with a two-lipped drill. */
export interface DrillingCut {
  jobType: 'drilling';
  drillDiameterMm: number;
  holeDepthMm: number;
  feedMm: number;
}

/**
 * What the chisel edge adds to the lips, as factors of torque and thrust. HSS with 118° is fitted to Machinery's Handbook
 * (31st ed. pp. 1147-1153) and a maker's formula for Cr-Mo steel; carbide with 140° is this model's own.
 */
function drillFactors(kind: ToolKind): { torque: number; thrust: number } {
  return kind === 'hss' ? { torque: 1.2, thrust: 1.25 } : { torque: 1, thrust: 0.85 };
}

/**
 * The one pass of a drill. Both lips together cut an area of f D/2 at a mean diameter of D/2, which gives
 * Mc = CM kc f D²/8000; thrust is CT kc (D/2) f sin(point/2).
 */
export function drillingPass(cut: DrillingCut, tool: Tool): Pass {
  const diameter = cut.drillDiameterMm;
  const halfPoint = tool.enteringAngle ?? 59;
  const factors = drillFactors(tool.kind);
  return definePass({
    number: 1,
    feedMm: cut.feedMm,
    depthMm: diameter / 2,
    chipThicknessMm: (cut.feedMm / 2) * sinDeg(halfPoint),
    chipWidthMm: diameter / 2 / sinDeg(halfPoint),
    chipAreaMm2: (cut.feedMm * diameter) / 2,
    diameterMm: diameter,
    meanDiameterMm: diameter / 2,
    travelMm: cut.holeDepthMm,
    enteringAngleDeg: halfPoint,
    forceFactor: factors.torque,
    feedForceRatio: (factors.thrust / factors.torque) * sinDeg(halfPoint),
    passiveForceRatio: 0,
    wearSensitive: false,
    deepHoleDiameterMm: diameter,
  });
}
