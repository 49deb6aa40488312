import type { LatheDto } from '#domain/contract/lathe.js';

/** Free space around the outermost lathes, m. */
const MARGIN_M = 3;

/** Rectangle of the floor that holds every lathe with a margin, in m. */
export function floorExtent(lathes: readonly Pick<LatheDto, 'position'>[]) {
  const xs = lathes.map((lathe) => lathe.position.x);
  const zs = lathes.map((lathe) => lathe.position.z);
  const left = Math.min(0, ...xs) - MARGIN_M;
  const top = Math.min(0, ...zs) - MARGIN_M;
  return {
    left,
    top,
    width: Math.max(0, ...xs) + MARGIN_M - left,
    depth: Math.max(0, ...zs) + MARGIN_M - top,
  };
}
