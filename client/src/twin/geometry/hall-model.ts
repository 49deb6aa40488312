import { PART } from './layout';
import { type Finish, type MeshArrays, MeshBuilder } from './mesh-builder';

/** Rectangle of the floor that lathes stand on, m. */
export interface FloorExtent {
  minX: number;
  maxX: number;
  minZ: number;
  maxZ: number;
}

const WALL: Finish = { color: [0.52, 0.53, 0.54], roughness: 0.9, metalness: 0 };
const BASE: Finish = { color: [0.36, 0.37, 0.385], roughness: 0.9, metalness: 0 };
const COLUMN: Finish = { color: [0.3, 0.32, 0.345], roughness: 0.8, metalness: 0 };
const PANE: Finish = { color: [0.84, 0.88, 0.92], roughness: 0.9, metalness: 0 };
const BAY = 7;
const HEIGHT = 7.5;
export const HALL_MARGIN = 6;

/** Back and side walls with columns and a band of windows; the side of the camera is left open. */
export function hallMesh(extent: FloorExtent): MeshArrays {
  const mesh = new MeshBuilder();
  const x0 = extent.minX - HALL_MARGIN - 1;
  const x1 = extent.maxX + HALL_MARGIN + 1;
  const z0 = extent.minZ - HALL_MARGIN;
  const z1 = extent.maxZ + HALL_MARGIN + 2;
  wall(mesh, x0, z0, 1, 0, x1 - x0);
  wall(mesh, x1, z0, 0, 1, z1 - z0);
  wall(mesh, x0, z1, 0, -1, z1 - z0);
  return mesh.build();
}

/** Wall from (x, z) along (dx, dz); its inside is on the right hand, which is where the lathes are. */
function wall(mesh: MeshBuilder, x: number, z: number, dx: number, dz: number, length: number): void {
  mesh.frame = { origin: [x, 0, z], x: [dx, 0, dz], y: [0, 1, 0], z: [-dz, 0, dx] };
  const bays = Math.max(2, Math.round(length / BAY));
  const bay = length / bays;
  mesh.as(PART.fixed, BASE).polygon([0, 0, 0], [length, 0, 0], [length, 1.2, 0], [0, 1.2, 0]);
  mesh.as(PART.fixed, WALL).polygon([0, 1.2, 0], [length, 1.2, 0], [length, 3.6, 0], [0, 3.6, 0]);
  mesh.polygon([0, 5.9, 0], [length, 5.9, 0], [length, HEIGHT, 0], [0, HEIGHT, 0]);
  for (let i = 0; i < bays; i++) {
    const from = i * bay;
    mesh.as(PART.fixed, WALL);
    mesh.polygon([from, 3.6, 0], [from + 0.6, 3.6, 0], [from + 0.6, 5.9, 0], [from, 5.9, 0]);
    mesh.polygon([from + bay - 0.6, 3.6, 0], [from + bay, 3.6, 0], [from + bay, 5.9, 0], [from + bay - 0.6, 5.9, 0]);
    mesh.as(PART.fixed, PANE, 0, 62);
    const third = (bay - 1.2) / 3;
    for (let pane = 0; pane < 3; pane++) {
      const left = from + 0.6 + pane * third;
      mesh.polygon(
        [left + 0.04, 3.66, 0],
        [left + third - 0.04, 3.66, 0],
        [left + third - 0.04, 5.84, 0],
        [left + 0.04, 5.84, 0],
      );
    }
    mesh.as(PART.fixed, COLUMN);
    mesh.polygon(
      [from + 0.6, 3.6, -0.03],
      [from + bay - 0.6, 3.6, -0.03],
      [from + bay - 0.6, 5.9, -0.03],
      [from + 0.6, 5.9, -0.03],
    );
  }
  // Faces towards the lathes only: seen from behind, a wall and its columns are culled.
  for (let i = 0; i <= bays; i++) {
    const [l, r] = [i * bay - 0.16, i * bay + 0.16];
    mesh.polygon([l, 0, 0.34], [r, 0, 0.34], [r, HEIGHT, 0.34], [l, HEIGHT, 0.34]);
    mesh.polygon([l, 0, 0], [l, 0, 0.34], [l, HEIGHT, 0.34], [l, HEIGHT, 0]);
    mesh.polygon([r, 0, 0.34], [r, 0, 0], [r, HEIGHT, 0], [r, HEIGHT, 0.34]);
  }
  mesh.polygon([0, HEIGHT - 0.3, 0.3], [length, HEIGHT - 0.3, 0.3], [length, HEIGHT, 0.3], [0, HEIGHT, 0.3]);
}
