import { COLLAR } from './blank';
import { type CuttingJob, PATTERN } from './cutting-job';
import type { WorkpieceProfiles } from './workpiece-profile';

/** Depth of a full external metric thread per pitch. */
const THREAD_DEPTH = 0.613;
/** Difference of diameters that counts as a pass, mm. */
const SEEN_MM = 0.1;

/** Takes away what the tool at `x` (diameter, mm) and `z` cuts now. */
export function cutPart(profiles: WorkpieceProfiles, slot: number, job: CuttingJob, x: number, z: number): void {
  const end = job.blank.length;
  if (job.pattern === PATTERN.thread) profiles.pattern(slot, z, end, Math.max(0.2, threadShare(job, x)), job.inside);
  else if (job.pattern === PATTERN.knurl) profiles.pattern(slot, z, end, 1, false);
  else if (job.inside) profiles.openBore(slot, z, job.drillRadius || x / 2);
  else profiles.turnDown(slot, z, end, x / 2);
}

/**
 * What earlier passes took from a part that is first seen in the middle of its job. Outside, the diameter that is being
 * cut tells; a bore is one depth of cut narrower ahead of the tool; a thread's series goes with the root of the pass.
 * @param cutting - whether `x` is the place of a tool in the cut
 * @returns whether enough is known to tell
 */
export function recoverPart(
  profiles: WorkpieceProfiles,
  slot: number,
  job: CuttingJob,
  x: number,
  workDiameter: number,
  cutting: boolean,
): boolean {
  const end = job.blank.length;
  if (job.pattern === PATTERN.thread) {
    if (!cutting) return false;
    const before = threadShareBefore(job, threadShare(job, x));
    if (before > 0) profiles.pattern(slot, COLLAR, end, before, job.inside);
    return true;
  }
  if (job.pattern === PATTERN.knurl || job.drillRadius > 0 || job.faces) return true;
  if (!(workDiameter > 0)) return false;
  if (job.inside) {
    const before = workDiameter / 2 - job.depth;
    if (before > job.blank.boreRadius + SEEN_MM / 2) profiles.openBore(slot, COLLAR, before);
  } else if (workDiameter < 2 * job.blank.radius - SEEN_MM) profiles.turnDown(slot, COLLAR, end, workDiameter / 2);
  return true;
}

/** Depth of a thread being cut at diameter `x`, share of its full depth. */
function threadShare(job: CuttingJob, x: number): number {
  const full = THREAD_DEPTH * job.pitch;
  const depth = job.inside ? x / 2 - job.blank.boreRadius : job.blank.radius - x / 2;
  return Math.min(1, Math.max(0, depth / full));
}

/** Depth of the pass before the one at `share`, in a series whose depth grows with the root of the pass. */
function threadShareBefore({ passes }: CuttingJob, share: number): number {
  return Math.sqrt(Math.max(0, Math.round(passes * share * share) - 1) / passes);
}
