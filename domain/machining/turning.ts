import { chipOfEdge } from './chip.js';
import { definePass, type Pass } from './pass.js';
import type { Tool } from './tools.js';

/** Outside turning of a cylinder in passes of equal depth; the last pass takes the rest. */
export interface TurningCut {
  jobType: 'turning';
  startDiameterMm: number;
  endDiameterMm: number;
  lengthMm: number;
  feedMm: number;
  depthMm: number;
}

/** Number of passes from start to end diameter. */
export function turningPasses(cut: TurningCut): number {
  return passesFor((cut.startDiameterMm - cut.endDiameterMm) / 2, cut.depthMm);
}

/** Passes of `depthMm` that remove `stockMm` (both on the radius); a rest below a nanometre is no pass. */
export function passesFor(stockMm: number, depthMm: number): number {
  return Math.max(1, Math.ceil(stockMm / depthMm - 1e-6));
}

/** Pass `number` (1-based): speed at the start diameter, force at the mean one, so that Q is the exact volume per time. */
export function turningPass(cut: TurningCut, tool: Tool, number: number): Pass {
  const diameter = cut.startDiameterMm - 2 * cut.depthMm * (number - 1);
  const depth = Math.min(cut.depthMm, (diameter - cut.endDiameterMm) / 2);
  return definePass({
    ...chipOfEdge(cut.feedMm, depth, tool),
    number,
    diameterMm: diameter,
    meanDiameterMm: diameter - depth,
    travelMm: cut.lengthMm,
  });
}
