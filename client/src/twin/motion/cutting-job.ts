import type { SceneJob } from '../../live/scene-store';
import { AXIAL_TOOL, BORING_BAR_RADIUS, OUTSIDE_TOOL } from '../geometry/layout';
import { CHIP_KINDS, lookIndexOf, MATERIAL_LOOKS } from '../material-looks';
import { blankOf } from './blank';
import type { Blank } from './workpiece-profile';

/** Added to a chip kind whose chips leave through the free end of the part. */
export const OUT_OF_BORE = 8;

export const PATTERN = { none: 0, thread: 1, knurl: 2 } as const;

/** What a job means for the drawing of its lathe. Lengths mm unless the name says otherwise. */
export interface CuttingJob {
  jobId: string;
  blank: Blank;
  look: number;
  chipKind: number;
  toolNo: number;
  /** the tool works inside the part and points along the spindle */
  inside: boolean;
  /** the cut runs across the end of the part */
  faces: boolean;
  drillRadius: number;
  pattern: (typeof PATTERN)[keyof typeof PATTERN];
  pitch: number;
  /** ap; in threading and drilling what one turn takes away across the feed */
  depth: number;
  /** of a thread */
  passes: number;
  /** 1 flood, 0.4 mist, 0 dry */
  coolant: number;
  /** turret's centre from the tool tip: m across (added to the tip's radius) and m along the spindle */
  reachM: number;
  aheadM: number;
  /** a long slender part is held by the tailstock too */
  tailstock: boolean;
}

/** Reads a job; without one the lathe shows a plain bar and tool 1. */
export function cuttingJobOf(job: SceneJob | undefined): CuttingJob {
  const type = job?.JobType ?? 'turning';
  const given = job?.parameters ?? {};
  const blank = blankOf(job);
  const toolNo = job?.ToolNo ?? 1;
  const internalThread = type === 'threading' && given.side === 'internal';
  const inside = type === 'drilling' || type === 'boring' || internalThread;
  const axial = toolNo === 4 || toolNo === 6 || toolNo === 7;
  const barOffset = toolNo === 4 ? BORING_BAR_RADIUS : 0;
  const look = lookIndexOf(job?.Material);
  const wood = job?.Material === 'Wood';
  const chips = MATERIAL_LOOKS[look]?.chips ?? 'curl';
  return {
    jobId: job?.JobID ?? '',
    blank,
    look,
    chipKind: type === 'knurling' ? -1 : CHIP_KINDS.indexOf(chips) + (inside ? OUT_OF_BORE : 0),
    toolNo,
    inside,
    faces: type === 'facing',
    drillRadius: type === 'drilling' ? (given.drillDiameter ?? 10) / 2 : 0,
    pattern: type === 'threading' ? PATTERN.thread : type === 'knurling' ? PATTERN.knurl : PATTERN.none,
    pitch: given.pitch ?? (type === 'threading' ? 2.5 : 1),
    depth:
      type === 'drilling' ? (given.drillDiameter ?? 10) / 4 : type === 'threading' ? 0.15 : (given.depthOfCut ?? 2),
    passes: given.passes ?? 6,
    coolant: { flood: 1, mist: 0.4, dry: 0 }[given.coolant ?? (wood ? 'dry' : 'flood')],
    reachM: axial ? AXIAL_TOOL.reach - barOffset : OUTSIDE_TOOL.reach,
    aheadM: axial ? AXIAL_TOOL.ahead : OUTSIDE_TOOL.ahead,
    tailstock: !blank.boreRadius && blank.length >= 8 * blank.radius && type !== 'facing' && type !== 'drilling',
  };
}

/** Removal rate at which chips fly at their densest, cm³/min. */
const DENSE_CM3_PER_MIN = 160;

/** How densely chips fly, 0.06 … 1 while cutting, from the material removed in a minute: π · D · ap · feed. */
export function chipShare(job: CuttingJob, workDiameterMm: number, feedMmPerMin: number): number {
  const diameter = job.drillRadius > 0 ? 2 * job.drillRadius : workDiameterMm;
  const cm3PerMin = (Math.PI * diameter * job.depth * feedMmPerMin) / 1000;
  return Math.min(1, Math.max(0.06, Math.sqrt(cm3PerMin / DENSE_CM3_PER_MIN)));
}
