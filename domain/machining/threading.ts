import { cosDeg, sinDeg } from './chip.js';
import { definePass, type Pass } from './pass.js';

/** Single-point threading of a 60° metric thread with decreasing infeed. */
export interface ThreadingCut {
  jobType: 'threading';
  /** major diameter, mm */
  diameterMm: number;
  pitchMm: number;
  lengthMm: number;
  passes: number;
  side: 'external' | 'internal';
  infeed: 'radial' | 'flank';
}

/** Height of the ISO metric profile that a single-point tool cuts, per pitch. */
const DEPTH_PER_PITCH = { external: 0.61343, internal: 0.54127 } as const;
/** First pass of the series: sqrt(0.3) of the unit infeed, from Sandvik's threading manual p. 114. */
const FIRST_PSI = 0.3;
const TAN_30 = sinDeg(30) / cosDeg(30);

/** Full depth a of the thread, mm on the radius. */
export function threadDepthMm(cut: ThreadingCut): number {
  return DEPTH_PER_PITCH[cut.side] * cut.pitchMm;
}

/** Cumulative infeed after pass `number` of the series, mm on the radius; 0 before the first. */
export function threadInfeedMm(cut: ThreadingCut, number: number): number {
  if (number < 1) return 0;
  const psi = number === 1 ? FIRST_PSI : number - 1;
  return (threadDepthMm(cut) * Math.sqrt(psi)) / Math.sqrt(cut.passes - 1);
}

/** Pass `number` (1-based). Radial infeed cuts on both flanks, flank infeed on one. */
export function threadingPass(cut: ThreadingCut, number: number): Pass {
  const infeed = threadInfeedMm(cut, number);
  const area = TAN_30 * (infeed ** 2 - threadInfeedMm(cut, number - 1) ** 2);
  const flanks = cut.infeed === 'radial' ? 2 : 1;
  const edge = (flanks * infeed) / cosDeg(30);
  const meanDiameter =
    cut.side === 'external' ? cut.diameterMm - infeed : cut.diameterMm - 2 * threadDepthMm(cut) + infeed;
  return definePass({
    number,
    feedMm: cut.pitchMm,
    depthMm: infeed,
    chipThicknessMm: area / edge,
    chipWidthMm: edge,
    chipAreaMm2: area,
    diameterMm: cut.diameterMm,
    meanDiameterMm: meanDiameter,
    travelMm: cut.lengthMm,
    enteringAngleDeg: 60,
    forceFactor: cut.infeed === 'radial' ? 1.2 : 1,
  });
}
