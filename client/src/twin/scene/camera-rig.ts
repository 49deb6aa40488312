import { type PerspectiveCamera, Vector3 } from 'three';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { FloorExtent } from '../geometry/hall-model';
import { fittingDistance, Orbit } from './orbit';

/** Range of the overview's slope: as steep as the picture's shape allows without standing further away. */
const OVERVIEW_ELEVATION = { least: 0.48, most: 0.95, step: 0.04 } as const;
const NEAR_DISTANCE = 9.5;

/** Where the camera stands in each view, and how far hand and wheel may take it. */
export class CameraRig {
  readonly orbit = new Orbit();
  private readonly target = new Vector3();
  private extent: FloorExtent = { minX: -10, maxX: 10, minZ: -8, maxZ: 8 };

  setExtent(extent: FloorExtent): void {
    this.extent = extent;
  }

  showFloor(camera: PerspectiveCamera, atOnce: boolean): void {
    const { minX, maxX, minZ, maxZ } = this.extent;
    const half = { x: (maxX - minX) / 2 + 2.4, y: 1, z: (maxZ - minZ) / 2 + 1.6 };
    const fov = (camera.fov * Math.PI) / 180;
    const distanceAt = (slope: number) => fittingDistance(half, 0, slope, fov, camera.aspect);
    let elevation: number = OVERVIEW_ELEVATION.least;
    let distance = distanceAt(elevation);
    const farthest = 1.02 * distance;
    for (let slope = elevation; slope <= OVERVIEW_ELEVATION.most; slope += OVERVIEW_ELEVATION.step) {
      if (distanceAt(slope) > farthest) break;
      elevation = slope;
      distance = distanceAt(slope);
    }
    this.orbit.limits = {
      azimuth: [-1.25, 1.25],
      elevation: [0.16, 1.35],
      distance: [4.5, distance * 1.25],
      x: [minX - 3, maxX + 3],
      z: [minZ - 3, maxZ + 3],
    };
    this.goTo({ x: (minX + maxX) / 2, y: 0.8, z: (minZ + maxZ) / 2, azimuth: 0, elevation, distance }, atOnce);
  }

  /** Comes near one lathe on the floor. */
  approach(lathe: LatheDto, atOnce: boolean): void {
    const { x, z } = lathe.position;
    const { goal } = this.orbit;
    this.goTo(
      { x, y: 0.95, z, elevation: Math.min(goal.elevation, 0.42), distance: Math.min(goal.distance, NEAR_DISTANCE) },
      atOnce,
    );
  }

  /** Looks through the guard of one lathe at its work area. */
  showLathe(lathe: LatheDto, camera: PerspectiveCamera, atOnce: boolean): void {
    const { x, z } = lathe.position;
    this.orbit.limits = {
      azimuth: [-1, 1.1],
      elevation: [-0.1, 1.2],
      distance: [0.32, 8],
      x: [x - 1, x + 1],
      z: [z - 0.6, z + 0.6],
    };
    const distance = 1.16 / Math.min(1, camera.aspect / 1.7);
    this.goTo({ x: x - 0.16, y: 1.14, z: z + 0.08, azimuth: 0.3, elevation: 0.26, distance }, atOnce);
  }

  /** @returns whether the camera moved */
  update(camera: PerspectiveCamera, seconds: number): boolean {
    const moved = this.orbit.update(seconds);
    this.orbit.eye(camera.position);
    const { x, y, z } = this.orbit.now;
    camera.lookAt(this.target.set(x, y, z));
    camera.updateMatrixWorld();
    return moved;
  }

  private goTo(view: Parameters<Orbit['goTo']>[0], atOnce: boolean): void {
    this.orbit.goTo(view, atOnce);
  }
}
