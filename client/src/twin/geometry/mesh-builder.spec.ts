import { describe, expect, it } from '@jest/globals';
import { distantLatheMesh, latheMesh } from './lathe-model';
import { PART } from './layout';
import { type MeshArrays, MeshBuilder } from './mesh-builder';

type Triangle = [number, number, number][];

function triangles(mesh: MeshArrays): { corners: Triangle; normals: Triangle; part: number }[] {
  const corner = (data: ArrayLike<number>, size: number, vertex: number) =>
    [0, 1, 2].map((i) => data[vertex * size + i] ?? 0) as [number, number, number];
  return Array.from({ length: mesh.index.length / 3 }, (_, t) => {
    const ids = [0, 1, 2].map((i) => mesh.index[t * 3 + i] ?? 0);
    return {
      corners: ids.map((id) => corner(mesh.position, 3, id)),
      normals: ids.map((id) => corner(mesh.normal, 4, id)),
      part: mesh.part[(ids[0] ?? 0) * 4] ?? 0,
    };
  });
}

function facing([a, b, c]: Triangle): [number, number, number] {
  const [u, v] = [b, c].map((p) => p?.map((value, i) => value - (a?.[i] ?? 0)) ?? []) as [number[], number[]];
  const at = (w: number[], i: number) => w[i] ?? 0;
  return [
    at(u, 1) * at(v, 2) - at(u, 2) * at(v, 1),
    at(u, 2) * at(v, 0) - at(u, 0) * at(v, 2),
    at(u, 0) * at(v, 1) - at(u, 1) * at(v, 0),
  ];
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('MeshBuilder', () => {
  it('closes a chamfered box with every face turned outwards', () => {
    const mesh = new MeshBuilder().box([1, 2, 3], [2, 4, 6], 0.1).build();
    expect(mesh.index.length / 3).toBe(6 * 2 + 12 * 2 + 8);
    for (const { corners } of triangles(mesh)) {
      const centre = [0, 1, 2].map((i) => corners.reduce((sum, p) => sum + (p[i] ?? 0), 0) / 3 - [1.5, 3, 4.5][i]!);
      expect(dot(facing(corners), centre)).toBeGreaterThan(0);
    }
  });

  it('turns a cylinder with its skin outwards and its ends flat', () => {
    const mesh = new MeshBuilder();
    mesh.turned(
      [
        [0, 0],
        [0, 1],
        [2, 1],
        [2, 0],
      ],
      16,
    );
    for (const { corners, normals } of triangles(mesh.build())) {
      for (const normal of normals) expect(dot(facing(corners), normal)).toBeGreaterThan(0);
    }
  });
});

describe('latheMesh', () => {
  const meshes = ([0, 1, 2] as const).map((detail) => latheMesh(detail));

  it('stays within the triangles that a fleet can afford', () => {
    const [far, medium, full] = meshes.map((mesh) => mesh.index.length / 3) as [number, number, number];
    expect(far).toBeLessThan(1000);
    expect(medium).toBeLessThan(8000);
    expect(full).toBeLessThan(32_000);
    expect(distantLatheMesh().index.length / 3).toBeLessThan(150);
  });

  it('faces every flat surface the way its normal says, so that back faces may be culled', () => {
    const wrong = triangles(meshes[2] as MeshArrays).filter(({ corners, normals, part }) => {
      if (part === PART.workpiece) return false; // a unit tube until the shader shapes it
      const face = facing(corners);
      return Math.hypot(...face) > 1e-9 && normals.some((normal) => dot(face, normal) <= 0);
    });
    expect(wrong).toHaveLength(0);
  });

  it('has the size of a 15 kW slant-bed lathe', () => {
    const fixed = triangles(meshes[1] as MeshArrays).filter(({ part }) => part === PART.fixed);
    const extent = (axis: number) => {
      const values = fixed.flatMap(({ corners }) => corners.map((corner) => corner[axis] ?? 0));
      return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    };
    expect(extent(0)).toBeGreaterThan(2.8);
    expect(extent(0)).toBeLessThan(4.2);
    expect(extent(1)).toBeGreaterThan(1.7);
    expect(extent(2)).toBeLessThan(2);
  });
});
