/** A camera that looks at a point: metres and radians; azimuth 0 looks along -z, elevation 0 is level. */
export interface OrbitView {
  x: number;
  y: number;
  z: number;
  azimuth: number;
  elevation: number;
  distance: number;
}

export interface OrbitLimits {
  azimuth: readonly [number, number];
  elevation: readonly [number, number];
  distance: readonly [number, number];
  x: readonly [number, number];
  z: readonly [number, number];
}

const KEYS = ['x', 'y', 'z', 'azimuth', 'elevation', 'distance'] as const;
/** Speed of approach, 1/s: a hand on the mouse expects an answer at once, a flight takes about a second. */
const FOLLOW = 16;
const FLIGHT = 3.6;

/** Orbit camera with limits; the drawn view glides to where hand or page want it. */
export class Orbit {
  readonly now: OrbitView = { x: 0, y: 1, z: 0, azimuth: 0, elevation: 0.6, distance: 20 };
  readonly goal: OrbitView = { ...this.now };
  limits: OrbitLimits = {
    azimuth: [-Infinity, Infinity],
    elevation: [0.05, 1.45],
    distance: [1, 100],
    x: [-Infinity, Infinity],
    z: [-Infinity, Infinity],
  };
  private speed = FOLLOW;

  /** Flies to a view, or stands there at once. */
  goTo(view: Partial<OrbitView>, atOnce: boolean): void {
    Object.assign(this.goal, view);
    this.keepWithinLimits();
    this.speed = FLIGHT;
    if (atOnce) Object.assign(this.now, this.goal);
  }

  rotate(azimuth: number, elevation: number): void {
    this.goal.azimuth += azimuth;
    this.goal.elevation += elevation;
    this.grab();
  }

  zoom(factor: number): void {
    this.goal.distance *= factor;
    this.grab();
  }

  /** Moves the point looked at across the floor, metres to the right and ahead as seen from the camera. */
  pan(right: number, ahead: number): void {
    const { azimuth } = this.goal;
    this.goal.x += right * Math.cos(azimuth) - ahead * Math.sin(azimuth);
    this.goal.z += -right * Math.sin(azimuth) - ahead * Math.cos(azimuth);
    this.grab();
  }

  /** Glides for `seconds`. @returns whether the camera moved */
  update(seconds: number): boolean {
    const share = 1 - Math.exp(-this.speed * seconds);
    let moved = false;
    for (const key of KEYS) {
      const left = this.goal[key] - this.now[key];
      if (left === 0) continue;
      moved = true;
      this.now[key] = Math.abs(left) < 1e-4 ? this.goal[key] : this.now[key] + left * share;
    }
    return moved;
  }

  /** Place of the camera, written to `out` as x, y, z. */
  eye(out: { x: number; y: number; z: number }): void {
    const { x, y, z, azimuth, elevation, distance } = this.now;
    const level = Math.cos(elevation) * distance;
    out.x = x + Math.sin(azimuth) * level;
    out.y = y + Math.sin(elevation) * distance;
    out.z = z + Math.cos(azimuth) * level;
  }

  private grab(): void {
    this.speed = FOLLOW;
    this.keepWithinLimits();
  }

  private keepWithinLimits(): void {
    for (const key of ['azimuth', 'elevation', 'distance', 'x', 'z'] as const) {
      const [least, most] = this.limits[key];
      this.goal[key] = Math.min(most, Math.max(least, this.goal[key]));
    }
  }
}

/**
 * Distance from which a box on the floor fills the picture.
 * @param half - half sizes of the box around the point looked at, m
 * @param fovRad - vertical field of view
 */
export function fittingDistance(
  half: { x: number; y: number; z: number },
  azimuth: number,
  elevation: number,
  fovRad: number,
  aspect: number,
): number {
  const tanV = Math.tan(fovRad / 2);
  const tanH = tanV * aspect;
  let distance = 0;
  for (const sx of [-1, 1]) {
    for (const sy of [-1, 1]) {
      for (const sz of [-1, 1]) {
        const [x, y, z] = [sx * half.x, sy * half.y, sz * half.z];
        const right = x * Math.cos(azimuth) - z * Math.sin(azimuth);
        const level = x * Math.sin(azimuth) + z * Math.cos(azimuth);
        const towards = level * Math.cos(elevation) + y * Math.sin(elevation);
        const up = y * Math.cos(elevation) - level * Math.sin(elevation);
        distance = Math.max(distance, towards + Math.abs(right) / tanH, towards + Math.abs(up) / tanV);
      }
    }
  }
  return distance;
}
