import { chipOfEdge } from './chip.js';
import { definePass, type Pass } from './pass.js';
import type { SpindleCommand } from './spindle.js';
import type { Tool } from './tools.js';

/** Facing of an end, from the outside inwards, in one pass. */
export interface FacingCut {
  jobType: 'facing';
  startDiameterMm: number;
  /** 0 faces to the centre */
  endDiameterMm: number;
  feedMm: number;
  depthMm: number;
}

/** The one pass of a facing cut: the diameter falls by two feeds a revolution. */
export function facingPass(cut: FacingCut, tool: Tool): Pass {
  return definePass({
    ...chipOfEdge(cut.feedMm, cut.depthMm, tool),
    number: 1,
    diameterMm: cut.startDiameterMm,
    meanDiameterMm: cut.startDiameterMm,
    diameterPerTravel: -2,
    travelMm: (cut.startDiameterMm - cut.endDiameterMm) / 2,
  });
}

/**
 * Cutting time of a facing cut in min. At constant surface speed it has two parts: the one in which speed rises as the
 * diameter falls, and the one at the greatest speed.
 */
export function facingTimeMin(cut: FacingCut, spindle: SpindleCommand): number {
  const { startDiameterMm: start, endDiameterMm: end, feedMm } = cut;
  if (spindle.mode === 'constantRpm') return (start - end) / (2 * feedMm * spindle.rpm);
  const critical = (1000 * spindle.cuttingSpeedMPerMin) / (Math.PI * spindle.maxRpm);
  const at = Math.min(Math.max(critical, end), start);
  const rising = (Math.PI * (start ** 2 - at ** 2)) / (4000 * feedMm * spindle.cuttingSpeedMPerMin);
  return rising + Math.max(0, at - end) / (2 * feedMm * spindle.maxRpm);
}
