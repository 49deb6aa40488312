import { chipOfEdge } from './chip.js';
import { definePass, type Pass } from './pass.js';
import type { Tool } from './tools.js';
import { passesFor } from './turning.js';

/** Boring of a hole to a greater diameter with a bar. */
export interface BoringCut {
  jobType: 'boring';
  /** bore before the first pass, mm */
  startDiameterMm: number;
  endDiameterMm: number;
  lengthMm: number;
  feedMm: number;
  depthMm: number;
  barDiameterMm: number;
  barOverhangMm: number;
  /** Young's modulus of the bar, GPa: steel 210, carbide 600 */
  barModulusGPa: number;
}

/** From this Young's modulus on a bar counts as solid carbide, GPa. */
const CARBIDE_MODULUS_GPA = 400;

/** Number of passes from start to end bore. */
export function boringPasses(cut: BoringCut): number {
  return passesFor((cut.endDiameterMm - cut.startDiameterMm) / 2, cut.depthMm);
}

/** Pass `number` (1-based): speed at the bore after the cut, force at the mean diameter. */
export function boringPass(cut: BoringCut, tool: Tool, number: number): Pass {
  const before = cut.startDiameterMm + 2 * cut.depthMm * (number - 1);
  const depth = Math.min(cut.depthMm, (cut.endDiameterMm - before) / 2);
  return definePass({
    ...chipOfEdge(cut.feedMm, depth, tool),
    number,
    diameterMm: before + 2 * depth,
    meanDiameterMm: before + depth,
    travelMm: cut.lengthMm,
  });
}

/** Stiffness of a round cantilever bar at its end, 3 E I / L³ with I = pi d⁴/64, N/m. */
export function barStiffnessNPerM(diameterMm: number, overhangMm: number, modulusGPa: number): number {
  const inertia = (Math.PI * (diameterMm / 1000) ** 4) / 64;
  return (3 * modulusGPa * 1e9 * inertia) / (overhangMm / 1000) ** 3;
}

/** Longest overhang per diameter that makers advise for a bar of that modulus. */
export function advisedOverhangRatio(modulusGPa: number): number {
  return modulusGPa >= CARBIDE_MODULUS_GPA ? 6 : 4;
}
