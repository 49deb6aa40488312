import { PART, type Part } from './layout';

export type Vec3 = readonly [number, number, number];

/** Surface: sRGB colour, roughness and metalness, all 0..1. */
export interface Finish {
  color: Vec3;
  roughness: number;
  metalness: number;
}

/** Origin and three perpendicular unit axes in which the next shapes are given. */
export interface Frame {
  origin: Vec3;
  x: Vec3;
  y: Vec3;
  z: Vec3;
}

export const WORLD_FRAME: Frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** Interleaving is left to the GPU layer: one array per attribute, bytes where bytes are enough. */
export interface MeshArrays {
  position: Float32Array;
  /** xyz of the normal and openness to light, signed bytes */
  normal: Int8Array;
  /** sRGB colour and roughness, bytes */
  tint: Uint8Array;
  /** part, metalness × 255, flags, extra */
  part: Uint8Array;
  index: Uint32Array;
}

/** Builds one merged mesh out of boxes, prisms and turned shapes; every vertex knows which part moves it. */
export class MeshBuilder {
  part: Part = PART.fixed;
  flags = 0;
  extra = 0;
  /** 0 (dark corner) … 1 (open) */
  openness = 1;
  frame: Frame = WORLD_FRAME;
  finish: Finish = { color: [0.8, 0.8, 0.8], roughness: 0.6, metalness: 0 };
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly tints: number[] = [];
  private readonly parts: number[] = [];
  private readonly indices: number[] = [];

  get triangles(): number {
    return this.indices.length / 3;
  }

  /** Sets what follows: part, finish and optionally flags. */
  as(part: Part, finish: Finish, flags = 0, extra = 0): this {
    this.part = part;
    this.finish = finish;
    this.flags = flags;
    this.extra = extra;
    return this;
  }

  vertex(p: Vec3, n: Vec3): number {
    const { origin: o, x, y, z } = this.frame;
    for (let i = 0; i < 3; i++) {
      this.positions.push((o[i] ?? 0) + p[0] * (x[i] ?? 0) + p[1] * (y[i] ?? 0) + p[2] * (z[i] ?? 0));
      this.normals.push(Math.round(127 * (n[0] * (x[i] ?? 0) + n[1] * (y[i] ?? 0) + n[2] * (z[i] ?? 0))));
    }
    this.normals.push(Math.round(127 * this.openness));
    const { color, roughness, metalness } = this.finish;
    this.tints.push(byte(color[0]), byte(color[1]), byte(color[2]), byte(roughness));
    this.parts.push(this.part, byte(metalness), this.flags, this.extra);
    return this.parts.length / 4 - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.indices.push(a, b, c);
  }

  /** Flat polygon, counter-clockwise seen from outside; convex. */
  polygon(...corners: Vec3[]): this {
    const n = normalOf(corners);
    const first = corners.map((corner) => this.vertex(corner, n))[0] ?? 0;
    for (let i = 2; i < corners.length; i++) this.triangle(first, first + i - 1, first + i);
    return this;
  }

  /** Box from corner `a` to corner `b`; `chamfer` > 0 breaks its edges. */
  box(a: Vec3, b: Vec3, chamfer = 0): this {
    const lo: Vec3 = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.min(a[2], b[2])];
    const hi: Vec3 = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.max(a[2], b[2])];
    const centre: Vec3 = [(lo[0] + hi[0]) / 2, (lo[1] + hi[1]) / 2, (lo[2] + hi[2]) / 2];
    const half: Vec3 = [(hi[0] - lo[0]) / 2, (hi[1] - lo[1]) / 2, (hi[2] - lo[2]) / 2];
    const c = Math.min(chamfer, half[0] * 0.99, half[1] * 0.99, half[2] * 0.99);
    const corner = (s: Vec3, whole: number): Vec3 =>
      [0, 1, 2].map(
        (i) => (centre[i] ?? 0) + (s[i] ?? 0) * ((half[i] ?? 0) - (i === whole ? 0 : c)),
      ) as unknown as Vec3;
    for (let axis = 0; axis < 3; axis++) {
      for (const side of [-1, 1]) this.polygon(...faceSigns(axis, side).map((s) => corner(s, axis)));
    }
    if (c <= 0) return this;
    for (let axis = 0; axis < 3; axis++) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      for (const su of [-1, 1]) {
        for (const sv of [-1, 1]) {
          const end = (along: number) => {
            const s: [number, number, number] = [0, 0, 0];
            s[axis] = along;
            s[u] = su;
            s[v] = sv;
            return s;
          };
          const strip = [corner(end(-1), u), corner(end(1), u), corner(end(1), v), corner(end(-1), v)];
          this.polygon(...(su * sv < 0 ? strip : strip.reverse()));
        }
      }
    }
    for (const sx of [-1, 1]) {
      for (const sy of [-1, 1]) {
        for (const sz of [-1, 1]) {
          const s: Vec3 = [sx, sy, sz];
          const tip = [corner(s, 0), corner(s, 1), corner(s, 2)];
          this.polygon(...(sx * sy * sz > 0 ? tip : tip.reverse()));
        }
      }
    }
    return this;
  }

  /** Prism along the frame's x from `x0` to `x1` over a convex outline of [y, z], counter-clockwise seen from +x. */
  prism(outline: readonly (readonly [number, number])[], x0: number, x1: number): this {
    this.polygon(...outline.map(([y, z]): Vec3 => [x1, y, z]));
    this.polygon(...[...outline].reverse().map(([y, z]): Vec3 => [x0, y, z]));
    outline.forEach(([y, z], i) => {
      const [ny, nz] = outline[(i + 1) % outline.length] ?? [y, z];
      this.polygon([x1, y, z], [x0, y, z], [x0, ny, nz], [x1, ny, nz]);
    });
    return this;
  }

  /**
   * Turned shape around the frame's x: `outline` of [x, radius], going towards +x for an outside surface.
   * Smooth around, sharp between the outline's lines.
   */
  turned(outline: readonly (readonly [number, number])[], segments: number): this {
    for (let i = 0; i + 1 < outline.length; i++) {
      const [x0, r0] = outline[i] ?? [0, 0];
      const [x1, r1] = outline[i + 1] ?? [0, 0];
      const length = Math.hypot(x1 - x0, r1 - r0);
      if (length < 1e-9) continue;
      const [nx, nr] = [-(r1 - r0) / length, (x1 - x0) / length];
      let before = -1;
      for (let s = 0; s <= segments; s++) {
        const angle = (2 * Math.PI * s) / segments;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const n: Vec3 = [nx, nr * cos, nr * sin];
        const a = this.vertex([x0, r0 * cos, r0 * sin], n);
        const b = this.vertex([x1, r1 * cos, r1 * sin], n);
        if (before >= 0) {
          if (r0 > 1e-9) this.triangle(before, a, before + 1);
          if (r1 > 1e-9) this.triangle(a, b, before + 1);
        }
        before = a;
      }
    }
    return this;
  }

  /** Bar along the frame's x whose outline of [y, z], counter-clockwise seen from +x, winds by `turn` rad; open ends. */
  twisted(outline: readonly (readonly [number, number])[], x0: number, x1: number, turn: number, steps: number): this {
    const corner = ([y, z]: readonly [number, number], step: number): Vec3 => {
      const [cos, sin] = [Math.cos((turn * step) / steps), Math.sin((turn * step) / steps)];
      return [x0 + ((x1 - x0) * step) / steps, y * cos - z * sin, y * sin + z * cos];
    };
    for (let step = 0; step < steps; step++) {
      outline.forEach((point, i) => {
        const next = outline[(i + 1) % outline.length] ?? point;
        const [a, b, c, d] = [corner(point, step), corner(next, step), corner(next, step + 1), corner(point, step + 1)];
        this.polygon(a, b, c).polygon(a, c, d);
      });
    }
    return this;
  }

  build(): MeshArrays {
    return {
      position: new Float32Array(this.positions),
      normal: new Int8Array(this.normals),
      tint: new Uint8Array(this.tints),
      part: new Uint8Array(this.parts),
      index: new Uint32Array(this.indices),
    };
  }
}

/** Frame turned by `angle` about its own x axis. */
export function turnedFrame(frame: Frame, angle: number): Frame {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const mix = (a: Vec3, ka: number, b: Vec3, kb: number): Vec3 => [
    a[0] * ka + b[0] * kb,
    a[1] * ka + b[1] * kb,
    a[2] * ka + b[2] * kb,
  ];
  return { ...frame, y: mix(frame.y, cos, frame.z, sin), z: mix(frame.y, -sin, frame.z, cos) };
}

/** Frame with its origin moved by `by`, given in its own axes. */
export function shiftedFrame(frame: Frame, by: Vec3): Frame {
  const { origin: o, x, y, z } = frame;
  const at = (i: 0 | 1 | 2) => o[i] + by[0] * x[i] + by[1] * y[i] + by[2] * z[i];
  return { ...frame, origin: [at(0), at(1), at(2)] };
}

function byte(share: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

function faceSigns(axis: number, side: number): Vec3[] {
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([su, sv]) => {
    const s: [number, number, number] = [0, 0, 0];
    s[axis] = side;
    s[u] = su ?? 0;
    s[v] = sv ?? 0;
    return s;
  });
  return side > 0 ? corners : corners.reverse();
}

function normalOf(corners: readonly Vec3[]): Vec3 {
  let [x, y, z] = [0, 0, 0];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length] ?? a;
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  });
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}
