import { Group, type IUniform, Mesh, PlaneGeometry, ShaderMaterial, Vector4 } from 'three';
import type { LatheDto } from '#domain/contract/lathe.js';
import { type FloorExtent, HALL_MARGIN, hallMesh } from '../geometry/hall-model';
import { FLOOR_FRAGMENT, FLOOR_VERTEX, WALL_FRAGMENT, WALL_VERTEX } from '../shaders/hall';
import { geometryOf } from './lathe-geometry';

/** Floor and walls, fitted to where the lathes stand. */
export class HallMeshes {
  readonly group = new Group();
  private readonly floor: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly walls: Mesh;
  private readonly slab = { value: new Vector4(-12, 12, -12, 12) };
  private readonly rows = { value: new Vector4(0, 6, 1, 10) };

  constructor(shared: Record<string, IUniform>) {
    const plane = new PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
    this.floor = new Mesh(
      plane,
      new ShaderMaterial({
        uniforms: { ...shared, uRows: this.rows, uHall: this.slab },
        vertexShader: FLOOR_VERTEX,
        fragmentShader: FLOOR_FRAGMENT,
      }),
    );
    this.walls = new Mesh(
      geometryOf(hallMesh({ minX: -5, maxX: 5, minZ: -5, maxZ: 5 })),
      new ShaderMaterial({ uniforms: shared, vertexShader: WALL_VERTEX, fragmentShader: WALL_FRAGMENT }),
    );
    this.floor.frustumCulled = this.walls.frustumCulled = false;
    this.group.add(this.walls, this.floor);
  }

  fit(extent: FloorExtent, lathes: readonly LatheDto[]): void {
    this.walls.geometry.dispose();
    this.walls.geometry = geometryOf(hallMesh(extent));
    const size = 60 + 2 * Math.max(extent.maxX - extent.minX, extent.maxZ - extent.minZ);
    this.floor.scale.set(size, 1, size);
    this.floor.position.set((extent.minX + extent.maxX) / 2, 0, (extent.minZ + extent.maxZ) / 2);
    this.slab.value.set(
      extent.minX - HALL_MARGIN - 1,
      extent.maxX + HALL_MARGIN + 1,
      extent.minZ - HALL_MARGIN,
      extent.maxZ + HALL_MARGIN,
    );
    const rows = [...new Set(lathes.map((lathe) => lathe.position.z))].sort((a, b) => a - b);
    const pitch = rows.length > 1 ? ((rows.at(-1) ?? 0) - (rows[0] ?? 0)) / (rows.length - 1) : 6;
    this.rows.value.set(rows[0] ?? 0, pitch || 6, Math.max(1, rows.length), (extent.maxX - extent.minX) / 2 + 3);
  }

  dispose(): void {
    for (const mesh of [this.floor, this.walls]) {
      mesh.geometry.dispose();
      (mesh.material as ShaderMaterial).dispose();
    }
  }
}
