import type { LatheDto } from '#domain/contract/lathe.js';
import {
  AXIS_Y,
  AXIS_Z,
  BACK_Z,
  CHUCK_RADIUS,
  FRONT_Z,
  HALF_WIDTH,
  HEIGHT,
  OPENING,
  TAILSTOCK_PARKED_X,
  WORK_ZERO_X,
} from '../geometry/layout';

export interface Point {
  x: number;
  y: number;
  z: number;
}

interface Box {
  part: PartName;
  min: readonly [number, number, number];
  max: readonly [number, number, number];
}

export const PART_NAMES = ['body', 'chuck', 'workpiece', 'tool', 'tailstock', 'panel', 'beacon'] as const;
export type PartName = (typeof PART_NAMES)[number];

const r = CHUCK_RADIUS;
const BEACON: Box = { part: 'beacon', min: [1.05, HEIGHT, -0.35], max: [1.19, HEIGHT + 0.5, -0.21] };
/** Parts that can be pointed at, lathe frame; the first hit wins over the body around it. */
const PARTS: readonly Box[] = [
  BEACON,
  { part: 'panel', min: [0.83, 0.9, FRONT_Z - 0.04], max: [1.35, 1.6, FRONT_Z + 0.1] },
  { part: 'chuck', min: [-0.5, AXIS_Y - r, AXIS_Z - r], max: [WORK_ZERO_X, AXIS_Y + r, AXIS_Z + r] },
  {
    part: 'workpiece',
    min: [WORK_ZERO_X, AXIS_Y - 0.06, AXIS_Z - 0.06],
    max: [WORK_ZERO_X + 0.15, AXIS_Y + 0.06, AXIS_Z + 0.06],
  },
  { part: 'tailstock', min: [TAILSTOCK_PARKED_X, 0.95, -0.1], max: [OPENING.right, 1.2, 0.25] },
  { part: 'tool', min: [WORK_ZERO_X, 1.17, -0.5], max: [0.4, 1.6, 0.1] },
];
const BODY: Box = { part: 'body', min: [-HALF_WIDTH, 0, BACK_Z], max: [HALF_WIDTH + 0.8, HEIGHT, FRONT_Z + 0.1] };

/** Middle of a part in the frame of its lathe. `tool` is the place of the tip, which only the caller knows. */
export function placeOf(part: PartName): Point {
  if (part === 'body') return { x: 0, y: HEIGHT / 2, z: 0 };
  const box = PARTS.find((candidate) => candidate.part === part) as Box;
  return {
    x: (box.min[0] + box.max[0]) / 2,
    y: (box.min[1] + box.max[1]) / 2,
    z: (box.min[2] + box.max[2]) / 2,
  };
}

/** Nearest lathe on a ray and the part of it that is hit; null where the ray misses all. Directions need no unit length. */
export function pickLathe(
  lathes: readonly LatheDto[],
  eye: Point,
  direction: Point,
): { lathe: LatheDto; part: PartName } | null {
  let nearest = Number.POSITIVE_INFINITY;
  let hit: LatheDto | null = null;
  for (const lathe of lathes) {
    const [x, y, z] = [eye.x - lathe.position.x, eye.y, eye.z - lathe.position.z];
    const distance = Math.min(entry(BODY, x, y, z, direction), entry(BEACON, x, y, z, direction));
    if (distance >= nearest) continue;
    nearest = distance;
    hit = lathe;
  }
  if (!hit) return null;
  const { x, z } = hit.position;
  const inner = PARTS.find((box) => entry(box, eye.x - x, eye.y, eye.z - z, direction) < Number.POSITIVE_INFINITY);
  return { lathe: hit, part: inner?.part ?? 'body' };
}

/** Where a ray enters a box, in lengths of `d`; Infinity where it misses. */
function entry(box: Box, x: number, y: number, z: number, d: Point): number {
  let enter = 0;
  let leave = Number.POSITIVE_INFINITY;
  const from = [x, y, z];
  const along = [d.x, d.y, d.z];
  for (let axis = 0; axis < 3; axis++) {
    const a = ((box.min[axis] ?? 0) - (from[axis] ?? 0)) / (along[axis] ?? 0);
    const b = ((box.max[axis] ?? 0) - (from[axis] ?? 0)) / (along[axis] ?? 0);
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return leave >= enter ? enter : Number.POSITIVE_INFINITY;
}
