import type { JobType } from '../contract/enums.js';
import { WEAR_LIMIT_MM } from './tool-life.js';

/** Ra in µm where the feed leaves no pattern of its own. */
const FIXED_RA = { drilling: 3.2, threading: 1.6 } as const;

/** Theoretical Rz = 1000 f²/(8 re) µm; valid for a feed below the nose radius. */
export function theoreticalRz(feedMm: number, noseRadiusMm: number): number {
  return (1000 * feedMm * feedMm) / (8 * noseRadiusMm);
}

/** Theoretical Ra = 1000 f²/(32 re) µm. */
export function theoreticalRa(feedMm: number, noseRadiusMm: number): number {
  return theoreticalRz(feedMm, noseRadiusMm) / 4;
}

/** Ra of a job on a sharp edge by geometry alone, µm; null for knurling. */
export function geometricRa(jobType: JobType, feedMm: number, noseRadiusMm: number | null): number | null {
  if (jobType === 'knurling') return null;
  if (jobType === 'drilling' || jobType === 'threading') return FIXED_RA[jobType];
  return noseRadiusMm ? theoreticalRa(feedMm, noseRadiusMm) : null;
}

export interface FinishConditions {
  cuttingSpeedMPerMin: number;
  flankWearMm: number;
  chatterAmplitudeMm: number;
  /** 0..1: coolant failure tears the surface */
  coolantLoss: number;
  bearingWear: number;
  /** severity 0..1 of added unbalance */
  imbalance: number;
  chipped: boolean;
}

/** Ra that the work really gets, µm: built-up edge at low speed, wear, chatter marks and faults on top of the geometry. */
export function actualRa(geometricRaUm: number, conditions: FinishConditions): number {
  const slow = Math.max(0, 1 - conditions.cuttingSpeedMPerMin / 60);
  const factor = 1.1 + 0.9 * slow + 0.3 * conditions.coolantLoss;
  const feedMarks = factor * geometricRaUm * (1 + (0.5 * conditions.flankWearMm) / WEAR_LIMIT_MM);
  const chatterMarks = 0.25 * 1000 * conditions.chatterAmplitudeMm;
  const spindle = (1 + 0.3 * conditions.bearingWear) * (1 + 0.1 * conditions.imbalance);
  return Math.sqrt(feedMarks * feedMarks + chatterMarks * chatterMarks) * spindle * (conditions.chipped ? 3 : 1);
}
